"""The command `date now`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class DateNow(Command):
    """Tells the time."""

    name = "date now"
    summary = "Give the date and time of now, in the local time zone."
    description = "Add and subtract durations: `(date now) - 30day`. In a condition it stands in parentheses."
    signature = Signature(types=(("nothing", "datetime"),), category="dates")
    examples = (
        Example("date now | describe", "It is a date.", "datetime"),
        Example("(date now) - 1day < (date now)", "A day ago was before now.", True),
        Example("event list | where created > (date now) - 1hr | length", "What was logged in the last hour.", 3),
    )
    see_also = ("where", "event list")

    def run(self, call: Call, data: Data) -> Data:
        """The time."""
        return call.session.now()


COMMAND = DateNow()
