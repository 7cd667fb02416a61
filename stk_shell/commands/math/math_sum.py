"""The command `math sum`."""

from __future__ import annotations

from stk_shell.commands.math._numbers import total
from stk_shell.commands.math._reduce import MEASURES, WHOLES, reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Operation, Reduce
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Duration


class MathSum(Command):
    """Adds values up."""

    name = "math sum"
    summary = "Add up all values, or those of each column."
    description = """They are numbers, durations or sizes, all of one kind. Of a table it gives a record with the sum of
each column; columns that cannot be added up are left out."""
    signature = Signature(types=(*MEASURES, *WHOLES), category="math")
    examples = (
        Example("[1 2 3] | math sum", "Numbers.", 6),
        Example("[[name n]; [note 1] [login 5]] | get n | math sum", "A column.", 6),
        Example("[[a b]; [1 2] [3 4]] | math sum", "Each column.", {"a": 4, "b": 6}),
        Example("[20min 1hr] | math sum", "Durations.", Duration(4_800_000_000_000)),
    )
    fails = """Nothing to add up, values of other types or of several kinds, and a sum of more than 64 bits are an
error."""
    see_also = ("math avg", "math product", "length")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return Reduce("sum")

    def run(self, call: Call, data: Data) -> Data:
        """The sum, or a record of sums."""
        return reduced(call, data, lambda values: total(call, values), stepwise=True)


COMMAND = MathSum()
