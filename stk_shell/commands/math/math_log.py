"""The command `math log`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import change_numbers, undefined
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import NUMBER
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathLog(Command):
    """Takes logarithms."""

    name = "math log"
    summary = "Give the logarithm of numbers to a base."
    signature = Signature(
        types=(("number", "float"), ("list<number>", "list<float>"), ("range", "list<number>")),
        category="math",
        positionals=(Parameter("base", NUMBER, "The base, a number above 0."),),
    )
    examples = (
        Example("100 | math log 10", "To the base of 10.", 2.0),
        Example("[1 8] | math log 2", "Each of a list.", [0.0, 3.0]),
    )
    fails = "Zero and numbers below have no logarithm, and are no base: that is an error."
    see_also = ("math ln", "math exp")

    def run(self, call: Call, data: Data) -> Data:
        """The logarithms."""
        base = call.number("base")
        if not base > 0:
            raise RunError(
                "the base has to be above 0", "unsupported_input", (Label(call.span("base"), "this is not"),)
            )

        def logarithm(number: float) -> Value:
            if number > 0:
                return log(number, base)
            raise undefined(call, number, "numbers above 0")

        return change_numbers(call, data, logarithm)


def log(number: float, base: float) -> float:
    """The logarithm; to the base of 1 it is infinite."""
    if base == 2:
        return math.log2(number)
    if base == 10:
        return math.log10(number)
    divisor = math.log(base)
    return math.log(number) / divisor if divisor else math.log(number) * math.inf


COMMAND = MathLog()
