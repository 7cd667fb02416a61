"""The command `take while`."""

from __future__ import annotations

from itertools import takewhile

from stk_shell.commands.filters._conditions import condition
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class TakeWhile(Command):
    """Takes rows until one does not meet a condition."""

    name = "take while"
    summary = "Take rows from the beginning as long as a condition is true."
    description = "It ends before the first row for which the condition is not true; what comes after is not read."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true for a row to take."),),
    )
    examples = (
        Example("[1 2 5 1] | take while {|x| $x < 3 }", "The small numbers at the beginning.", [1, 2]),
        Example(
            "[[n]; [1] [7] [2]] | take while {|row| $row.n < 5 }",
            "Rows of a table.",
            [{"n": 1}],
        ),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("take until", "skip while", "take", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows before the first one that does not meet the condition."""
        test = condition(call, "condition")
        return Stream(takewhile(test, iterate(data)))


COMMAND = TakeWhile()
