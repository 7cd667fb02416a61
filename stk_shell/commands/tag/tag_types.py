"""The command `tag types`."""

from __future__ import annotations

from stk_shell.commands._typing import ListTypes, types_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import TAGS


class TagTypes(ListTypes):
    """Shows the types of tags."""

    noun = TAGS
    name = "tag types"
    summary = "List the types that tags can have."
    description = """A tag that is made without `--type` gets the default type. The columns are name, type_enum (the
value that programs go by), is_default, description, search_key and uu; the default type comes first."""
    signature = types_signature(TAGS)
    examples = (
        Example("tag types | first | get name", "Which one is the default.", "NONE"),
        Example('tag types | where name == "ADDRESS" | get description', "What a type is for.", ["A postal address."]),
    )
    see_also = (".append tag", "tag list")


COMMAND = TagTypes()
