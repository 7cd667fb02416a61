"""The command `all`."""

from __future__ import annotations

from stk_shell.commands.filters._conditions import condition
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, iterate


class AllRows(Command):
    """Asks whether a condition is true of every row."""

    name = "all"
    summary = "Say whether a condition is true of every row."
    description = "It stops at the first row for which it is not. Of an empty list, everything is true."
    signature = Signature(
        types=(("list<any>", "bool"), ("table", "bool")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true or false for a row."),),
    )
    examples = (
        Example("[1 2 3] | all {|x| $x > 0 }", "Whether all numbers are above 0.", True),
        Example("[[name]; [note] [login]] | all {|row| $row.name == note }", "Whether every row is a note.", False),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("any", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """False at the first row that does not meet the condition, true where there is none."""
        return all(map(condition(call, "condition"), iterate(data)))


COMMAND = AllRows()
