"""The command `merge`."""

from __future__ import annotations

from stk_shell.commands.filters._merging import OTHER, merged
from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Merge(Command):
    """Joins the columns of two records or tables."""

    name = "merge"
    summary = "Add the columns of another record or table."
    description = """Where both have a column, the value of the argument is taken. The first row of a table gets the
columns of the argument's first row, the second those of its second, and so on; further rows stay as they are. `join`
brings rows together by what is in them."""
    signature = Signature(types=(("record", "record"), ("table", "table")), category="filters", positionals=(OTHER,))
    examples = (
        Example("{name: note, n: 1} | merge {n: 2, by: ana}", "Records.", {"name": "note", "n": 2, "by": "ana"}),
        Example(
            "[[name]; [note] [login]] | merge [[n]; [1] [2]]",
            "Tables, row by row.",
            [{"name": "note", "n": 1}, {"name": "login", "n": 2}],
        ),
        Example(
            "[[name]; [note] [login]] | each { merge {by: ana} }",
            "The same columns in every row.",
            [{"name": "note", "by": "ana"}, {"name": "login", "by": "ana"}],
        ),
    )
    fails = "A record takes a record, a table takes a table; anything else is an error."
    see_also = ("merge deep", "join", "rename")

    def gives(self, given: Given) -> Columns:
        """Those of both."""
        return together(given.columns, given.inside("value"))

    def run(self, call: Call, data: Data) -> Data:
        """The record or the rows, with the columns of both."""
        return merged(call, data, lambda own, other: {**own, **other})


COMMAND = Merge()
