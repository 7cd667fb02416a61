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
    description = """The name of an event says to people what kind of thing happened; its type says it to programs.
An event that is logged without `--type` gets the default type. The columns are name, type_enum (the value that
programs go by), is_default, description, search_key and uu; the default type comes first, and revoked types are left
out. With `--detail` there is json_schema as well: what has to be recorded with an event of the type."""
    signature = types_signature(EVENTS)
    examples = (
        Example("event types | where is_default == true | get name", "Which one is the default.", ["NONE"]),
        Example("event types | get name", "Their names.", ["NONE", "ACTION", "TIMESHEET"]),
        Example(
            "event types --detail | where name == TIMESHEET | get 0.json_schema.required",
            "What has to be recorded with an event of a type.",
            ["start_date", "minutes"],
        ),
    )
    see_also = ("event type new", "event type revoke", ".append event", "event list")


COMMAND = EventTypes()
