"""What commands share that change a value, each item of a list, or the cells of named columns."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.edit import Change, change
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Parameter
from stk_shell.model.stream import Data, Stream, collect, is_list_like, iterate
from stk_shell.model.values import CellPath, Value

CELLS = Parameter("cells", CELL_PATH, "In a table or record: the columns to change, the others stay as they are.")
"""The rest parameter of such a command."""


def change_cells(call: Call, data: Data, new: Change, rest: str = "cells") -> Data:
    """The data with each named cell changed; without names the value itself, or each item of a list.

    `rest` is the name of the rest parameter that holds the cell paths.

    Raises:
        RunError: a named column is not there, or the change itself fails.
    """
    paths = call.paths(rest)
    if not is_list_like(data):
        return _changed(collect(data), paths, new, call)
    if any(isinstance(path.members[0].value, int) for path in paths):
        return _changed(list(iterate(data)), paths, new, call)
    return Stream(_changed(item, paths, new, call) for item in iterate(data))


def _changed(value: Value, paths: list[CellPath], new: Change, call: Call) -> Value:
    if not paths:
        return new(value)
    for path in paths:
        value = change(value, path.members, new, call.head)
    return value


def on_text(call: Call, new: Callable[[str], Value]) -> Change:
    """A change for texts that refuses anything else."""

    def changed(value: Value) -> Value:
        if isinstance(value, str):
            return new(value)
        raise unsupported(call, value, "a string")

    return changed


def unsupported(call: Call, value: Value, wanted: str) -> RunError:
    """The error for a cell or item of a type that the command cannot work on; `wanted` stands in a sentence."""
    label = Label(call.head, f"{article(value)} comes in here")
    hint = "`default` puts a value in the place of null." if value is None else None
    headline = f"`{call.command.name}` works on {wanted}, not on {article(value)}"
    return RunError(headline, "only_supports_this_input_type", (label,), hint)
