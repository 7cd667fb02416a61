"""What a cell of a row is in SQL: a column, or a place inside a JSON column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from stk_shell.model.source import Declined
from stk_shell.model.struct import Struct
from stk_shell.model.values import CellPath

if TYPE_CHECKING:
    from stk_shell.model.values import PathMember

TEXT, UUID, TIME, BOOL, JSON, NUMBER, OTHER = "text", "uuid", "time", "bool", "json", "number", "other"
"""The kinds of columns: a uuid is a text to whoever sees it, a number is a whole one. Of others nothing is known."""


class Values:
    """The parameters of a statement."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        """`ask` gives the answer to a question of SQL."""
        self.given: dict[str, object] = {}
        self._ask = ask
        self._answers: dict[str, bool] = {}

    def holds(self, question: str) -> bool:
        """Whether something is so in the database, as far as this pipeline is concerned; it is asked for once."""
        if question not in self._answers:
            self._answers[question] = self._ask(question)
        return self._answers[question]

    def add(self, value: object) -> str:
        """The place of a value in the text of the statement."""
        name = f"v{len(self.given)}"
        self.given[name] = value
        return f"%({name})s"


class Cell(Struct):
    """An expression of SQL and its kind.

    `doubt` is an expression that is true for rows of which memory has to decide: there is no such cell, mostly, and
    that is an error. A `guard` is a question: whether there is any content that is no record. `text` gives
    the text of a string, or of anything else in JSON, and null where there is nothing or null.
    """

    sql: str
    kind: str
    nullable: bool = False
    doubt: str | None = None
    guard: str | None = None
    text: str | None = None


Columns = Mapping[str, Cell]


def cell_at(columns: Columns, path: CellPath, values: Values) -> Cell:
    """The cell that a path leads to.

    Raises:
        Declined: there is no such column, or the path goes another way than from record to record.
    """
    first, *rest = path.members
    cell = columns.get(first.value) if isinstance(first.value, str) else None
    if cell is None or first.ignore_case or (rest and cell.kind != JSON):
        raise Declined
    for member in rest:
        cell = _inside(cell, member, values)
    return cell


def listed_at(columns: Columns, path: CellPath, values: Values) -> Cell:
    """The cell of each of many rows: there, a path leads on from what is missing, which is an error.

    Raises:
        Declined: there is no such column, or the path goes another way than from record to record.
    """
    cell = cell_at(columns, path, values)
    pairs = enumerate(pairwise(path.members), 1)
    ways = [path.members[:at] for at, (one, following) in pairs if one.optional and not following.optional]
    missing = [f"coalesce({cell_at(columns, CellPath(way), values).sql}, 'null') = 'null'" for way in ways if way[1:]]
    return cell.replace(doubt=either(cell.doubt, *missing))


def _inside(cell: Cell, member: PathMember, values: Values) -> Cell:
    if not isinstance(member.value, str) or member.ignore_case or "\0" in member.value:
        raise Declined
    key = f"{values.add(member.value)}::text"
    if member.optional:
        is_sure = cell.guard is not None and not values.holds(cell.guard)
        doubt = None if is_sure else f"jsonb_typeof({cell.sql}) not in ('object', 'null')"
    else:
        doubt = f"(jsonb_typeof({cell.sql}) <> 'object' or not {cell.sql} ? {key})"
    text = f"({cell.sql} ->> {key})"
    return Cell(f"({cell.sql} -> {key})", JSON, nullable=True, doubt=either(cell.doubt, doubt), text=text)


def either(*conditions: str | None) -> str | None:
    """The conditions that there are, joined by `or`."""
    there = [condition for condition in conditions if condition]
    return f"({' or '.join(there)})" if len(there) > 1 else there[0] if there else None
