"""The command `event stats`."""

from __future__ import annotations

from stk_shell.commands._listing import narrowed, narrowing_flags
from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.offers import name_of, type_of
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data

COUNT = Column("count", "How many events.", "int")
PERCENTAGE = Column("percentage", "Their share of all that are counted.", "string")


class EventStats(Command):
    """Counts events."""

    name = "event stats"
    summary = "Count events: in all, by name, by type and by day."
    description = """Gives one record. `count` is how many events there are that have not been revoked, and `revoked`
how many have been; with `--all`, `count` and the tables include those. `first` and `last` are the times of the oldest
and the newest. `size` is what all events take on the disk with their indexes, whatever the flags say; it is null where
the database does not tell you.

`by_name` and `by_type` are tables, the most frequent first. `by_day` has a row for every day from the first to the
last, also for those on which nothing happened. Days begin at midnight in the local time zone. Pipe one of the tables
into `chart bar`, `chart line` or `sparkline` to see it drawn.

`--name`, `--type`, `--since` and `--until` choose which events are counted, as in `event list`. All of it is counted
in the database, as things are at one moment."""
    signature = Signature(types=(("nothing", "record"),), category="event", flags=narrowing_flags(EVENTS))
    examples = (
        Example("event stats | select count revoked", "How many events there are.", {"count": 3, "revoked": 0}),
        Example(
            "event stats | get by_name",
            "How often each name is there.",
            [
                {"name": "authentication", "count": 1, "percentage": "33.33%"},
                {"name": "order-error", "count": 1, "percentage": "33.33%"},
                {"name": "user-milestone", "count": 1, "percentage": "33.33%"},
            ],
        ),
        Example("event stats --name order-error | get count", "Count the events of one name.", 1),
        Example("event stats --since 7day | get by_day | chart bar", "Draw a bar for each day of the last week."),
        Example("event stats | get by_day.count | math sum", "The days add up to all of them.", 3),
        Example("event stats | get size", "What the events take on the disk."),
    )
    fails = """Fails when a time cannot be read, when there is no such type, and when the store cannot be reached.
Without events, the counts are 0 and the tables empty."""
    see_also = ("event list", "histogram", "chart bar", "chart line", "sparkline", "store status")
    columns = (
        COUNT,
        Column("revoked", "How many have been revoked.", "int"),
        Column("first", "When the oldest was recorded.", "datetime"),
        Column("last", "When the newest was recorded.", "datetime"),
        Column("size", "What all events take on the disk, with their indexes.", "filesize"),
        Column(
            "by_name",
            "How often each name is there.",
            "list",
            columns=(Column("name", "The name.", "string", completes=name_of(EVENTS)), COUNT, PERCENTAGE),
        ),
        Column(
            "by_type",
            "How often each type is there.",
            "list",
            columns=(Column("type", "The type.", "string", completes=type_of(EVENTS)), COUNT, PERCENTAGE),
        ),
        Column(
            "by_day",
            "How many there were on each day.",
            "list",
            columns=(Column("day", "When the day began.", "datetime"), COUNT),
        ),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A record."""
        try:
            return call.session.store.statistics(narrowed(call, EVENTS))
        except EventError as error:
            raise error.at(call.span("type")) from None


COMMAND = EventStats()
