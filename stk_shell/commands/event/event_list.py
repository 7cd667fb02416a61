"""The command `event list`."""

from __future__ import annotations

import datetime

from stk_shell.commands.event._columns import DETAILS, LISTED
from stk_shell.commands.event._examples import VARYING, listed
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.errors import EventError, Label, RunError
from stk_shell.model.offers import EVENT_NAME, EVENT_TYPE
from stk_shell.model.shape import DATETIME, DURATION, INT, STRING, one_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.span import Span
from stk_shell.model.store import EventQuery, Store
from stk_shell.model.stream import Data, Stream
from stk_shell.model.text import counted
from stk_shell.model.values import Duration

DEFAULT_LIMIT = 10
COUNT_UP_TO = 10_000
"""How far the note on a cut list counts: further would take longer than the list itself."""

TIME = one_of(DATETIME, DURATION, STRING, name="time")


class EventList(Command):
    """Shows what has happened."""

    name = "event list"
    summary = "List events, the newest first."
    description = """Without flags, you get the 10 newest events that have not been revoked, and a note if there are
more.

`--name`, `--type`, `--since` and `--until` choose among all events, before the limit is applied. The stages after the
list see only what it gives: `event list | where name == "order-error"` looks among the 10 newest events, `event list
--limit 0 | where name == "order-error"` among all of them, and `event list --name order-error` gives the 10 newest of
that name.

`--since` and `--until` take a text, a duration or a date. A text is in local time, as tables show it: "2026-11-23",
"2026-11-23 13:00", "2026-11-23 13:00:05"; it may have an offset, as in "2026-11-23T13:00:05+01:00". A duration says how
long ago: `30min`, `7day`. A date without quotes is in UTC, as everywhere in the language: `2026-11-23` is midnight in
UTC, "2026-11-23" is midnight here.

The columns are name, record_json (what was recorded), created, updated, is_revoked, uu, type_enum, type_name,
description, and table_name_uu_json (the record that the event is attached to). Those that have no room on a narrow
screen are named below the table: `select` shows the ones you want, and `event get` all of one event. Times are shown in
the local time zone."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="event",
        flags=(
            Flag("limit", "The most events to list; 0 lists all.", INT, "l", DEFAULT_LIMIT),
            Flag("all", "Include revoked events.", short="a"),
            Flag("name", "Only events of this name.", STRING, "n", completes=EVENT_NAME),
            Flag(
                "type",
                "Only events of this type: its name or search key, in any case.",
                STRING,
                "t",
                completes=EVENT_TYPE,
            ),
            Flag("since", "Only events from this time on: a text in local time, a duration ago, or a date.", TIME, "s"),
            Flag("until", "Only events before this time, given in the same ways.", TIME, "u"),
            Flag("detail", "All columns, as `event get` shows them: also who, the entity, and the keys.", short="d"),
        ),
    )
    examples = (
        Example("event list", "The newest events.", listed(2, 1, 0), VARYING),
        Example('event list | where name == "authentication"', "Filter by name.", listed(2), VARYING),
        Example(
            "event list --name order-error --limit 3", "The newest events of a name, found quickly.", listed(1), VARYING
        ),
        Example("event list --since 1day --limit 0 | length", "How many events there were in the last day.", 3),
        Example('event list --since "2026-01-31 08:30"', "From a time on, as the clock here shows it."),
        Example(
            "event list --limit 0 | where record_json.user_id? == 7 | get name",
            "Look into what was recorded; `?` allows for events that lack the field.",
            ["authentication"],
        ),
        Example(
            "event list | select name record_json.text",
            "Choose columns.",
            [
                {"name": "authentication", "record_json.text": "Login failed"},
                {"name": "order-error", "record_json.text": "Error processing order 42"},
                {"name": "user-milestone", "record_json.text": "User completed onboarding"},
            ],
        ),
        Example("event list --all | where is_revoked | length", "Count revoked events.", 0),
        Example("event list | first | get record_json.text", "What the newest event says.", "Login failed"),
    )
    fails = """Fails when a time cannot be read, when there is no such type, and when the store cannot be reached.
Finding no events is not a failure: the list is empty."""
    see_also = ("event get", ".append event", "event revoke", "where", "select")

    def gives(self, given: Given) -> Columns:
        """Those of a list, and with `--detail` all others."""
        return LISTED + DETAILS if given.has("detail") else LISTED

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        limit = at_least_zero(call, "limit") or None
        query = EventQuery(
            limit,
            call.switch("all"),
            call.optional_text("name"),
            call.optional_text("type"),
            _time(call, "since"),
            _time(call, "until"),
            call.switch("detail"),
        )
        store = call.session.store
        try:
            return store.events(query) if call.given("limit") else _newest(store, query)
        except EventError as error:
            raise error.at(call.span("type")) from None


def _newest(store: Store, query: EventQuery) -> Stream:
    """As many events as the default limit lets through, with a note if there are more."""
    rows = list(store.events(query.replace(limit=DEFAULT_LIMIT + 1)))
    events = Stream(rows[:DEFAULT_LIMIT])
    if len(rows) > DEFAULT_LIMIT:
        events.cut_note = lambda: _cut_note(store, query)
    return events


def _cut_note(store: Store, query: EventQuery) -> str:
    count = store.count(query, COUNT_UP_TO)
    total = f" of {counted(count)}" if count < COUNT_UP_TO else f" of more than {counted(COUNT_UP_TO)}"
    if count <= DEFAULT_LIMIT:
        # What the events were piped into has revoked some of them.
        total = ""
    is_choice = query != EventQuery(query.limit, detail=query.detail)
    more = "with `--limit 0`, it is all of them" if is_choice else "`event list --limit 0` gives all"
    return f"these are the {DEFAULT_LIMIT} newest{total} events; {more}"


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


COMMAND = EventList()
