"""The command `math exp`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import change_numbers
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class MathExp(Command):
    """Raises e to powers."""

    name = "math exp"
    summary = "Raise e, the base of natural logarithms, to the power of numbers."
    signature = Signature(types=(("number", "float"), ("list<number>", "list<float>")), category="math")
    examples = (
        Example("0 | math exp", "A number.", 1.0),
        Example("1 | math exp | math round -p 5", "It is e.", 2.71828),
    )
    see_also = ("math ln", "math log")

    def run(self, call: Call, data: Data) -> Data:
        """The powers."""
        return change_numbers(call, data, exp)


def exp(number: float) -> float:
    """The power, infinite where no float is as large."""
    try:
        return math.exp(number)
    except OverflowError:
        return math.inf


COMMAND = MathExp()
