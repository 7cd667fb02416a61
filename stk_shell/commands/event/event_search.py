"""The command `event search`."""

from __future__ import annotations

from stk_shell.commands._listing import DEFAULT_LIMIT, narrowed, narrowing_flags
from stk_shell.commands._record_columns import detailed, listed
from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.shape import INT, STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.store import EventQuery
from stk_shell.model.stream import Data, Stream
from stk_shell.model.text import plain

MATCH = Column("match", "What was recorded around the words, which are marked: «login».", "string")
RANK = Column("rank", "How well it matches; the highest comes first.", "float")


class EventSearch(Command):
    """Finds events by their words."""

    name = "event search"
    summary = "Find events by the words in them, the best matches first."
    description = """Looks in the name, in the description, and in every text of `record_json`, however deep. It finds
whole words, in capital or small letters. An event has to have all of the words: `event search login failed` finds those
with both, anywhere. In quotes inside the quotes, words stand together: `event search '"login failed"'`. `or` finds
events with either of two words, and a word with a minus in front must not be there: `event search 'login -failed'`.
Numbers that are not in a text are found by `where`: `event list --limit 0 | where record_json.user_id? == 7`.

What you get are the columns of `event list`, and two more: `match` shows what was recorded around the words, and has
them in «marks»; `rank` is the higher, the better an event matches: words in the name count for most, then those of
`record_json`, then those of the description; many, and such that are close together, for more than few. Of events that
match equally well, the newest comes first. With very many matches, the best are found among the 100 that were recorded
last; `--limit 0` ranks all of them, and `--since` and `--until` choose others.

`--name`, `--type`, `--since`, `--until` and `--all` choose the events to look in, as for `event list`.

An index makes this fast. It is brought up to date when the shell rests or ends, and before a search, which may take a
while after many events have come at once; a search also finds what is not in it yet. Of a very long text, the first
50 000 characters are looked at."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="event",
        positionals=(Parameter("words", STRING, "The words to look for."),),
        rest=Parameter("more", STRING, "More words."),
        flags=(
            Flag("limit", "The most events to find; 0 finds all.", INT, "l", DEFAULT_LIMIT),
            *narrowing_flags(EVENTS),
            Flag("detail", "All columns, as `event get` shows them: also who, the entity, and the keys.", short="d"),
        ),
    )
    examples = (
        Example("event search order | get match", "Find events about orders.", ["Error processing «order» 42"]),
        Example("event search login failed | get match", "Find events that have both words.",
                ["«Login» «failed»"]),
        Example("event search 'onboarding or 42' | get name", "Find events that have either.",
                ["order-error", "user-milestone"]),
        Example("event search 'user -onboarding' | length", "Leave out events with a word.", 0),
        Example("event search failed --since 7day --name authentication | length", "Look among some events only.", 1),
        Example("event search login | select match created | first 3", "Choose columns."),
    )  # fmt: skip
    fails = """Fails where no word is given, only signs, or words with a minus; when a time cannot be read, when there
is no such type, and when the store cannot be reached. Finding no events is not a failure: the table is empty."""
    see_also = ("event list", "where", "find")

    def gives(self, given: Given) -> Columns:
        """Those of a list, with what matched and how well."""
        name, *others = detailed(EVENTS) if given.has("detail") else listed(EVENTS)
        return name, MATCH, *others, RANK

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        limit = at_least_zero(call, "limit") or None
        query = narrowed(call, EVENTS).replace(limit=limit, detail=call.switch("detail"))
        words = " ".join(map(plain, [call.text("words"), *call.rest("more")]))
        if call.given("limit"):
            return _searched(call, words, query)
        rows = list(_searched(call, words, query.replace(limit=DEFAULT_LIMIT + 1)))
        best = Stream(rows[:DEFAULT_LIMIT])
        if len(rows) > DEFAULT_LIMIT:
            best.cut_note = lambda: f"these are the {DEFAULT_LIMIT} best matches; `--limit 0` gives all"
        return best


def _searched(call: Call, words: str, query: EventQuery) -> Stream:
    try:
        with call.session.progress("events") as progress:
            found = call.session.store.search(words, query, progress)
    except EventError as error:
        raise error.at(call.span("type" if error.code.endswith("type") else "words")) from None
    if found.lacking:
        call.session.note(found.lacking)
    return found.rows


COMMAND = EventSearch()
