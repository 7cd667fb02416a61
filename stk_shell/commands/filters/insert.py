"""The command `insert`."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands.filters._columns import optional
from stk_shell.commands.filters._editing import EditCommand, editing
from stk_shell.model.batches import Rows
from stk_shell.model.command import Example
from stk_shell.model.edit import Edit, Placement
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.span import Span
from stk_shell.model.values import CellPath, Record, Value


class Insert(EditCommand):
    """Adds a column."""

    name = "insert"
    summary = "Add a column to each row."
    description = """A closure makes the value of each row, which is its parameter and its `$in`. A path such as
`record_json.text` adds a field inside a record. A number puts an item into a list, before the one that has that
number."""
    signature = editing("The name of the new column.", "Its value, or a closure that makes it.")
    examples = (
        Example("{name: note} | insert n 1", "A field of a record.", {"name": "note", "n": 1}),
        Example(
            "[[n]; [1] [5]] | insert double {|row| $row.n * 2 }",
            "A column that is calculated.",
            [{"n": 1, "double": 2}, {"n": 5, "double": 10}],
        ),
        Example("[5 6 8] | insert 2 7", "An item in a list; they are counted from 0.", [5, 6, 7, 8]),
        Example("{r: {text: hi}} | insert r.by Ana", "A field inside a record.", {"r": {"text": "hi", "by": "Ana"}}),
    )
    fails = "A column that is there already ends the command; `upsert` changes it."
    see_also = ("upsert", "update", "append", "default")

    there = False

    def edit(self, new: Value, origin: Span) -> Edit:
        """It is only put where there is nothing."""
        return _Insertion(new, origin)

    def cell(self, row: Value, path: CellPath, origin: Span) -> Value:
        """The whole row, or what stands where an item of a list is put."""
        first = path.members[0]
        if isinstance(first.value, str):
            return row
        return follow(row, optional(path), origin)

    def cells(self, path: CellPath) -> Callable[[Rows], Rows]:
        """The rows."""
        return lambda rows: rows


class _Insertion(Placement):
    """Puts a value where there is none, and an item between others."""

    code = "unsupported_input"

    def column(self, record: Record, name: str, span: Span) -> Record:
        """Refuse to replace a column."""
        label = Label(span, "it is there already")
        hint = f"`update {name}` changes it, `upsert {name}` changes it or adds it."
        raise RunError(f"there is a column `{name}`", "column_already_exists", (label,), hint)

    def row(self, rows: list[Value], index: int) -> list[Value]:
        """The list with the item before that of the same number."""
        return [*rows[:index], self.new, *rows[index:]]


COMMAND = Insert()
