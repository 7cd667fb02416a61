"""What commands share that look at the columns of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.commands.filters._fast import reader
from stk_shell.model.batches import Unfit
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.signature import Flag
from stk_shell.model.span import Span
from stk_shell.model.values import CellPath, Record, Value

IGNORE_CASE = Flag("ignore-case", "Take columns whatever their case.")
IGNORE_ERRORS = Flag("ignore-errors", "The older name of `--optional`.", short="i")

Split: TypeAlias = "tuple[dict[int, CellPath], list[CellPath]]"


def records(rows: Iterable[Value], call: Call) -> Iterator[Record]:
    """The rows, one by one; raises `RunError` at what is no record."""
    for row in rows:
        if not isinstance(row, dict):
            raise unsupported(call, row, "a table or record")
        yield row


def names_of(rows: Iterable[Value], call: Call) -> list[str]:
    """The names of all columns of the rows, in the order in which they first occur.

    Raises:
        RunError: a row is no record.
    """
    names: dict[str, None] = {}
    for row in records(rows, call):
        names.update(dict.fromkeys(row))
    return list(names)


def marked(path: CellPath, call: Call) -> CellPath:
    """The path, with the marks (`?`, `!`) that the flags ask for."""
    if call.switch("ignore-case"):
        path = CellPath(tuple(member.replace(ignore_case=True) for member in path.members))
    return optional(path) if call.switch("optional") or call.switch("ignore-errors") else path


def optional(path: CellPath) -> CellPath:
    """The path as it is where everything on it may be missing."""
    return CellPath(tuple(member.replace(optional=True) for member in path.members))


def rows_and_columns(call: Call, name: str) -> Split:
    """Rows by their number, and columns, among the paths of a rest parameter.

    Raises:
        RunError: a path goes from a row into its cells.
    """
    rows: dict[int, CellPath] = {}
    columns: list[CellPath] = []
    for path in call.paths(name):
        first = path.members[0]
        if isinstance(first.value, str):
            columns.append(marked(path, call))
        elif len(path.members) == 1:
            rows[first.value] = marked(path, call)
        else:
            label = Label(first.span or call.span(name), "behind the number of a row, there can be no column")
            hint = f"`get {path}` takes a single cell."
            raise RunError(f"`{call.command.name}` takes whole rows or columns", "error", (label,), hint)
    return rows, list(dict.fromkeys(columns))


def column_name(path: CellPath) -> str:
    """What a column is called that holds what a path leads to."""
    return ".".join(str(member.value) for member in path.members)


def cells(rows: list[Value], path: CellPath, origin: Span) -> list[Value]:
    """The cell of each row.

    Raises:
        RunError: a row does not have it.
    """
    try:
        return reader(path)(rows)
    except Unfit:
        return [follow(row, path, origin) for row in rows]
