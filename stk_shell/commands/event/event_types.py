"""The command `event types`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class EventTypes(Command):
    """Shows the types of events."""

    name = "event types"
    summary = "List the types that events can have."
    description = """A type says what kind of event it is to programs; the name says it to people. An event that is
logged without `--type` gets the default one. Columns: name, type_enum (what code goes by), is_default, description,
search_key, uu."""
    signature = Signature(types=(("nothing", "table"),), category="event")
    examples = (
        Example("event types | where is_default == true | get name", "Which one is the default.", ["NONE"]),
        Example("event types | get name", "Their names.", ["NONE", "ACTION", "TIMESHEET"]),
    )
    see_also = (".append event", "event list")

    def run(self, call: Call, data: Data) -> Data:
        """The types that are not revoked, the default first."""
        return [*call.session.store.event_types()]


COMMAND = EventTypes()
