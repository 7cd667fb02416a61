"""The command `event list`."""

from __future__ import annotations

import datetime

from stk_shell.commands.event._examples import VARYING, listed
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import date
from stk_shell.model.shape import DATETIME, DURATION, INT, STRING, one_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.store import EventQuery, Store
from stk_shell.model.stream import Data
from stk_shell.model.text import counted
from stk_shell.model.values import Duration

DEFAULT_LIMIT = 10
COUNT_UP_TO = 100_000
"""How far the note on a cut list counts: further would take longer than the list itself."""

TIME = one_of(DATETIME, DURATION, STRING, name="time")


class EventList(Command):
    """Shows what has happened."""

    name = "event list"
    summary = "List events, the newest first."
    description = """Without flags, the 10 newest events that are not revoked. `--name`, `--type`, `--since` and
`--until` choose among all events before the limit; the stages behind the list work on what it gives. So `event list
| where name == "order-error"` looks among the 10 newest events only, and says so if there are more, while `event
list --limit 0 | where name == "order-error"` looks at all of them.

Columns: name, record_json (what was recorded), created, updated, is_revoked, uu, type_enum, type_name, description,
table_name_uu_json (the record it is attached to). On a narrow screen some are left out, and named below the table;
`select` shows the ones you want, `event get` all of one event. Times are shown in the local time zone."""
    signature = Signature(
        types=(("nothing", "table"),),
        category="event",
        flags=(
            Flag("limit", "How many events at most; 0 for all.", INT, "l", DEFAULT_LIMIT),
            Flag("all", "Revoked events too.", short="a"),
            Flag("name", "Only events of this name.", STRING, "n"),
            Flag("type", "Only events of this type, by name or search key.", STRING, "t"),
            Flag("since", "Only events from this time on: a date, or how long ago.", TIME, "s"),
            Flag("until", "Only events before this time.", TIME, "u"),
            Flag("detail", "All columns: also who, the entity, and the keys.", short="d"),
        ),
    )
    examples = (
        Example("event list", "The newest events.", listed(2, 1, 0), VARYING),
        Example('event list | where name == "authentication"', "Filter by name.", listed(2), VARYING),
        Example(
            "event list --name order-error --limit 3", "The newest events of a name, found quickly.", listed(1), VARYING
        ),
        Example("event list --since 1day --limit 0 | length", "How many events there were in the last day.", 3),
        Example(
            "event list --limit 0 | where record_json.user_id? == 7 | get name",
            "Look into what was recorded; `?` allows for events without that field.",
            ["authentication"],
        ),
        Example(
            "event list | select name record_json.text",
            "Choose columns.",
            [
                {"name": "authentication", "record_json.text": "Login failed"},
                {"name": "order-error", "record_json.text": "Error processing order 42"},
                {"name": "user-milestone", "record_json.text": "User completed onboarding"},
            ],
        ),
        Example("event list --all | where is_revoked | length", "Count revoked events.", 0),
        Example("event list | first | get record_json.text", "What the newest event says.", "Login failed"),
    )
    fails = """A time that cannot be read, and a store that cannot be reached, are errors. That there are no events is
none: the list is empty."""
    see_also = ("event get", ".append event", "event revoke", "where", "select")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        limit = at_least_zero(call, "limit") or None
        query = EventQuery(
            limit,
            call.switch("all"),
            call.optional_text("name"),
            call.optional_text("type"),
            _time(call, "since"),
            _time(call, "until"),
            call.switch("detail"),
        )
        store = call.session.store
        events = store.events(query)
        if not call.given("limit"):
            events.cut_note = lambda: _cut_note(store, query)
        return events


def _cut_note(store: Store, query: EventQuery) -> str | None:
    """What to say when a filter has searched no more than the default limit lets through."""
    count = store.count(query, COUNT_UP_TO)
    if count <= DEFAULT_LIMIT:
        return None
    total = f"{counted(count)} events" if count < COUNT_UP_TO else f"more than {counted(COUNT_UP_TO)} events"
    return f"searched the {DEFAULT_LIMIT} newest of {total}; `event list --limit 0 | …` searches all"


def _time(call: Call, name: str) -> datetime.datetime | None:
    value = call.value(name)
    if isinstance(value, Duration):
        return call.session.now() - datetime.timedelta(microseconds=value // 1000)
    if isinstance(value, str):
        read = date(value.replace(" ", "T"))
        if read is None:
            label = Label(call.span(name), "this is neither")
            hint = "2026-11-21, 2026-11-21T08:30:00Z, 7day, 30min"
            raise RunError(f"`--{name}` takes a date or a duration", "cant_convert", (label,), hint)
        return read
    return call.date(name)


COMMAND = EventList()
