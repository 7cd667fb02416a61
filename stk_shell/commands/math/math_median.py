"""The command `math median`."""

from __future__ import annotations

from stk_shell.commands.math._numbers import numbers, shared, total
from stk_shell.commands.math._reduce import MEASURES, WHOLES, reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathMedian(Command):
    """Gives the value in the middle."""

    name = "math median"
    summary = "Give the value that half of all values are below, or that of each column."
    description = """Where two values are in the middle, it is the average of both. They are numbers, durations or
sizes, all of one kind. Of a table it gives a record; columns that have no such value are left out."""
    signature = Signature(types=(*MEASURES, *WHOLES), category="math")
    examples = (
        Example("[3 1 8] | math median", "The one in the middle.", 3),
        Example("[1 2 3 10] | math median", "Between two.", 2.5),
    )
    fails = "Nothing to take it from, and values of other types or of several kinds are an error."
    see_also = ("math avg", "math mode")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The median, or a record of them."""

        def median(values: list[Value]) -> Value:
            kind, known = numbers(call, values, measures=True)
            ordered, half = sorted(known), len(values) // 2
            return ordered[half] if len(values) % 2 else shared(total(call, [*ordered[half - 1 : half + 1]]), 2, kind)

        return reduced(call, data, median)


COMMAND = MathMedian()
