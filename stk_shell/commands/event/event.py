"""The command `event`."""

from __future__ import annotations

from stk_shell.commands._overview import OverviewPage, overview_signature
from stk_shell.model.command import Example


class Event(OverviewPage):
    """Introduces the event commands."""

    name = "event"
    summary = "Show what the event commands do, and lines to begin with."
    signature = overview_signature("event")
    examples = (Example("event | lines | first", "The overview.", "Events: what has happened, recorded for good"),)
    see_also = (".append event", "event list", "event get", "event revoke", "event types", "events", "event verify")
    page = """\
Events: what has happened, recorded for good

  .append event   log an event: what is piped in is what is recorded
  event list      the newest events
  event get       one event with all its columns
  event watch     events as they happen
  event revoke    mark an event as inactive; nothing is ever deleted
  event types     the types that events can have; `event type new` makes one
  events          add a column with the events that are attached to each row
  elaborate       look up the records that uus point at
  event verify    whether any event was altered, removed or put in behind

Try these, one after another:

  "User completed onboarding" | .append event "user-milestone"
  {text: "Login failed", user_id: 7} | .append event "authentication"
  event list
  event list | where name == "authentication"
  event list | get 0 | event get

`event list --help` explains a command, `help commands` lists all of them."""


COMMAND = Event()
