"""The command `tag list`."""

from __future__ import annotations

from stk_shell.commands._listing import ListRecords, list_signature
from stk_shell.commands.event._examples import EXAMPLE_TAG, VARYING, attached
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class TagList(ListRecords):
    """Shows what is noted of records."""

    noun = TAGS
    name = "tag list"
    summary = "List tags, the newest first."
    description = """Without flags, you get the 10 newest tags that have not been revoked, and a note if there are more.

`--name`, `--type`, `--since` and `--until` choose among all tags, before the limit is applied; times are given as
for `event list`. The columns are those of `event list`, and table_name. The column table_name_uu_json says which
record is tagged; `elaborate` looks that record up."""
    signature = list_signature(TAGS)
    examples = (
        Example("tag list", "The newest tags.", [attached(EXAMPLE_TAG, "NONE")], VARYING),
        Example(
            "tag list --name urgent --limit 0 | get table_name_uu_json.uu\n| event get | get name",
            "The events that have a tag.",
            ["order-error"],
        ),
    )
    fails = """Fails when a time cannot be read, when there is no such type, and when the store has no tags or cannot
be reached. Finding none is not a failure: the list is empty."""
    see_also = ("tag get", ".append tag", "tag revoke", "tags")


COMMAND = TagList()
