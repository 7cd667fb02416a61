"""Values of PostgreSQL's types as values of the language, where somebody has asked for others than events have."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Value

if TYPE_CHECKING:
    from stk_shell.store.connecting import Row


def with_values(found: Sequence[Row], places: Sequence[int]) -> list[Row]:
    """The rows, with values of the language at those places."""
    return [tuple(value_of(cell) if at in places else cell for at, cell in enumerate(row)) for row in found]


def value_of(value: object) -> Value:
    """What a value of psycopg is in the language."""
    if value is None or isinstance(value, (bool, str, float, bytes)):
        return value
    if isinstance(value, int):
        return value if INT_MIN <= value <= INT_MAX else float(value)
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == int(value) and abs(value) <= INT_MAX else float(value)
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    if isinstance(value, datetime.timedelta):
        return Duration((value.days * 86_400 + value.seconds) * 10**9 + value.microseconds * 1000)
    if isinstance(value, (list, tuple)):
        return [value_of(item) for item in value]
    if isinstance(value, dict):
        return {str(name): value_of(item) for name, item in value.items()}
    return bytes(value) if isinstance(value, memoryview) else str(value)
