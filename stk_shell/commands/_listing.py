"""What `event list` and its like share: the newest records of a kind, chosen by flags."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache

from stk_shell.commands._record_columns import detailed, listed
from stk_shell.model import syntax
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command
from stk_shell.model.counts import at_least_zero
from stk_shell.model.errors import EventError, Label, RunError, StoreError
from stk_shell.model.nouns import Noun
from stk_shell.model.offers import name_of, type_of
from stk_shell.model.shape import DATETIME, DURATION, INT, STRING, one_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.source import Source
from stk_shell.model.span import Span
from stk_shell.model.store import EventQuery, Store
from stk_shell.model.stream import Data, Stream
from stk_shell.model.suggest import nearest
from stk_shell.model.text import counted
from stk_shell.model.values import Duration, Value

DEFAULT_LIMIT = 10
COUNT_UP_TO = 10_000
"""How far the note on a cut list counts: further would take longer than the list itself."""

TIME = one_of(DATETIME, DURATION, STRING, name="time")


def narrowing_flags(noun: Noun) -> tuple[Flag, ...]:
    """The flags that choose among all records, which `narrowed` reads: `--all` comes first."""
    many = noun.plural
    since = f"Only {many} from this time on: a text in local time, a duration ago, or a date."
    type_ = f"Only {many} of this type: its name or search key, in any case."
    return (
        Flag("all", f"Include revoked {many}.", short="a"),
        Flag("name", f"Only {many} of this name.", STRING, "n", completes=name_of(noun)),
        Flag("type", type_, STRING, "t", completes=type_of(noun)),
        Flag("since", since, TIME, "s"),
        Flag("until", f"Only {many} before this time, given in the same ways.", TIME, "u"),
    )


def narrowed(call: Call, noun: Noun) -> EventQuery:
    """The query for all records that a call's flags choose; see `narrowing_flags`."""
    return EventQuery(
        revoked=call.switch("all"),
        name=call.optional_text("name"),
        type=call.optional_text("type"),
        since=_time(call, "since"),
        until=_time(call, "until"),
        noun=noun,
    )


def list_signature(noun: Noun) -> Signature:
    """The signature of such a command."""
    many = noun.plural
    revoked, *narrowing = narrowing_flags(noun)
    detail = f"All columns, as `{noun.name} get` shows them: also who, the entity, and the keys."
    open_ = Flag("open", f"Only {many} that have not been processed.", short="o")
    return Signature(
        types=(("nothing", "table"),),
        category=noun.name,
        flags=(
            Flag("limit", f"The most {many} to list; 0 lists all.", INT, "l", DEFAULT_LIMIT),
            revoked,
            *((open_,) if noun.has_end else ()),
            *narrowing,
            Flag("detail", detail, short="d"),
        ),
    )


class ListRecords(Command):
    """Shows the newest records."""

    noun: Noun

    def gives_source(self, call: syntax.Call) -> bool:
        """Where a limit is given: without one, a few rows are asked for at once."""
        return call.argument("limit") is not None

    def gives(self, given: Given) -> Columns:
        """Those of a list, and with `--detail` all others."""
        return detailed(self.noun) if given.has("detail") else listed(self.noun)

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        limit = at_least_zero(call, "limit") or None
        query = narrowed(call, self.noun).replace(
            limit=limit, detail=call.switch("detail"), unprocessed=call.switch("open")
        )
        store = call.session.store
        try:
            found = store.events(query) if call.given("limit") else _newest(store, query)
        except EventError as error:
            raise error.at(call.span("type")) from None
        return _or_nearest(found, query.name, self.noun, call) if query.name else found


def _newest(store: Store, query: EventQuery) -> Stream:
    """As many records as the default limit lets through, with a note if there are more."""
    rows = list(store.events(query.replace(limit=DEFAULT_LIMIT + 1)))
    newest = Stream(rows[:DEFAULT_LIMIT])
    if len(rows) > DEFAULT_LIMIT:
        newest.cut_note = lambda: _cut_note(store, query)
    return newest


def _or_nearest(listed: Stream, name: str, noun: Noun, call: Call) -> Stream:
    """The records of a name; where there are none, a note says which name is nearest."""

    def batches(source: Iterator[list[Value]]) -> Iterator[list[Value]]:
        found = False
        for batch in source:
            found = found or bool(batch)
            yield batch
        near = None if found else _nearest_name(call.session.store, name, noun)
        if near:
            call.session.note(f"no {noun.name} is named `{name}`: did you mean `{near}`?")

    if isinstance(listed, Source):
        return Source(listed.relation, seen=batches)
    checked = Stream.of_batches(batches(listed.batches or ([row] for row in listed)))
    checked.cut_note = listed.cut_note
    return checked


def _nearest_name(store: Store, name: str, noun: Noun) -> str | None:
    """The name that was probably meant; None where there are records of the name itself."""
    try:
        names = store.names(noun)
    except StoreError:
        return None
    return None if name in names else _nearest(name, names)


@lru_cache(maxsize=256)
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    """As `nearest`, for whoever asks again and again for what is not there."""
    return nearest(name, names)


def _cut_note(store: Store, query: EventQuery) -> str:
    noun = query.noun
    count = store.count(query, COUNT_UP_TO)
    total = f" of {counted(count)}" if count < COUNT_UP_TO else f" of more than {counted(COUNT_UP_TO)}"
    if count <= DEFAULT_LIMIT:
        # What they were piped into has revoked some of them.
        total = ""
    is_choice = query != EventQuery(query.limit, detail=query.detail, noun=noun)
    more = "with `--limit 0`, it is all of them" if is_choice else f"`{noun.name} list --limit 0` gives all"
    return f"these are the {DEFAULT_LIMIT} newest{total} {noun.plural}; {more}"


def _time(call: Call, name: str) -> datetime.datetime | None:
    value = call.value(name)
    if isinstance(value, Duration):
        return call.session.now() - datetime.timedelta(microseconds=value // 1000)
    if isinstance(value, str):
        return _local_time(value, call.span(name), name)
    return call.date(name)


def _local_time(text: str, span: Span, name: str) -> datetime.datetime:
    """The time that a text means: in the local zone unless it has an offset, as tables show times."""
    try:
        return datetime.datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError):
        hint = 'For example "2026-11-21", "2026-11-21 08:30:00", 2026-11-21T08:30:00Z, 7day or 30min.'
        label = Label(span, "this is neither")
        raise RunError(f"`--{name}` takes a date or a duration", "cant_convert", (label,), hint) from None
