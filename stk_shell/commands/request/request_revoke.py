"""The command `request revoke`."""

from __future__ import annotations

from stk_shell.commands._single import MarkRecords
from stk_shell.commands._uu import named_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class RequestRevoke(MarkRecords):
    """Takes a request back."""

    noun = REQUESTS
    name = "request revoke"
    summary = "Revoke a request: take it back, keep it for the record."
    description = """A revoked request stays in the store for good, and no longer shows in `request list`. Revoking
cannot be undone, and a revoked request cannot be processed. Who revoked it, and when, is recorded.

Name the request as for `request get`. Of a list or table every request is revoked, in one transaction: all of them,
or none. What comes back is a record with uu, name, revoked and is_revoked, or a table of such records."""
    signature = named_signature(REQUESTS, is_open=True)
    examples = (
        Example("request revoke 01a2056a | get is_revoked", "By the beginning of its uu.", True),
        Example("request list --name follow-up | request revoke | get name", "Several, or none.", ["follow-up"]),
    )
    fails = """Fails, changing nothing, when a request is unknown or already revoked; the error names the first such
request."""
    see_also = ("request list", "request process", ".append request")


COMMAND = RequestRevoke()
