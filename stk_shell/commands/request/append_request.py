"""The command `.append request`."""

from __future__ import annotations

from stk_shell.commands._appending import VARYING, AppendRecords, append_signature
from stk_shell.commands.event._examples import FOLLOW_UP, TIMES
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class AppendRequest(AppendRecords):
    """Records what is to be done."""

    noun = REQUESTS
    name = ".append request"
    summary = "Make a request: something that is to be done, mostly about another record."
    description = """A request is open until `request process` marks it as done, or `request revoke` takes it back. With
`--attach` it is about a record, such as an event: `... | requests` shows the requests of each row.

What you pipe in is what is asked. A text is kept as `{text: "..."}`, a record as it is, any other value as `{value:
...}`; a list or a table makes one request of each item: all of them, or none. The name says what kind of request it
is. What comes back is a record with the uu, the name and the time of the request, or a table of such records."""
    signature = append_signature(
        REQUESTS,
        name="What kind of request it is.",
        attach="The record this request is about: its uu, or a record with a uu.",
    )
    examples = (
        Example(
            '"Order new toner" | .append request "office"',
            "Ask for something.",
            {"uu": FOLLOW_UP, "name": "office", "created": TIMES[3]},
            VARYING,
        ),
        Example(
            "let failed = (event list --name order-error | first)\n"
            '"Call the customer" | .append request "follow-up" --attach $failed\n'
            "| get name",
            "Ask for something about an event.",
            "follow-up",
        ),
        Example(
            '"Check the log" | .append request "follow-up" --type TODO --attach 01a20567\n'
            "| request get | get type_name",
            "Give the request a type, and name the event by the beginning of its uu.",
            "TODO",
        ),
    )
    fails = """Fails, recording nothing, when the type or the record to attach to is unknown, when `--json` is not a
JSON object, when the content does not fit the schema of its type, or when a text holds what PostgreSQL cannot store."""
    see_also = ("request list", "request process", "requests", ".append event", ".append tag")


COMMAND = AppendRequest()
