"""The command `update`."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands.filters._editing import EditCommand, editing
from stk_shell.commands.filters._fast import reader
from stk_shell.model.batches import Rows
from stk_shell.model.command import Example
from stk_shell.model.edit import Edit, Members, Replacement
from stk_shell.model.errors import RunError
from stk_shell.model.paths import follow
from stk_shell.model.span import Span
from stk_shell.model.values import CellPath, PathMember, Record, Value


class Update(EditCommand):
    """Changes a column that is there."""

    name = "update"
    summary = "Give a column of each row another value."
    description = """A closure makes the value of each row: the row is its parameter, the old value its `$in`. A path
such as `record_json.text` changes a field inside a record, a number the row of that number. Stored events stay as
they are; only what is piped on has the new value."""
    signature = editing("The column, or the way to the cell.", "The new value, or a closure that makes it.")
    examples = (
        Example("{name: note, n: 1} | update n 2", "A field of a record.", {"name": "note", "n": 2}),
        Example("[[n]; [1] [5]] | update n { $in * 10 }", "Calculate with the old value.", [{"n": 10}, {"n": 50}]),
        Example(
            '[[name n]; [note 1]] | update name {|row| $"($row.name)-($row.n)" }',
            "Make a text of the whole row.",
            [{"name": "note-1", "n": 1}],
        ),
        Example("[5 6 7] | update 1 60", "The item at a place; they are counted from 0.", [5, 60, 7]),
        Example(
            "[{r: {text: hi}}] | update r.text { str upcase }",
            "A field inside a record.",
            [{"r": {"text": "HI"}}],
        ),
    )
    fails = "A column or row that is not there ends the command; `upsert` adds what is missing."
    see_also = ("upsert", "insert", "update cells", "default")

    there = True

    def edit(self, new: Value, origin: Span) -> Edit:
        """It replaces what is there."""
        return _Change(new, origin)

    def cell(self, row: Value, path: CellPath, origin: Span) -> Value:
        """The old value."""
        try:
            return follow(row, path, origin)
        except RunError:
            # What cannot be read cannot be changed either, and that error says what to do instead.
            self.edit(None, origin).at(row, path.members)
            raise

    def cells(self, path: CellPath) -> Callable[[Rows], Rows]:
        """The old values."""
        return reader(path)


class _Change(Replacement):
    """Puts a value in the place of another."""

    def no_column(self, record: Record, member: PathMember, rest: Members) -> Record:
        """Refuse, and name the command that does it."""
        try:
            return super().no_column(record, member, rest)
        except RunError as error:
            error.help = f"{error.help} `upsert {member.value}` adds it."
            raise


COMMAND = Update()
