"""The command `event list`."""

from __future__ import annotations

from stk_shell.commands._listing import ListRecords, list_signature
from stk_shell.commands.event._examples import VARYING, listed
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS


class EventList(ListRecords):
    """Shows what has happened."""

    noun = EVENTS
    name = "event list"
    summary = "List events, the newest first."
    description = """Without flags, you get the 10 newest events that have not been revoked, and a note if there are
more.

`--name`, `--type`, `--since` and `--until` choose among all events, before the limit is applied. The stages after the
list see only what it gives: `event list | where name == "order-error"` looks among the 10 newest events, `event list
--limit 0 | where name == "order-error"` among all of them, and `event list --name order-error` gives the 10 newest of
that name.

`--since` and `--until` take a text, a duration or a date. A text is in local time, as tables show it: "2026-11-23",
"2026-11-23 13:00", "2026-11-23 13:00:05"; it may have an offset, as in "2026-11-23T13:00:05+01:00". A duration says how
long ago: `30min`, `7day`. A date without quotes is in UTC, as everywhere in the language: `2026-11-23` is midnight in
UTC, "2026-11-23" is midnight here.

The columns are name, record_json (what was recorded), created, updated, is_revoked, uu, type_enum, type_name,
description, and table_name_uu_json (the record that the event is attached to). Those that have no room on a narrow
screen are named below the table: `select` shows the ones you want, and `event get` all of one event. Times are shown in
the local time zone."""
    signature = list_signature(EVENTS)
    examples = (
        Example("event list", "The newest events.", listed(2, 1, 0), VARYING),
        Example('event list | where name == "authentication"', "Filter by name.", listed(2), VARYING),
        Example(
            "event list --name order-error --limit 3", "The newest events of a name, found quickly.", listed(1), VARYING
        ),
        Example("event list --since 1day --limit 0 | length", "How many events there were in the last day.", 3),
        Example('event list --since "2026-01-31 08:30"', "From a time on, as the clock here shows it."),
        Example(
            "event list --limit 0 | where record_json.user_id? == 7 | get name",
            "Look into what was recorded; `?` allows for events that lack the field.",
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
    fails = """Fails when a time cannot be read, when there is no such type, and when the store cannot be reached.
Finding no events is not a failure: the list is empty."""
    see_also = (
        "event get",
        "event search",
        "event watch",
        ".append event",
        "event revoke",
        "event stats",
        "where",
        "select",
    )


COMMAND = EventList()
