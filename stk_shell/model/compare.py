"""When two values are equal, and which comes first."""

from __future__ import annotations

import math
from typing import TypeAlias

from stk_shell.model.types import KINDS
from stk_shell.model.values import Range, Value

NUMBERS = (int, float)

ORDER = (
    *("bool", "int", "string", "filesize", "duration", "datetime", "range"),
    *("record", "list", "closure", "binary", "cell-path", "nothing"),
)
"""The order of values of different types in a sort, as nushell has it; floats stand with the ints."""

RANK = {name: rank for rank, name in enumerate(ORDER)} | {"float": ORDER.index("int")}

SortKey: TypeAlias = "tuple[object, ...]"


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same: 1 and 1.0 are, 1 and true are not, records may differ in order."""
    kind = type(left)
    if kind is not type(right):
        return kind in NUMBERS and type(right) in NUMBERS and left == right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(item, right[name]) for name, item in left.items())
    return left == right


def sort_key(value: Value) -> SortKey:
    """A key by which Python sorts values as nushell does: by type, then by value, null last."""
    rank = RANK[KINDS[type(value)]]
    if isinstance(value, float) and math.isnan(value):
        return rank, math.inf, 1
    if isinstance(value, list):
        return rank, [sort_key(item) for item in value]
    if isinstance(value, dict):
        return rank, [(name, sort_key(value[name])) for name in sorted(value)]
    if isinstance(value, Range):
        return rank, value.start, math.inf if value.end is None else value.end
    return (rank,) if value is None or (rank > RANK["list"] and not isinstance(value, bytes)) else (rank, value)
