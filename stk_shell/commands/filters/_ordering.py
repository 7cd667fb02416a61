"""What `sort` and `sort-by` share: what to compare, and putting things in order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar

from stk_shell.model.command import Call
from stk_shell.model.compare import RANK, SortKey, sort_key
from stk_shell.model.signature import Flag
from stk_shell.model.text import scalar
from stk_shell.model.values import Duration, Filesize, Value

REVERSE = Flag("reverse", "Largest first.", short="r")
IGNORE_CASE = Flag("ignore-case", "Take capital and small letters as equal.", short="i")
NATURAL = Flag("natural", "Take digits in texts as numbers, so that `log9` comes before `log10`.", short="n")

Item = TypeVar("Item")

Keys: TypeAlias = Sequence[Any]
"""Things that Python can compare with each other."""

DIRECTLY = ({str}, {int}, {float}, {int, float}, {bool}, {datetime.datetime}, {Duration}, {Filesize})
"""Types that Python orders as nushell does, if values have no others."""

PIECES = re.compile(r"\d+|\D")


def comparable(values: list[Value], call: Call) -> Keys:
    """Keys for the values, by the flags of the call; those of plain values are the values themselves."""
    if call.switch("ignore-case"):
        values = list(map(_folded, values))
    if call.switch("natural"):
        return list(map(_natural, values))
    kinds = set(map(type, values))
    with_null = type(None) in kinds
    kinds.discard(type(None))
    if kinds not in DIRECTLY or (float in kinds and any(value != value for value in values)):
        return list(map(sort_key, values))
    return [(value is None, value) for value in values] if with_null else values


def _folded(value: Value) -> Value:
    """The value without capital letters."""
    if isinstance(value, str):
        return value.casefold()
    return {name: _folded(cell) for name, cell in value.items()} if isinstance(value, dict) else value


def _natural(value: Value) -> SortKey:
    """The key by which texts and numbers are ordered as a person would order them."""
    if isinstance(value, dict):
        return RANK["record"], [(name, _natural(value[name])) for name in sorted(value)]
    if type(value) not in (str, int, float):
        return sort_key(value)
    pieces = PIECES.findall(value if isinstance(value, str) else scalar(value))
    return RANK["string"], list(map(_piece, pieces))


def _piece(piece: str) -> tuple[int, int, int]:
    """A number, or a character; of equal numbers, the one with fewer zeros before it comes first."""
    return (ord("0"), int(piece), len(piece)) if piece.isdecimal() else (ord(piece), 0, 0)


def in_order(items: Sequence[Item], keys: Keys, *, reverse: bool) -> list[Item]:
    """The items in the order of their keys; reversed, equal ones are turned round, too."""
    # Each item is asked for its key once, from the first to the last.
    ordered = sorted(items, key=partial(next, iter(keys)))
    if reverse:
        ordered.reverse()
    return ordered
