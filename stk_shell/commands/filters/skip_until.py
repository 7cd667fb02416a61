"""The command `skip until`."""

from __future__ import annotations

from itertools import dropwhile

from stk_shell.commands.filters._conditions import condition
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class SkipUntil(Command):
    """Leaves out rows until one meets a condition."""

    name = "skip until"
    summary = "Leave out rows from the beginning until a condition is true."
    description = "It gives everything from the first row on for which the condition is true."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true for the first row to keep."),),
    )
    examples = (
        Example("[1 2 5 1] | skip until {|x| $x > 3 }", "From the first large number on.", [5, 1]),
        Example(
            "[[n]; [1] [7] [2]] | skip until {|row| $row.n > 5 }",
            "Rows of a table.",
            [{"n": 7}, {"n": 2}],
        ),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("skip while", "take until", "skip", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows from the first one on that meets the condition."""
        test = condition(call, "condition")
        return Stream(dropwhile(lambda row: not test(row), iterate(data)))


COMMAND = SkipUntil()
