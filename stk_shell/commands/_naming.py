"""The name of each record that is made of what is piped in: the same for all, or from a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import EventError, Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.values import CellPath, Value

Name: TypeAlias = Callable[[Value, int], str]
"""Gives the name for an item, which is the one of that number."""


def naming(call: Call, name: str) -> Name:
    """What names the items: the cell of `--name-from`, and `name` where there is none.

    Raises:
        EventError: when it names an item whose cell holds what is no name.
    """
    path = call.value("name-from")
    if not isinstance(path, CellPath):
        return lambda item, number: name
    way = CellPath(tuple(member.replace(optional=True) for member in path.members))

    def of_cell(item: Value, number: int) -> str:
        cell = _cell(item, way)
        if isinstance(cell, str) and cell and not cell.isspace():
            return cell
        return name if cell is None else _as_name(call, cell, number)

    return of_cell


def _cell(item: Value, way: CellPath) -> Value:
    try:
        return follow(item, way) if isinstance(item, dict) else None
    except RunError:
        # What is no record, and no list, has no such cell.
        return None


def _as_name(call: Call, cell: Value, number: int) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    # Not a duration or a size, which are numbers of something.
    if type(cell) in (int, float):
        return str(cell)
    what = "a blank text" if isinstance(cell, str) else article(cell)
    label = Label(call.span("name-from"), f"this is {what} there")
    hint = "`update` makes a text of it, or null, for which the name is taken that is given."
    raise EventError(f"item {number} of the list gets no name from its cell", "no_name", (label,), hint)
