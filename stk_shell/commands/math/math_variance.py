"""The command `math variance`."""

from __future__ import annotations

from stk_shell.commands.math._reduce import reduced
from stk_shell.commands.math._spread import SPREAD, variance
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class MathVariance(Command):
    """Tells how far numbers are spread, squared."""

    name = "math variance"
    summary = "Give the variance of all numbers, or of those of each column."
    description = """It tells how far the numbers are spread around their average, and is the square of the standard
deviation. With `--sample`, they are taken as a sample of more. Of a table it gives a record; columns that have none
are left out."""
    signature = SPREAD
    examples = (
        Example("[1 5] | math variance", "Of all there are.", 4.0),
        Example("[2 4 6] | math variance --sample", "Of a sample.", 4.0),
    )
    fails = "Values that are no numbers are an error, and so is a sample of fewer than two."
    see_also = ("math stddev", "math avg")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The variance, or a record of them."""
        return reduced(call, data, lambda values: variance(call, values))


COMMAND = MathVariance()
