"""The command `upsert`."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands.filters._columns import optional
from stk_shell.commands.filters._editing import EditCommand, editing
from stk_shell.commands.filters._fast import reader
from stk_shell.model.batches import Rows
from stk_shell.model.command import Example
from stk_shell.model.edit import Edit, Placement
from stk_shell.model.paths import follow
from stk_shell.model.span import Span
from stk_shell.model.values import CellPath, Value


class Upsert(EditCommand):
    """Changes or adds a column."""

    name = "upsert"
    summary = "Give a column of each row a value, and add the column where it is missing."
    description = """A closure makes the value of each row: the row is its parameter, the old value, or null, its
`$in`. A path such as `record_json.text` leads inside; records on the way to it are made. A number is the place of an
item in a list: that of the next free place adds one."""
    signature = editing("The column, or the way to the cell.", "The value, or a closure that makes it.")
    examples = (
        Example("{name: note} | upsert n 1", "Add a field.", {"name": "note", "n": 1}),
        Example("{name: note, n: 1} | upsert n { $in + 1 }", "Change a field.", {"name": "note", "n": 2}),
        Example(
            "[{n: 1} {name: note}] | upsert n { default 0 }",
            "Fill a column.",
            [{"n": 1}, {"name": "note", "n": 0}],
        ),
        Example("{} | upsert a.b 1", "Make records on the way.", {"a": {"b": 1}}),
        Example("[5 6] | upsert 2 7", "Add an item to a list.", [5, 6, 7]),
    )
    fails = "A column of what is no record, and a place far behind the end of a list, are errors."
    see_also = ("update", "insert", "default")

    def edit(self, new: Value, origin: Span) -> Edit:
        """It is put there, whatever there was."""
        return Placement(new, origin)

    def cell(self, row: Value, path: CellPath, origin: Span) -> Value:
        """The old value, or null."""
        return follow(row, optional(path), origin)

    def cells(self, path: CellPath) -> Callable[[Rows], Rows]:
        """The old values."""
        *way, last = path.members
        return reader(CellPath((*way, last.replace(optional=True))))


COMMAND = Upsert()
