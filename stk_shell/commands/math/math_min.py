"""The command `math min`."""

from __future__ import annotations

from stk_shell.commands.math._order import ORDER_OF_VALUES, extreme
from stk_shell.commands.math._reduce import MEASURES, WHOLES, reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Operation, Reduce
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class MathMin(Command):
    """Finds the smallest value."""

    name = "math min"
    summary = "Give the smallest of all values, or of those of each column."
    description = ORDER_OF_VALUES
    signature = Signature(types=(*MEASURES, ("list<any>", "any"), *WHOLES), category="math")
    examples = (
        Example("[3 1 2] | math min", "Numbers.", 1),
        Example("[[a b]; [1 x] [3 y]] | math min", "Each column.", {"a": 1, "b": "x"}),
        Example("event list | get created | math min | describe", "When the oldest event was logged.", "datetime"),
    )
    fails = "Nothing to choose from is an error."
    see_also = ("math max", "sort-by", "math median")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return Reduce("min")

    def run(self, call: Call, data: Data) -> Data:
        """The smallest value, or a record of them."""
        return reduced(call, data, lambda values: extreme(values, largest=False), stepwise=True)


COMMAND = MathMin()
