"""The command `request types`."""

from __future__ import annotations

from stk_shell.commands._typing import ListTypes, types_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import REQUESTS


class RequestTypes(ListTypes):
    """Shows the types of requests."""

    noun = REQUESTS
    name = "request types"
    summary = "List the types that requests can have."
    description = """A request that is made without `--type` gets the default type. The columns are name, type_enum
(the value that programs go by), is_default, description, search_key and uu; the default type comes first."""
    signature = types_signature(REQUESTS)
    examples = (
        Example("request types | first | get name", "Which one is the default.", "NOTE"),
        Example(
            "request types | get name",
            "Their names.",
            ["NOTE", "DISCUSS", "NOTICE", "ACTION", "TODO", "CHECKLIST"],
        ),
    )
    see_also = (".append request", "request list")


COMMAND = RequestTypes()
