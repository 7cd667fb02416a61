"""The columns of tables and records, as far as they are known before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from stk_shell.model.struct import Struct
from stk_shell.model.types import kind
from stk_shell.model.values import Record, Value

if TYPE_CHECKING:
    from stk_shell.model.values import CellPath

ROWS_LOOKED_AT = 20
"""How many rows of a table tell its columns."""

DEPTH = 6
"""How deep records in records are looked into."""


class Column(Struct):
    """A column, and what is known of its values: what they are, their type, one of them, the columns of records.

    `completes` says which names its values are, as for an argument. The fields of what is `recorded` are known to the
    store alone. Some rows lack what is not `everywhere`.
    """

    name: str
    sentence: str = ""
    kind: str = ""
    example: Value = None
    completes: str = ""
    columns: Columns = ()
    recorded: bool = False
    everywhere: bool = True


Columns: TypeAlias = "tuple[Column, ...]"


class Given(Protocol):
    """A call that has not run, for a command that tells which columns it will give."""

    columns: Columns
    """Those of what flows in."""

    def has(self, name: str) -> bool:
        """Whether there is such an argument."""

    def paths(self, name: str) -> list[CellPath]:
        """The cell paths that are written down as an argument."""

    def texts(self, name: str) -> list[str]:
        """The texts that are written down as an argument."""

    def inside(self, name: str) -> Columns:
        """The columns of an argument's value, or of what a closure gives."""


def column_at(columns: Columns, path: Sequence[str | int]) -> Column | None:
    """The column that a path leads to; numbers of rows are passed over."""
    found: Column | None = None
    for name in path:
        if isinstance(name, str):
            found = next((column for column in columns if column.name == name), None)
            columns = found.columns if found else ()
    return found


def columns_at(columns: Columns, path: Sequence[str | int]) -> Columns:
    """The columns of what a path leads to."""
    if all(isinstance(name, int) for name in path):
        return columns
    found = column_at(columns, path)
    return found.columns if found else ()


def together(*parts: Columns) -> Columns:
    """The columns of several tables, each once."""
    by_name: dict[str, Column] = {}
    for column in (column for part in parts for column in part):
        known = by_name.get(column.name)
        if known is not None and column.columns:
            known = known.replace(columns=together(known.columns, column.columns))
        by_name[column.name] = known or column
    return tuple(by_name.values())


def columns_of(value: Value, depth: int = DEPTH) -> Columns:
    """The columns of a value that is there: of a record, or of the first rows of a table."""
    if isinstance(value, dict):
        return _fields(value, depth)
    if isinstance(value, list):
        rows = (row for row in islice(value, ROWS_LOOKED_AT) if isinstance(row, dict))
        return together(*(_fields(row, depth) for row in rows))
    return ()


def _fields(record: Record, depth: int) -> Columns:
    if not depth:
        return ()
    return tuple(_column(name, value, depth) for name, value in record.items())


def _column(name: str, value: Value, depth: int) -> Column:
    return Column(name, kind=kind(value), example=value, columns=columns_of(value, depth - 1))


def new_columns(names: Iterable[str], sentence: str = "") -> Columns:
    """Columns of which no more is known than their names."""
    return tuple(Column(name, sentence) for name in dict.fromkeys(names))
