"""The command `math sqrt`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import change_numbers, undefined
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathSqrt(Command):
    """Takes roots."""

    name = "math sqrt"
    summary = "Give the square root of numbers."
    signature = Signature(
        types=(("number", "float"), ("list<number>", "list<float>"), ("range", "list<number>")), category="math"
    )
    examples = (
        Example("9 | math sqrt", "A number.", 3.0),
        Example("[4 2.25] | math sqrt", "Each of a list.", [2.0, 1.5]),
    )
    fails = "Numbers below zero have no root: that is an error."
    see_also = ("math ln", "math exp")

    def run(self, call: Call, data: Data) -> Data:
        """The roots."""

        def root(number: float) -> Value:
            if number >= 0:
                return math.sqrt(number)
            raise undefined(call, number, "numbers from 0 up")

        return change_numbers(call, data, root)


COMMAND = MathSqrt()
