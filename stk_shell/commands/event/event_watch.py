"""The command `event watch`."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing

from stk_shell.commands._listing import TIME, narrowed, narrowing_flags
from stk_shell.commands._record_columns import detailed, listed
from stk_shell.commands.event._examples import TIMES, VARYING
from stk_shell.commands.event._examples import listed as example_events
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Record, Value


class EventWatch(Command):
    """Shows what happens."""

    name = "event watch"
    summary = "Follow events as they happen, until Ctrl-C."
    description = """Each event comes as soon as the transaction that recorded it has been committed: one that began
earlier and is committed later comes later, and none is missed or comes twice. A transaction that is undone leaves
nothing. With `--since`, it begins with what has happened since then, the oldest first; without, with what happens from
now on.

What follows in the pipeline works on each event as it comes: `where` chooses, `each` does something about it, `first 3`
ends it after three. At the end of a pipeline each row is shown as it comes, and with `-o ndjson` each line is written
at once, for another program to read.

A store that is away is waited for, which is said, and watching goes on from where it was."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="event",
        flags=(
            *(flag for flag in narrowing_flags(EVENTS) if flag.name not in ("since", "until")),
            Flag("since", "Begin at this time: a text in local time, a duration ago, or a date.", TIME, "s"),
            Flag("detail", "All columns, as `event get` shows them: also who, the entity, and the keys.", short="d"),
        ),
    )
    examples = (
        Example(
            "event watch --since 1hr | first 3",
            "The events of the last hour, and further ones until there are three.",
            example_events(0, 1, 2),
            VARYING,
        ),
        Example(
            "event watch --since 1hr --name authentication | first | get record_json.text",
            "Wait for an event of a name.",
            "Login failed",
        ),
        Example(
            "event watch --since 1hr | where name =~ err | select name created | first 1",
            "Filter what comes.",
            [{"name": "order-error", "created": TIMES[1]}],
            ("created",),
        ),
        Example(
            "event watch --since 1hr | first 2 | each {|e| event get $e.uu | get entity }",
            "Ask the store about each event as it comes.",
            ["*", "*"],
        ),
    )
    fails = """Fails when the time cannot be read, when there is no such type, when the store is of another make or
lacks migrations, and when it does not let us in. It has no end of its own: Ctrl-C ends it, and `first` does."""
    see_also = ("event list", "where", "each", "first")

    def gives(self, given: Given) -> Columns:
        """Those of a list, and with `--detail` all others."""
        return detailed(EVENTS) if given.has("detail") else listed(EVENTS)

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        query = narrowed(call, EVENTS).replace(detail=call.switch("detail"))
        try:
            batches = call.session.store.watch(query)
        except EventError as error:
            raise error.at(call.span("type")) from None
        return Stream.of_batches(_shown(call, batches))


def _shown(call: Call, batches: Generator[list[Record], None, None]) -> Iterator[list[Value]]:
    """The events; where nothing is there for now, what has come before is shown."""
    with closing(batches):
        call.session.pause()
        for batch in batches:
            if batch:
                yield [*batch]
            else:
                call.session.pause()


COMMAND = EventWatch()
