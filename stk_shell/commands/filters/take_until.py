"""The command `take until`."""

from __future__ import annotations

from itertools import takewhile

from stk_shell.commands.filters._conditions import condition
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class TakeUntil(Command):
    """Takes rows until one meets a condition."""

    name = "take until"
    summary = "Take rows from the beginning until a condition is true."
    description = "It ends before the first row for which the condition is true; what comes after is not read."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true for the first row that is left out."),),
    )
    examples = (
        Example("[1 2 5 1] | take until {|x| $x > 3 }", "What stands before the first large number.", [1, 2]),
        Example(
            "[start work stop rest] | take until {|x| $x == stop }",
            "What stands before a mark.",
            ["start", "work"],
        ),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("take while", "skip until", "take", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows before the first one that meets the condition."""
        test = condition(call, "condition")
        return Stream(takewhile(lambda row: not test(row), iterate(data)))


COMMAND = TakeUntil()
