"""The command `columns`."""

from __future__ import annotations

from stk_shell.commands.filters._columns import names_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Names, Operation
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import Value


class Columns(Command):
    """Names the columns."""

    name = "columns"
    summary = "List the names of the columns."
    description = "Of a table, it lists those of all rows, in the order in which they first occur."
    signature = Signature(
        types=(("table", "list<string>"), ("record", "list<string>")),
        category="filters",
    )
    examples = (
        Example("[[name n]; [note 1] [login 5]] | columns", "Of a table.", ["name", "n"]),
        Example("[{a: 1} {b: 2}] | columns", "Of rows with different columns.", ["a", "b"]),
        Example(
            "event list | get 0.record_json | columns",
            "What was recorded with the newest event.",
            ["text", "user_id"],
        ),
    )
    see_also = ("values", "select", "rename", "describe")
    asks_for_less = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return Names()

    def run(self, call: Call, data: Data) -> Data:
        """The names."""
        names: list[Value] = [*names_of(iterate(data), call)]
        return names


COMMAND = Columns()
