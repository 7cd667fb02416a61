"""The command `event types`."""

from __future__ import annotations

from stk_shell.commands._typing import ListTypes, types_signature
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS


class EventTypes(ListTypes):
    """Shows the types of events."""

    noun = EVENTS
    name = "event types"
    summary = "List the types that events can have."
    description = """The name of an event says to people what kind of thing happened; its type says it to programs. An
event that is logged without `--type` gets the default type. The columns are name, type_enum (the value that programs go
by), is_default, description, search_key and uu; the default type comes first, and revoked types are left out."""
    signature = types_signature(EVENTS)
    examples = (
        Example("event types | where is_default == true | get name", "Which one is the default.", ["NONE"]),
        Example("event types | get name", "Their names.", ["NONE", "ACTION", "TIMESHEET"]),
    )
    see_also = (".append event", "event list")


COMMAND = EventTypes()
