"""The command `event get`."""

from __future__ import annotations

from stk_shell.commands._single import GetRecords
from stk_shell.commands._uu import named_signature
from stk_shell.commands.event._examples import LOGIN, VARYING, listed
from stk_shell.model.command import Example
from stk_shell.model.nouns import EVENTS
from stk_shell.model.values import Record, Value

DETAILS: Record = {
    "revoked": None,
    "processed": None,
    "is_processed": False,
    "is_valid": True,
    "search_key": "63a7c1c8-5e52-4d8f-9d5c-0c4f6a3b1e27",
    "entity": "*",
    "created_by": "stk_login",
    "updated_by": "stk_login",
    "type_uu": "01a20560-0c1e-7a52-8d3f-1f2e3d4c5b6a",
    "stk_entity_uu": "01a20560-0c1a-7b11-9e2d-0a1b2c3d4e5f",
    "created_by_uu": "01a20560-0c0f-7c90-8a7b-6c5d4e3f2a1b",
    "updated_by_uu": "01a20560-0c0f-7c90-8a7b-6c5d4e3f2a1b",
    "table_name": "stk_event",
}
EVENT: Value = {**first, **DETAILS} if isinstance(first := listed(2)[0], dict) else None


class EventGet(GetRecords):
    """Shows one event with everything that is known of it."""

    noun = EVENTS
    name = "event get"
    summary = "Show one event with all its columns."
    description = """Name the event by its uu, or by the beginning of its uu: four digits or more, with or without
hyphens, as long as no other event's uu begins alike. Tables show as much of each uu as tells their rows apart. Or pipe
the event in, as a uu or as a record that has one, such as a row of `event list`. A list or table of them gives a table
of events.

The record has the columns of `event list` and all others: revoked, processed, is_valid, search_key, the entity, who
created and last changed the event, and the keys behind these names. Revoked events are shown as well: nothing in the
store is out of sight."""
    signature = named_signature(EVENTS)
    examples = (
        Example(f'event get "{LOGIN}"', "By its uu.", EVENT, VARYING),
        Example("event get 01a20569 | get record_json.text", "By the beginning of its uu.", "Login failed"),
        Example("event list | get uu.0 | event get $in | get name", "The newest event.", "authentication"),
        Example(
            "event list | get 0 | event get | get record_json",
            "A row that is piped in.",
            {"text": "Login failed", "user_id": 7},
        ),
        Example(
            f'let event_uuid = "{LOGIN}"\n$event_uuid | event get $in | get record_json.user_id',
            "A text that is piped in.",
            7,
        ),
        Example(
            'event get 01a20569 | if $in.is_revoked { "revoked" } else { "in force" }', "Ask about it.", "in force"
        ),
        Example(
            "event list | where name =~ error | event get | get created_by", "All events of a table.", ["stk_login"]
        ),
    )
    fails = """Where there is no such event, the result is null, and a note says so. Fails when several events' uus
begin alike: the error lists them with their names and times."""
    see_also = ("event list", "event revoke")


COMMAND = EventGet()
