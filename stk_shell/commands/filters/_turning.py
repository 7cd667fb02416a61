"""What `transpose` and `rotate` share."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.values import Record


def column_names(call: Call, count: int) -> list[str]:
    """The names that were given, and `column0`, `column1` and so on for further columns."""
    given = [str(name) for name in call.rest("names")]
    return [*given, *(f"column{at}" for at in range(len(given), count))]


def columns_of(rows: list[Record]) -> list[str]:
    """The columns that any of the rows has, in the order in which they appear."""
    return list(dict.fromkeys(name for row in rows for name in row))
