"""The command `update cells`."""

from __future__ import annotations

from stk_shell.commands.filters._columns import records
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import CLOSURE, STRING, list_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, iterate
from stk_shell.model.values import Record


class UpdateCells(Command):
    """Changes every cell."""

    name = "update cells"
    summary = "Run a closure for each cell, and put its result there."
    description = "The cell is the closure's parameter and its `$in`."
    signature = Signature(
        types=(("table", "table"), ("record", "record")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What makes the new value of a cell."),),
        flags=(Flag("columns", "Change these columns alone.", list_of(STRING), short="c", completes=COLUMN),),
    )
    examples = (
        Example(
            "[[a b]; [1 2] [3 4]] | update cells { $in * 10 }", "All cells.", [{"a": 10, "b": 20}, {"a": 30, "b": 40}]
        ),
        Example(
            "[[a b]; [1 2] [3 4]] | update cells --columns [b] {|n| $n * 10 }",
            "Those of a column.",
            [{"a": 1, "b": 20}, {"a": 3, "b": 40}],
        ),
        Example("{a: null, b: 1} | update cells { default 0 }", "All fields of a record.", {"a": 0, "b": 1}),
    )
    see_also = ("update", "each", "default")

    def run(self, call: Call, data: Data) -> Data:
        """The record, or a stream of the rows, with new cells."""
        run, only = call.closure("closure").run, call.value("columns")
        chosen = frozenset(map(str, only)) if isinstance(only, list) else None

        def changed(row: Record) -> Record:
            return {
                name: collect(run((cell,), cell)) if chosen is None or name in chosen else cell
                for name, cell in row.items()
            }

        if isinstance(data, dict):
            return changed(data)
        return Stream(map(changed, records(iterate(data), call)), cut_note_of(data))


COMMAND = UpdateCells()
