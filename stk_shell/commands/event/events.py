"""The command `events`."""

from __future__ import annotations

from stk_shell.commands._attached import AttachedRecords, attached_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS


class Events(AttachedRecords):
    """Shows the events of each row."""

    noun = EVENTS
    name = "events"
    summary = "Add a column with the events that are attached to each row."
    description = """An event is attached to a record with `.append event --attach`. Pipe in rows that have a uu, from
whatever table: each gets a column `events` with a table of what has happened to it, the newest first, and an empty one
where that is nothing. All rows are looked up with one question to the store, a thousand at a time.

The columns of the events are those of `event list`, or those that you name. To see the events themselves as rows, go
on with `get events | flatten`."""
    signature = attached_signature(EVENTS)
    examples = (
        Example(
            '"Refunded" | .append event refund --attach 01a20567\n'
            "event list --name order-error | events | get 0.events.name",
            "What has happened to an event since.",
            ["refund"],
        ),
        Example("request list | events name created | get 0.events", "What was logged about requests.", []),
        Example("event list | events | where ($it.events | is-not-empty) | length", "How many events have others.", 0),
    )
    fails = "Fails when something else than records flows in. A row without a uu has no events."
    see_also = (".append event", "requests", "tags", "elaborate")


COMMAND = Events()
