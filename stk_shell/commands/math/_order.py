"""The order of values, whatever their types."""

from __future__ import annotations

import datetime
from typing import cast

from stk_shell.model.compare import sort_key
from stk_shell.model.values import Duration, Filesize, Value

ORDER_OF_VALUES = """Any values have an order: texts that of their letters, dates that of time. Those of different types
are ordered as `sort` does it, with null behind all others."""
"""What the pages of the commands about it say."""

ORDERED = frozenset({bool, str, Duration, Filesize, datetime.datetime})
"""Types whose values Python orders as nushell does."""


def extreme(values: list[Value], *, largest: bool) -> Value:
    """The largest or the smallest of the values."""
    known = _comparable(values)
    if known is None:
        return max(values, key=sort_key) if largest else min(values, key=sort_key)
    return max(known) if largest else min(known)


def _comparable(values: list[Value]) -> list[float] | None:
    """The values, as Python compares them at full speed; None where that is not the order of the language."""
    types = frozenset(map(type, values))
    fits = types <= {int, float} or (len(types) == 1 and types <= ORDERED)
    return cast("list[float]", values) if fits else None
