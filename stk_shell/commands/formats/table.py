"""The command `table`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect
from stk_shell.render.table import Tables


class Table(Command):
    """Makes the text of a table."""

    name = "table"
    summary = "Make the table that a result is shown as, as a text."
    description = "Results are shown as tables anyway; this is for keeping one, or for another width."
    signature = Signature(
        types=(("any", "string"),),
        category="formats",
        flags=(Flag("width", "Columns of the terminal; 0 for no limit.", INT, "w"),),
    )
    examples = (
        Example(
            "[[name n]; [note 1]] | table",
            "A table as text.",
            "╭───┬──────┬───╮\n│ # │ name │ n │\n├───┼──────┼───┤\n│ 0 │ note │ 1 │\n╰───┴──────┴───╯",
        ),
        Example("event list | select name created | table", "Some columns of the newest events."),
    )
    see_also = ("select", "to text", "to json")

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        width = call.integer("width") if call.has("width") else call.session.width
        return Tables(width).render(collect(data))


COMMAND = Table()
