"""The command `math ln`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import change_numbers, undefined
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathLn(Command):
    """Takes natural logarithms."""

    name = "math ln"
    summary = "Give the natural logarithm of numbers."
    signature = Signature(types=(("number", "float"), ("list<number>", "list<float>")), category="math")
    examples = (Example("1 | math ln", "A number.", 0.0), Example("2 | math exp | math ln", "There and back.", 2.0))
    fails = "Zero and numbers below have no logarithm: that is an error."
    see_also = ("math log", "math exp")

    def run(self, call: Call, data: Data) -> Data:
        """The logarithms."""

        def logarithm(number: float) -> Value:
            if number > 0:
                return math.log(number)
            raise undefined(call, number, "numbers above 0")

        return change_numbers(call, data, logarithm)


COMMAND = MathLn()
