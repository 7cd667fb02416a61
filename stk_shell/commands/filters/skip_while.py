"""The command `skip while`."""

from __future__ import annotations

from itertools import dropwhile

from stk_shell.commands.filters._conditions import condition
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class SkipWhile(Command):
    """Leaves out rows at the beginning that meet a condition."""

    name = "skip while"
    summary = "Leave out rows from the beginning as long as a condition is true."
    description = "It gives everything from the first row on for which the condition is not true."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true for a row to leave out."),),
    )
    examples = (
        Example("[1 2 5 1] | skip while {|x| $x < 3 }", "From the first large number on.", [5, 1]),
        Example(
            '["" "" note ""] | skip while { is-empty }',
            "Without the empty texts at the beginning.",
            ["note", ""],
        ),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("skip until", "take while", "skip", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows from the first one on that does not meet the condition."""
        test = condition(call, "condition")
        return Stream(dropwhile(test, iterate(data)))


COMMAND = SkipWhile()
