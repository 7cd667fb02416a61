"""What commands share that look at the columns of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.model.batches import Fast, Rows, Unfit
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.signature import Flag
from stk_shell.model.values import CellPath, Record, Value

IGNORE_CASE = Flag("ignore-case", "Take columns whatever their case.")
IGNORE_ERRORS = Flag("ignore-errors", "The older name of `--optional`.", short="i")

WORTHWHILE = 100
"""The size of a batch from which on it pays to write and compile a function for it."""

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
    optional, ignore_case = call.switch("optional") or call.switch("ignore-errors"), call.switch("ignore-case")
    if not (optional or ignore_case):
        return path
    return CellPath(
        tuple(
            member.replace(optional=optional or member.optional, ignore_case=ignore_case or member.ignore_case)
            for member in path.members
        )
    )


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


def picker(columns: list[CellPath]) -> Fast:
    """What takes the cells of the columns out of many rows at once; it raises `Unfit` unless all are there."""

    @cache
    def written() -> Callable[[Rows], list[Value]]:
        cells = ", ".join(f"{column_name(path)!r}: {_access(path)}" for path in columns)
        # The text is put together here from quoted names alone.
        function: Callable[[Rows], list[Value]] = eval(f"lambda rows: [{{{cells}}} for r in rows]")  # noqa: S307
        return function

    def picked(rows: Rows) -> list[Value]:
        if len(rows) < WORTHWHILE:
            raise Unfit
        try:
            return written()(rows)
        except (KeyError, TypeError, AttributeError):
            raise Unfit from None

    return picked


def _access(path: CellPath) -> str:
    """Python text for the cell of a row `r`."""
    text = "r"
    for member in path.members:
        if not isinstance(member.value, str) or member.ignore_case:
            raise Unfit
        text += f".get({member.value!r})" if member.optional else f"[{member.value!r}]"
    return text
