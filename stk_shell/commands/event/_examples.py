"""What the examples of the event, request and tag commands show. The tests put it into a store before they run them."""

from __future__ import annotations

import datetime

from stk_shell.model.values import Record, Value

NOTHING_ATTACHED: Record = {"uu": "", "table_name": ""}

TIMES = [
    datetime.datetime(2026, 11, 22, hour, minute, second, tzinfo=datetime.UTC)
    for hour, minute, second in (
        (22, 34, 15),
        (22, 38, 11),
        (22, 39, 50),
        (22, 41, 7),
    )
]

MILESTONE = "01a20563-f070-7b83-b7f5-8b542d8b84da"
ORDER_ERROR = "01a20567-8b3a-7c55-8f10-90ab4de2c3f4"
LOGIN = "01a20569-11c4-7e01-9d20-1c2d3e4f5a6b"

EXAMPLE_EVENTS: tuple[tuple[str, str, Record], ...] = (
    (MILESTONE, "user-milestone", {"text": "User completed onboarding"}),
    (ORDER_ERROR, "order-error", {"text": "Error processing order 42"}),
    (LOGIN, "authentication", {"text": "Login failed", "user_id": 7}),
)
"""uu, name and record_json of each, oldest first; all of the last hour."""

FOLLOW_UP = "01a2056a-2b1d-7f3c-9a61-7d0e5c4b3a29"
URGENT = "01a2056a-9c42-7a15-8b73-2f1e0d9c8b7a"

EXAMPLE_REQUEST: tuple[str, str, Record] = (FOLLOW_UP, "follow-up", {"text": "Call the customer"})
EXAMPLE_TAG: tuple[str, str, Record] = (URGENT, "urgent", {"by": "ana"})
"""uu, name and record_json of a request and a tag that are attached to the event ORDER_ERROR."""

VARYING = (
    "created",
    "updated",
    "revoked",
    "uu",
    "entity",
    "type_uu",
    "stk_entity_uu",
    "created_by_uu",
    "updated_by_uu",
    "search_key",
)
"""Columns that differ from store to store."""


def attached(example: tuple[str, str, Record], type_: str) -> Record:
    """A request or tag that is attached to ORDER_ERROR, as `events` and its like show it."""
    uu, name, record = example
    return {
        "name": name,
        "record_json": dict(record),
        "created": TIMES[3],
        "updated": TIMES[3],
        "is_revoked": False,
        **({"is_processed": False} if type_ == "NOTE" else {}),
        "uu": uu,
        "type_enum": type_,
        "type_name": type_,
        "description": None,
        "table_name_uu_json": {"uu": ORDER_ERROR, "table_name": "stk_event"},
        "table_name": "stk_request" if type_ == "NOTE" else "stk_tag",
    }


def listed(*numbers: int) -> list[Value]:
    """The events of these numbers as `event list` shows them."""
    rows: list[Value] = []
    for number in numbers:
        uu, name, record = EXAMPLE_EVENTS[number]
        rows.append(
            {
                "name": name,
                "record_json": dict(record),
                "created": TIMES[number],
                "updated": TIMES[number],
                "is_revoked": False,
                "uu": uu,
                "type_enum": "NONE",
                "type_name": "NONE",
                "description": None,
                "table_name_uu_json": dict(NOTHING_ATTACHED),
            }
        )
    return rows
