"""The command `math stddev`."""

from __future__ import annotations

import math

from stk_shell.commands.math._reduce import reduced
from stk_shell.commands.math._spread import SPREAD, variance
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class MathStddev(Command):
    """Tells how far numbers are spread."""

    name = "math stddev"
    summary = "Give the standard deviation of all numbers, or of those of each column."
    description = """It tells how far the numbers are spread around their average. With `--sample`, they are taken as a
sample of more. Of a table it gives a record; columns that have none are left out."""
    signature = SPREAD
    examples = (
        Example("[1 3] | math stddev", "Of all there are.", 1.0),
        Example("[2 4 6] | math stddev --sample", "Of a sample.", 2.0),
    )
    fails = "Values that are no numbers are an error, and so is a sample of fewer than two."
    see_also = ("math variance", "math avg")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The standard deviation, or a record of them."""
        return reduced(call, data, lambda values: math.sqrt(variance(call, values)))


COMMAND = MathStddev()
