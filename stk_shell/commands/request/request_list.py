"""The command `request list`."""

from __future__ import annotations

from stk_shell.commands._listing import ListRecords, list_signature
from stk_shell.commands.event._examples import EXAMPLE_REQUEST, VARYING, attached
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class RequestList(ListRecords):
    """Shows what is to be done."""

    noun = REQUESTS
    name = "request list"
    summary = "List requests, the newest first."
    description = """Without flags, you get the 10 newest requests that have not been revoked, done or not, and a note
if there are more. `--open` gives only those that are still to be done.

`--open`, `--name`, `--type`, `--since` and `--until` choose among all requests, before the limit is applied; times
are given as for `event list`. The columns are those of `event list`, is_processed (whether the request is done), and
table_name. The column table_name_uu_json says which record the request is about; `elaborate` looks that record up."""
    signature = list_signature(REQUESTS)
    examples = (
        Example("request list", "The newest requests.", [attached(EXAMPLE_REQUEST, "NOTE")], VARYING),
        Example("request list --open --limit 0 | length", "How many are still to be done.", 1),
        Example(
            "request list --open | elaborate | get table_name_uu_json_resolved.name",
            "What they are about.",
            ["order-error"],
        ),
    )
    fails = """Fails when a time cannot be read, when there is no such type, and when the store has no requests or
cannot be reached. Finding none is not a failure: the list is empty."""
    see_also = ("request get", ".append request", "request process", "request revoke", "requests")


COMMAND = RequestList()
