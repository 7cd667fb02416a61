"""The command `select`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.commands.filters._columns import IGNORE_CASE, IGNORE_ERRORS, column_name, rows_and_columns
from stk_shell.commands.filters._fast import picker
from stk_shell.model.batches import Slow, Unfit, in_batches
from stk_shell.model.columns import Column, Columns, Given, column_at
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Operation, Pick
from stk_shell.model.paths import follow
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate, up_to
from stk_shell.model.values import CellPath, Value


class Select(Command):
    """Keeps some columns or rows."""

    name = "select"
    summary = "Keep certain columns, or certain rows by their number."
    description = """The columns come in the order in which they are named. A path such as `record_json.text` makes a
column of that name. Rows keep their own order, whatever the order of the numbers."""
    signature = Signature(
        types=(("record", "record"), ("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        rest=Parameter("columns", CELL_PATH, "Columns to keep, or numbers of rows."),
        flags=(Flag("optional", "Give null where a column is missing.", short="o"), IGNORE_CASE, IGNORE_ERRORS),
    )
    examples = (
        Example("{a: 1, b: 2, c: 3} | select c a", "Fields of a record.", {"c": 3, "a": 1}),
        Example(
            "[[name n]; [note 1] [login 5]] | select name",
            "A column of a table.",
            [{"name": "note"}, {"name": "login"}],
        ),
        Example("[[name]; [note] [login] [edit]] | select 0 2", "Rows.", [{"name": "note"}, {"name": "edit"}]),
        Example("[{a: 1, b: 2} {a: 3}] | select a b?", "What may be missing.", [{"a": 1, "b": 2}, {"a": 3, "b": None}]),
    )
    fails = "A column that is not there ends the command, unless it is marked with `?`."
    see_also = ("reject", "get", "where")

    def gives(self, given: Given) -> Columns:
        """Those that are named; all where rows are chosen."""
        paths = [path for path in given.paths("columns") if isinstance(path.members[0].value, str)]
        found = ((path, column_at(given.columns, [member.value for member in path.members])) for path in paths)
        named = [(column or Column("")).replace(name=column_name(path)) for path, column in found]
        return tuple(named) or given.columns

    def operation(self, call: Call) -> Operation | None:
        """The columns, where no rows are chosen."""
        rows, columns = rows_and_columns(call, "columns")
        return Pick(tuple((column_name(path), path) for path in columns)) if columns and not rows else None

    def run(self, call: Call, data: Data) -> Data:
        """The rows and columns that were named."""
        rows, columns = rows_and_columns(call, "columns")
        if isinstance(data, dict) and not rows:
            return _picked(data, columns, call) if columns else data
        if rows:
            items = up_to(max(rows), iterate(data))
            data = Stream(item for at, item in enumerate(items) if at in rows)
        return _each_picked(data, columns, call) if columns else data


def _each_picked(data: Data, columns: list[CellPath], call: Call) -> Stream:
    def slow(rows: Iterator[Value]) -> Iterator[Value]:
        return (_picked(row, columns, call) for row in rows)

    return _picked_in_batches(data, columns, slow) or Stream(slow(iterate(data)))


def _picked_in_batches(data: Data, columns: list[CellPath], slow: Slow) -> Stream | None:
    try:
        return in_batches(data, picker({column_name(path): path for path in columns}), slow)
    except Unfit:
        return None


def _picked(row: Value, columns: list[CellPath], call: Call) -> Value:
    return {column_name(path): follow(row, path, call.head) for path in columns}


COMMAND = Select()
