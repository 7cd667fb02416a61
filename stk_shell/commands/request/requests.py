"""The command `requests`."""

from __future__ import annotations

from stk_shell.commands._attached import AttachedRecords, attached_signature
from stk_shell.commands.event._examples import EXAMPLE_REQUEST, VARYING, attached
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class Requests(AttachedRecords):
    """Shows the requests of each row."""

    noun = REQUESTS
    name = "requests"
    summary = "Add a column with the requests that are attached to each row."
    description = """A request is attached to a record with `.append request --attach`. Pipe in rows that have a uu,
from whatever table: each gets a column `requests` with a table of what is or was to be done about it, the newest first,
and an empty one where that is nothing. All rows are looked up with one question to the store, a thousand at a time.

The columns of the requests are those of `request list`, or those that you name."""
    signature = attached_signature(REQUESTS)
    examples = (
        Example(
            "event list --name order-error | requests | get 0.requests",
            "What is to be done about an event.",
            [attached(EXAMPLE_REQUEST, "NOTE")],
            VARYING,
        ),
        Example(
            "event list | requests name is_processed\n"
            "| where ($it.requests | any {|r| not $r.is_processed }) | get name",
            "The events about which something is still to be done.",
            ["order-error"],
        ),
    )
    fails = "Fails when something else than records flows in. A row without a uu has no requests."
    see_also = (".append request", "request list", "events", "tags", "elaborate")


COMMAND = Requests()
