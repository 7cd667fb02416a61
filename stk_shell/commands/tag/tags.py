"""The command `tags`."""

from __future__ import annotations

from stk_shell.commands._attached import AttachedRecords, attached_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class Tags(AttachedRecords):
    """Shows the tags of each row."""

    noun = TAGS
    name = "tags"
    summary = "Add a column with the tags that are attached to each row."
    description = """A record is tagged with `.append tag --attach`. Pipe in rows that have a uu, from whatever table:
each gets a column `tags` with a table of its tags, the newest first, and an empty one where it has none. All rows are
looked up with one question to the store, a thousand at a time.

The columns of the tags are those of `tag list`, or those that you name."""
    signature = attached_signature(TAGS)
    examples = (
        Example(
            "event list | tags name | where ($it.tags.name has urgent) | get name",
            "The events that have a tag.",
            ["order-error"],
        ),
        Example(
            "event list --name order-error | tags name record_json | get 0.tags",
            "The tags of an event, and what they say.",
            [{"name": "urgent", "record_json": {"by": "ana"}}],
        ),
    )
    fails = "Fails when something else than records flows in. A row without a uu has no tags."
    see_also = (".append tag", "tag list", "events", "requests", "elaborate")


COMMAND = Tags()
