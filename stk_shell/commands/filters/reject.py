"""The command `reject`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stk_shell.commands.filters._columns import IGNORE_CASE, IGNORE_ERRORS, rows_and_columns
from stk_shell.model.batches import Fast, Rows, Unfit, in_batches
from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.edit import Edit, Members
from stk_shell.model.operations import Omit, Operation
from stk_shell.model.paths import beyond_end
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import CellPath, PathMember, Record, Value


class Reject(Command):
    """Leaves out some columns or rows."""

    name = "reject"
    summary = "Leave out certain columns, or certain rows by their number."
    description = "A path such as `record_json.ip` leaves out a field inside a record."
    signature = Signature(
        types=(("record", "record"), ("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        rest=Parameter("columns", CELL_PATH, "Columns to leave out, or numbers of rows."),
        flags=(Flag("optional", "Let columns and rows be missing.", short="o"), IGNORE_CASE, IGNORE_ERRORS),
    )
    examples = (
        Example("{a: 1, b: 2, c: 3} | reject c a", "Fields of a record.", {"b": 2}),
        Example(
            "[[name n]; [note 1] [login 5]] | reject n",
            "A column of a table.",
            [{"name": "note"}, {"name": "login"}],
        ),
        Example("[note login edit] | reject 0 2", "Rows; they are counted from 0.", ["login"]),
        Example(
            "{name: login, r: {text: hi, ip: x}} | reject r.ip",
            "A field inside a record.",
            {"name": "login", "r": {"text": "hi"}},
        ),
    )
    fails = "A column or row that is not there ends the command, unless it is marked with `?` or `--optional` is given."
    see_also = ("select", "drop", "drop nth", "drop column")

    def gives(self, given: Given) -> Columns:
        """Those that are not named."""
        names = {path.members[0].value for path in given.paths("columns") if len(path.members) == 1}
        return tuple(column for column in given.columns if column.name not in names)

    def operation(self, call: Call) -> Operation | None:
        """The columns, where they are whole ones and no rows are chosen."""
        rows, columns = rows_and_columns(call, "columns")
        whole = all(len(path.members) == 1 and not path.members[0].ignore_case for path in columns)
        return Omit(tuple(str(path.members[0].value) for path in columns)) if whole and not rows else None

    def run(self, call: Call, data: Data) -> Data:
        """The data without the rows and columns that were named."""
        rows, columns = rows_and_columns(call, "columns")
        if isinstance(data, dict):
            return _without(data, [*rows.values(), *columns], call)
        if rows:
            data = Stream(_other_rows(iterate(data), rows, call))
        return _each_without(data, columns, call) if columns else data


def _other_rows(items: Iterable[Value], rows: dict[int, CellPath], call: Call) -> Iterator[Value]:
    count = 0
    for at, item in enumerate(items):
        count = at + 1
        if at not in rows:
            yield item
    for at, path in rows.items():
        if at >= count and not path.members[0].optional:
            raise beyond_end(at, count, path.members[0].span or call.head)


def _each_without(data: Data, columns: list[CellPath], call: Call) -> Stream:
    def slow(rows: Iterator[Value]) -> Iterator[Value]:
        return (_without(row, columns, call) for row in rows)

    return in_batches(data, _remover(columns), slow) or Stream(slow(iterate(data)))


class _Removal(Edit):
    """Takes out the cell that a path leads to."""

    def column(self, record: Record, name: str, span: Span) -> Record:
        """The record without the column."""
        return {key: cell for key, cell in record.items() if key != name}

    def row(self, rows: list[Value], index: int) -> list[Value]:
        """The list without the row."""
        return [*rows[:index], *rows[index + 1 :]]

    def no_column(self, record: Record, member: PathMember, rest: Members) -> Record:
        """The record, if the column may be missing."""
        return record if member.optional else super().no_column(record, member, rest)

    def no_row(self, rows: list[Value], member: PathMember, rest: Members) -> list[Value]:
        """The list, if the row may be missing."""
        return rows if member.optional else super().no_row(rows, member, rest)


def _without(row: Value, columns: list[CellPath], call: Call) -> Value:
    removal = _Removal(call.head)
    for path in columns:
        row = removal.at(row, path.members)
    return row


def _remover(columns: list[CellPath]) -> Fast:
    """What takes plain columns out of many rows at once; it raises `Unfit` unless all of them are there."""
    names = [path.members[0].value for path in columns]
    plain = all(len(path.members) == 1 and not path.members[0].ignore_case for path in columns)

    def removed(rows: Rows) -> list[Value]:
        made: list[Value] = []
        for row in rows:
            if not (plain and isinstance(row, dict)):
                raise Unfit
            copy = row.copy()
            try:
                for name in names:
                    del copy[name]  # type: ignore[arg-type]
            except KeyError:
                raise Unfit from None
            made.append(copy)
        return made

    return removed


COMMAND = Reject()
