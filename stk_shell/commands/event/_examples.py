"""Events that the examples of the event commands show. The tests put them into a store before they run the examples."""

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
