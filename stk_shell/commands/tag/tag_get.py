"""The command `tag get`."""

from __future__ import annotations

from stk_shell.commands._single import GetRecords
from stk_shell.commands._uu import named_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class TagGet(GetRecords):
    """Shows one tag with everything that is known of it."""

    noun = TAGS
    name = "tag get"
    summary = "Show one tag with all its columns."
    description = """Name the tag by its uu or the beginning of it, or pipe in a uu, a record that has one, or a list
or table of them. The record has the columns of `tag list` and all others: when it was revoked, the entity, who made
and last changed it, and the keys behind these names."""
    signature = named_signature(TAGS)
    examples = (
        Example("tag get 01a2056a | get name", "By the beginning of its uu.", "urgent"),
        Example("tag list | get 0 | tag get | get table_name", "A row that is piped in.", "stk_tag"),
    )
    fails = """Where there is no such tag, the result is null, and a note says so. Fails when several tags' uus begin
alike: the error lists them with their names and times."""
    see_also = ("tag list", "tag revoke")


COMMAND = TagGet()
