"""What stages do to rows, said as data: so that a source can do it itself, and need not know of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct

if TYPE_CHECKING:
    from stk_shell.model.values import CellPath, Value, Written


class Operation(Struct):
    """Something that is done to all rows, or to all values where a column was taken out of them."""


class Keep(Operation):
    """The rows for which a condition gives true."""

    condition: Written


class Pick(Operation):
    """Some columns, by the names that they get, in this order."""

    columns: tuple[tuple[str, CellPath], ...]


class Omit(Operation):
    """All columns but those."""

    names: tuple[str, ...]


class Rename(Operation):
    """All columns: the first ones by the names that are given, or those by their old names that have a new one."""

    given: tuple[str, ...] = ()
    new: tuple[tuple[str, str], ...] = ()


class Cells(Operation):
    """The values that a path leads to, one for each row."""

    path: CellPath


class Order(Operation):
    """The rows in the order of the paths; those that are equal keep theirs, which `reverse` turns round as well."""

    paths: tuple[CellPath, ...]
    reverse: bool = False


class ReverseRows(Operation):
    """The rows from the last to the first."""


class FirstRows(Operation):
    """So many rows from the beginning."""

    count: int


class LastRows(Operation):
    """So many rows from the end."""

    count: int


class SkipRows(Operation):
    """All rows but so many at the beginning."""

    count: int


class DropRows(Operation):
    """All rows but so many at the end."""

    count: int


class OneRow(Operation):
    """The first row itself, or the last."""

    last: bool = False


class CountRows(Operation):
    """How many rows there are."""


class AreThere(Operation):
    """Whether there is a row; what is `expected` says which answer is true."""

    expected: bool = False


class Gather(Operation):
    """Groups of rows by what paths lead to: a record of them by name, or a table of names and `items`."""

    paths: tuple[CellPath, ...]
    names: tuple[str, ...]
    to_table: bool


class Put(Operation):
    """A column of each row with what a closure makes: of the whole row, or (`replaces`) in the place of a cell."""

    name: str
    made: Written
    replaces: bool


class Make(Operation):
    """What a closure makes of each row, but for null."""

    made: Written


class MakeOfFields(Operation):
    """What a closure makes of the name and the value of each field."""

    made: Written


class Names(Operation):
    """The names of columns or fields."""


class Distinct(Operation):
    """Each row or value once; `finish` takes those that may differ, with the count of each, in order.

    With `at_once`, nothing comes out before all have been looked at.
    """

    finish: Callable[[list[Value], list[int]], list[Value]]
    at_once: bool


class FirstOfEach(Operation):
    """The first row of each value that a path leads to; `finish` takes those that may differ, with their values."""

    path: CellPath
    finish: Callable[[list[Value], list[Value]], list[Value]]


class Frequencies(Operation):
    """How often values are there: those of a column, or those that flow; `finish` takes them with their counts."""

    column: str | None
    finish: Callable[[list[tuple[Value, int]]], list[Value]]


class Reduce(Operation):
    """One value of all: `sum`, `avg`, `min` or `max`."""

    what: str


class JsonLines(Operation):
    """A text in which each row is a line of JSON, exactly as `write` makes it of the row."""

    write: Callable[[Value], str]
