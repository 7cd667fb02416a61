"""The command `event type revoke`."""

from __future__ import annotations

from stk_shell.commands._record_columns import marked
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import EventError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.offers import EVENT_TYPE
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class EventTypeRevoke(Command):
    """Takes a type out of use."""

    name = "event type revoke"
    summary = "Revoke a type of events: no event gets it any more."
    description = """Events that have the type keep it, and `event list --type` still finds them. Revoking cannot be
undone; a new type may have the same name. The default type cannot be revoked before another is made the default."""
    signature = Signature(
        types=(("nothing", "record"),),
        category="event",
        positionals=(Parameter("name", STRING, "Its name or search key, in any case.", completes=EVENT_TYPE),),
    )
    examples = (
        Example(
            "event type new DEPLOY | ignore; event type revoke deploy | get is_revoked",
            "By its name, in any case.",
            True,
        ),
        Example(
            "event type new DEPLOY --enum ACTION | get name | event type revoke $in\nevent types | get name",
            "A type that was made, and is no longer wanted.",
            ["NONE", "ACTION", "TIMESHEET"],
        ),
    )
    fails = "Fails, changing nothing, when there is no such type, when it is the default, and when you may not."
    see_also = ("event types", "event type new")
    columns = marked(EVENTS, "revoked")

    def run(self, call: Call, data: Data) -> Data:
        """uu, name, revoked and is_revoked of the type."""
        try:
            return call.session.store.revoke_type(call.text("name"))
        except EventError as error:
            raise error.at(call.span("name")) from None


COMMAND = EventTypeRevoke()
