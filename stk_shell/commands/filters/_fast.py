"""Reading and writing the cells of many rows at once, by Python that is written for the path.

A comprehension with the path in it takes a fraction of the time that following the path takes for each row. What is
written raises `Unfit` where a row is no record, lacks the cell, or has something else on the way to it: such rows go
the long way, which also knows what to say about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NoReturn, TypeAlias

from stk_shell.model.batches import Rows, Unfit
from stk_shell.model.values import CellPath, Value

Read: TypeAlias = "Callable[[Rows], list[Value]]"
Write: TypeAlias = "Callable[[Rows, Iterable[Value]], list[Value]]"

DEEPEST = 16
"""How many members a path may have that is written as Python, which has limits of its own."""

SURPRISES = (KeyError, TypeError, AttributeError)
"""What the written functions raise at rows that they are not made for."""


def reader(path: CellPath) -> Read:
    """What gives the cells of many rows; raises `Unfit` if the path cannot be written."""
    return _guarded(_written(f"lambda rows: [{_access(path)} for r in rows]"))


def picker(columns: dict[str, CellPath]) -> Read:
    """What gives records of the cells of many rows, by name; raises `Unfit` if a path cannot be written."""
    cells = ", ".join(f"{name!r}: {_access(path)}" for name, path in columns.items())
    return _guarded(_written(f"lambda rows: [{{{cells}}} for r in rows]"))


def writer(path: CellPath, *, there: bool | None) -> Write:
    """What gives copies of many rows with new cells; raises `Unfit` if the path cannot be written.

    `there` says whether all rows have to have the cell, or none of them.
    """
    *way, last = path.members
    holder = _access(CellPath(tuple(way)))
    new = f"{{**{holder}, {last.value!r}: v}}"
    for at in reversed(range(len(way))):
        new = f"{{**{_access(CellPath(tuple(way[:at])))}, {way[at].value!r}: {new}}}"
    if there is not None:
        new = f"{new} if {last.value!r} {'in' if there else 'not in'} {holder} else unfit()"
    _access(path)
    function = _written(f"lambda rows, values: [{new} for r, v in zip(rows, values)]")

    def write(rows: Rows, values: Iterable[Value]) -> list[Value]:
        try:
            made: list[Value] = function(rows, values)
        except SURPRISES:
            raise Unfit from None
        return made

    return write


def _guarded(function: Callable[[Rows], list[Value]]) -> Read:
    def read(rows: Rows) -> list[Value]:
        try:
            return function(rows)
        except SURPRISES:
            raise Unfit from None

    return read


def _access(path: CellPath) -> str:
    """Python text for the cell of a row `r`."""
    if len(path.members) > DEEPEST:
        raise Unfit
    text = "r"
    for member in path.members:
        if not isinstance(member.value, str) or member.ignore_case:
            raise Unfit
        text += f".get({member.value!r})" if member.optional else f"[{member.value!r}]"
    return text


@lru_cache(maxsize=256)
def _written(text: str) -> Callable[..., list[Value]]:
    """The function of a text that is put together here, of quoted names alone."""
    function: Callable[..., list[Value]] = eval(text, {"unfit": _unfit})  # noqa: S307
    return function


def _unfit() -> NoReturn:
    raise Unfit
