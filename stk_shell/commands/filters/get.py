"""The command `get`."""

from __future__ import annotations

from stk_shell.commands.filters._columns import IGNORE_CASE, IGNORE_ERRORS, marked
from stk_shell.model.columns import Columns, Given, columns_at
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Cells, Operation
from stk_shell.model.paths import follow
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, collect


class Get(Command):
    """Takes cells out of records and tables."""

    name = "get"
    summary = "Take a cell, a column or a row out of a value."
    description = """A cell path names the way: `name` is a column, `0` a row, `record_json.text` goes deeper. A
column of a table gives the list of its values. `name?` gives null where there is no such column, `name!` takes it
whatever its case."""
    signature = Signature(
        types=(("record", "any"), ("table", "any"), ("list<any>", "any"), ("range", "any"), ("nothing", "nothing")),
        category="filters",
        positionals=(Parameter("path", CELL_PATH, "The way to the cell."),),
        rest=Parameter("paths", CELL_PATH, "Further cells; then a list of all of them is given."),
        flags=(
            Flag("optional", "Give null where a column or row is missing.", short="o"),
            IGNORE_CASE,
            IGNORE_ERRORS,
        ),
    )
    examples = (
        Example("{name: note, n: 3} | get name", "A field of a record.", "note"),
        Example("[[name n]; [note 1] [login 5]] | get n", "A column of a table.", [1, 5]),
        Example("[[name n]; [note 1] [login 5]] | get 1.name", "A cell of a row; rows are counted from 0.", "login"),
        Example("{record_json: {text: hello}} | get record_json.text", "Deeper inside.", "hello"),
        Example("{a: 1} | get b?", "What may be missing.", None),
        Example("{a: 1, b: 2} | get b a", "Several cells.", [2, 1]),
    )
    fails = "A column or row that is not there ends the command, unless it is marked with `?` or `--optional` is given."
    see_also = ("select", "default", "where", "first")

    def gives(self, given: Given) -> Columns:
        """Those of what the path leads to."""
        path = next(iter(given.paths("path")), None)
        return columns_at(given.columns, [member.value for member in path.members]) if path is not None else ()

    def operation(self, call: Call) -> Operation | None:
        """The column, if it is one."""
        path = marked(call.path("path"), call)
        return None if call.rest("paths") or not isinstance(path.members[0].value, str) else Cells(path)

    def run(self, call: Call, data: Data) -> Data:
        """The cell, or the list of cells."""
        paths = [marked(path, call) for path in (call.path("path"), *call.paths("paths"))]
        if len(paths) == 1:
            return follow(data, paths[0], call.head)
        value = collect(data)
        return [follow(value, path, call.head) for path in paths]


COMMAND = Get()
