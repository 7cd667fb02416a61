"""The command `request get`."""

from __future__ import annotations

from stk_shell.commands._single import GetRecords
from stk_shell.commands._uu import named_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class RequestGet(GetRecords):
    """Shows one request with everything that is known of it."""

    noun = REQUESTS
    name = "request get"
    summary = "Show one request with all its columns."
    description = """Name the request by its uu or the beginning of it, or pipe in a uu, a record that has one, or a
list or table of them. The record has the columns of `request list` and all others: when it was done or revoked, the
entity, who made and last changed it, and the keys behind these names."""
    signature = named_signature(REQUESTS)
    examples = (
        Example("request get 01a2056a | get record_json.text", "By the beginning of its uu.", "Call the customer"),
        Example("request list | get 0 | request get | get is_processed", "A row that is piped in.", False),
    )
    fails = """Where there is no such request, the result is null, and a note says so. Fails when several requests'
uus begin alike: the error lists them with their names and times."""
    see_also = ("request list", "request process", "request revoke")


COMMAND = RequestGet()
