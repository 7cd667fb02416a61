"""Changing a cell inside a value: the value itself stays as it is, a copy with the change comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeAlias

from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import beyond_end, in_any_case, no_column
from stk_shell.model.span import NOWHERE, Span
from stk_shell.model.values import PathMember, Record, Value

Change: TypeAlias = Callable[[Value], Value]
"""Gives the new value of a cell from the old one."""

Members: TypeAlias = tuple[PathMember, ...]


class Edit:
    """A change of the cell that a path leads to.

    Subclasses say what happens at the end of the path (`column`, `row`), and where it leads to nothing (`no_column`,
    `no_row`). A column of a list is changed in every row.
    """

    code = "column_not_found"
    """The code of the error for a column of what is no record."""

    def __init__(self, origin: Span = NOWHERE) -> None:
        self.origin = origin

    def at(self, value: Value, members: Members) -> Value:
        """A copy of the value with the change.

        Raises:
            RunError: the path leads through what is no record or list, or to nothing where there has to be something.
        """
        member, rest = members[0], members[1:]
        if isinstance(member.value, int):
            return self._at_row(value, member.value, member, rest)
        if isinstance(value, list):
            return [self._at_column(row, member.value, member, rest) for row in value]
        return self._at_column(value, member.value, member, rest)

    def column(self, record: Record, name: str, span: Span) -> Record:
        """The record with its column changed."""
        raise NotImplementedError

    def row(self, rows: list[Value], index: int) -> list[Value]:
        """The list with its row changed."""
        raise NotImplementedError

    def no_column(self, record: Record, member: PathMember, rest: Members) -> Record:
        """The record, which does not have the column."""
        span = member.span or self.origin
        raise no_column(str(member.value), list(record), span, self.origin, may_be_optional=False)

    def no_row(self, rows: list[Value], member: PathMember, rest: Members) -> list[Value]:
        """The list, which does not have the row."""
        raise beyond_end(int(member.value), len(rows), member.span or self.origin)

    def _at_column(self, record: Value, name: str, member: PathMember, rest: Members) -> Value:
        if not isinstance(record, dict):
            self._refuse(record, "columns", self.code, member)
        if member.ignore_case and name not in record:
            name = in_any_case(record, name) or name
        if name not in record:
            return self.no_column(record, member, rest)
        if rest:
            return {**record, name: self.at(record[name], rest)}
        return self.column(record, name, member.span or self.origin)

    def _at_row(self, rows: Value, index: int, member: PathMember, rest: Members) -> Value:
        if not isinstance(rows, list):
            self._refuse(rows, "rows", "not_a_list", member)
        if index >= len(rows):
            return self.no_row(rows, member, rest)
        if rest:
            return [*rows[:index], self.at(rows[index], rest), *rows[index + 1 :]]
        return self.row(rows, index)

    def _refuse(self, value: Value, what: str, code: str, member: PathMember) -> NoReturn:
        label = Label(member.span or self.origin, f"this is asked of {article(value)}")
        raise RunError(f"{article(value)} has no {what}", code, (label,))


class Replacement(Edit):
    """Another value in the place of one that is there."""

    def __init__(self, new: Value, origin: Span = NOWHERE) -> None:
        super().__init__(origin)
        self.new = new

    def column(self, record: Record, name: str, span: Span) -> Record:
        """The record with the new value in the column."""
        return {**record, name: self.new}

    def row(self, rows: list[Value], index: int) -> list[Value]:
        """The list with the new value in the row."""
        return [*rows[:index], self.new, *rows[index + 1 :]]


class Placement(Replacement):
    """A value in a cell, whether there is one or not; records and lists on the way to it are made."""

    def no_column(self, record: Record, member: PathMember, rest: Members) -> Record:
        """The record with the column."""
        return {**record, str(member.value): self._made(rest)}

    def no_row(self, rows: list[Value], member: PathMember, rest: Members) -> list[Value]:
        """The list with the row behind its last one."""
        index, free = int(member.value), len(rows)
        if index > free:
            label = Label(member.span or self.origin, f"the next free row is {free}")
            raise RunError(f"there is no row {index - 1} that row {index} could follow", "access_beyond_end", (label,))
        return [*rows, self._made(rest)]

    def _made(self, members: Members) -> Value:
        """What leads to the new value where there is nothing yet."""
        if not members:
            return self.new
        empty: Value = {} if isinstance(members[0].value, str) else []
        return self.at(empty, members)


def put(value: Value, members: Members, new: Value, origin: Span = NOWHERE) -> Value:
    """A copy of the value with the cell set, whether it was there or not; records and lists on the way are made.

    Raises:
        RunError: the path leads through what is no record or list.
    """
    return Placement(new, origin).at(value, members) if members else new
