"""The command `length`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import CountRows, Operation
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, iterate


class Length(Command):
    """Counts rows."""

    name = "length"
    summary = "Count the rows of a table or the items of a list."
    signature = Signature(
        types=(("list<any>", "int"), ("table", "int"), ("range", "int"), ("binary", "int"), ("nothing", "int")),
        category="filters",
    )
    examples = (
        Example("[5 6 7] | length", "Count items.", 3),
        Example("[[name]; [note] [login]] | where name == note | length", "Count the rows that a filter keeps.", 1),
    )
    see_also = ("is-empty", "where", "group-by")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return CountRows()

    def run(self, call: Call, data: Data) -> Data:
        """The number of items, or of bytes; null has none."""
        if isinstance(data, (list, bytes)):
            return len(data)
        return sum(1 for _ in iterate(data))


COMMAND = Length()
