"""The command `event`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data

OVERVIEW = """\
Events: what has happened, recorded for good

  .append event   log an event: what is piped in is what is recorded
  event list      the newest events
  event get       one event with all its columns
  event revoke    mark an event as inactive; nothing is ever deleted
  event types     the types that events can have
  event verify    whether any event was altered, removed or put in behind

Try these, one after another:

  "User completed onboarding" | .append event "user-milestone"
  {text: "Login failed", user_id: 7} | .append event "authentication"
  event list
  event list | where name == "authentication"
  event list | get 0 | event get

`event list --help` explains a command, `help commands` lists all of them."""


class Event(Command):
    """Introduces the event commands."""

    name = "event"
    summary = "Show what the event commands do, and lines to begin with."
    signature = Signature(types=(("nothing", "string"),), category="event")
    examples = (Example("event | lines | first", "The overview.", "Events: what has happened, recorded for good"),)
    see_also = (".append event", "event list", "event get", "event revoke", "event types", "event verify")

    def run(self, call: Call, data: Data) -> Data:
        """The overview as a text."""
        return OVERVIEW


COMMAND = Event()
