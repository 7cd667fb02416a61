"""The command `tag revoke`."""

from __future__ import annotations

from stk_shell.commands._single import MarkRecords
from stk_shell.commands._uu import named_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class TagRevoke(MarkRecords):
    """Takes a tag back."""

    noun = TAGS
    name = "tag revoke"
    summary = "Revoke a tag: take it from its record, keep it in the store."
    description = """A revoked tag stays in the store for good, and no longer shows in `tag list` and `... | tags`.
Revoking cannot be undone; the record can be tagged anew. Who revoked the tag, and when, is recorded.

Name the tag as for `tag get`. Of a list or table every tag is revoked, in one transaction: all of them, or none.
What comes back is a record with uu, name, revoked and is_revoked, or a table of such records."""
    signature = named_signature(TAGS, is_open=True)
    examples = (
        Example("tag revoke 01a2056a | get is_revoked", "By the beginning of its uu.", True),
        Example("tag list --name urgent | tag revoke | get name", "Several, or none.", ["urgent"]),
    )
    fails = """Fails, changing nothing, when a tag is unknown or already revoked; the error names the first such tag."""
    see_also = ("tag list", ".append tag")


COMMAND = TagRevoke()
