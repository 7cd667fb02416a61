"""Changing a cell inside a value: the value itself stays as it is, a copy with the change comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import column, follow
from stk_shell.model.span import NOWHERE, Span
from stk_shell.model.values import CellPath, PathMember, Record, Value

Change: TypeAlias = Callable[[Value], Value]
"""Gives the new value of a cell from the old one."""


def put(value: Value, members: tuple[PathMember, ...], new: Value, origin: Span = NOWHERE) -> Value:
    """The value with the cell set, whether it was there or not; records on the way are made."""
    if not members:
        return new
    member, *rest = members
    name = member.value
    if isinstance(value, list) and isinstance(name, int):
        return _put_row(value, name, tuple(rest), new, member.span or origin)
    if isinstance(value, list):
        return [put(row, members, new, origin) for row in value]
    if isinstance(value, dict) or value is None:
        record: Record = dict(value or {})
        key = _own_name(record, member)
        record[key] = put(record.get(key), tuple(rest), new, origin)
        return record
    label = Label(member.span or origin, f"this is {article(value)}")
    raise RunError(f"{article(value)} has no columns", "incompatible_path_access", (label,))


def _put_row(rows: list[Value], index: int, rest: tuple[PathMember, ...], new: Value, span: Span) -> Value:
    if index > len(rows):
        label = Label(span, f"there are {len(rows)} rows")
        raise RunError(f"there is no row {index}", "access_beyond_end", (label,))
    old = rows[index] if index < len(rows) else None
    return [*rows[:index], put(old, rest, new, span), *rows[index + 1 :]]


def change(value: Value, members: tuple[PathMember, ...], new: Change, origin: Span = NOWHERE) -> Value:
    """The value with the cell changed; columns of a list are changed in every row.

    Raises:
        RunError: the cell is not there, and its member is not optional (`name?`): then it is left alone.
    """
    if not members:
        return new(value)
    member, rest = members[0], members[1:]
    if isinstance(value, list) and isinstance(member.value, int):
        return _change_row(value, member, rest, new, origin)
    if isinstance(value, list):
        return [change(row, members, new, origin) for row in value]
    if isinstance(value, dict):
        name = _own_name(value, member)
        if member.optional and name not in value:
            return value
        return {**value, name: change(column(value, member, origin), rest, new, origin)}
    if value is None and member.optional:
        return None
    label = Label(member.span or origin, f"this is {article(value)}")
    raise RunError(f"{article(value)} has no columns", "incompatible_path_access", (label,))


def _own_name(record: Record, member: PathMember) -> str:
    """The column's name as the record spells it, where its case does not matter."""
    name = str(member.value)
    if not member.ignore_case or name in record:
        return name
    return next((key for key in record if key.lower() == name.lower()), name)


def _change_row(
    rows: list[Value], member: PathMember, rest: tuple[PathMember, ...], new: Change, origin: Span
) -> Value:
    index = int(member.value)
    if index >= len(rows) and member.optional:
        return rows
    old = follow(rows, CellPath((member,)), origin)
    return [*rows[:index], change(old, rest, new, origin), *rows[index + 1 :]]
