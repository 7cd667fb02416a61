"""What commands share that change a value, each item of a list, or the cells of named columns."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.batches import mapped
from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.edit import Change, put
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.remedies import column_text
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Parameter
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import CellPath, Record, Value

CELLS = Parameter("cells", CELL_PATH, "In a table or record: the columns to change, the others stay as they are.")
"""The rest parameter of such a command."""


EMPTY_TEXT = """`default --empty VALUE` before it puts a value there, `where COLUMN != ""` leaves such rows out."""
"""What to do about an empty text where it means nothing, such as an empty cell of a CSV file."""


def cell_types(given: str, result: str) -> tuple[tuple[str, str], ...]:
    """The types of such a command: of a value, a list of values, or the cells of a table or record."""
    return (given, result), (f"list<{given}>", f"list<{result}>"), ("table", "table"), ("record", "record")


def change_cells(call: Call, data: Data, new: Change, rest: str = "cells") -> Data:
    """The data with each named cell changed; without names the value itself, or each item of a list.

    `rest` is the name of the rest parameter that holds the cell paths.

    Raises:
        RunError: a named column is not there, or the change itself fails.
    """
    changes = [_in_cell(path, new, call.head) for path in call.paths(rest)] or [new]

    def changed(value: Value) -> Value:
        for one in changes:
            value = one(value)
        return value

    one = changes[0] if len(changes) == 1 else changed
    return mapped(data, one) if is_list_like(data) else one(collect(data))


def _in_cell(path: CellPath, new: Change, origin: Span) -> Change:
    """The change for one cell of a row."""
    members = path.members
    name = members[0].value

    def in_cell(row: Value) -> Value:
        return put(row, members, new(follow(row, path, origin)), origin)

    def in_column(row: Value) -> Value:
        return {**row, name: new(row[name])} if isinstance(row, dict) and name in row else in_cell(row)

    return in_column if len(members) == 1 and isinstance(name, str) else in_cell


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
    hint = "`compact` leaves out what is null, `default` puts a value in its place." if value is None else None
    headline = f"`{call.command.name}` works on {wanted}, not on {article(value)}"
    instead = _by_column(call, value) if isinstance(value, dict) and wanted == "a string" else None
    return RunError(headline, "only_supports_this_input_type", (label,), hint, instead=instead)


def _by_column(call: Call, row: Record) -> str | None:
    """The line with the command on the first column of texts, if it takes columns."""
    column = next((name for name, cell in row.items() if isinstance(cell, str)), None)
    if column is None or call.command.signature.rest != CELLS:
        return None
    return call.head.replaced(f"{call.command.name} {column_text(column)}")
