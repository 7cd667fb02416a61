"""The command `select`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.paths import follow
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
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
        flags=(Flag("optional", "Give null where a column is missing.", short="o"),),
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
    see_also = ("get", "where")

    def run(self, call: Call, data: Data) -> Data:
        """The rows and columns that were named."""
        paths = call.paths("columns")
        rows = {path.members[0].value for path in paths if isinstance(path.members[0].value, int)}
        columns = [_marked(path, call) for path in paths if not isinstance(path.members[0].value, int)]
        value = collect(data) if isinstance(data, dict) else data
        if isinstance(value, dict):
            return _picked(value, columns, call)
        items = iterate(value)
        if rows:
            items = (item for at, item in enumerate(items) if at in rows)
        return Stream(_each_picked(items, columns, call) if columns else items)


def _marked(path: CellPath, call: Call) -> CellPath:
    if not call.switch("optional"):
        return path
    return CellPath(tuple(member.replace(optional=True) for member in path.members))


def _each_picked(rows: Iterator[Value], columns: list[CellPath], call: Call) -> Iterator[Value]:
    for row in rows:
        yield _picked(row, columns, call)


def _picked(row: Value, columns: list[CellPath], call: Call) -> Value:
    return {_column_name(path): follow(row, path, call.head) for path in columns}


def _column_name(path: CellPath) -> str:
    return ".".join(str(member.value) for member in path.members)


COMMAND = Select()
