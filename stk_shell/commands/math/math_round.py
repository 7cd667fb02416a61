"""The command `math round`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import as_int, change_numbers
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import NUMBER
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathRound(Command):
    """Rounds."""

    name = "math round"
    summary = "Round numbers to whole ones, or to a number of digits."
    description = """What is half-way between goes away from zero. With `--precision` the result is a float; a negative
precision rounds to tens, hundreds and so on."""
    signature = Signature(
        types=(("number", "number"), ("list<number>", "list<number>"), ("range", "list<number>")),
        category="math",
        flags=(Flag("precision", "How many digits there are to be behind the point.", NUMBER, "p"),),
    )
    examples = (
        Example("2.5 | math round", "To a whole number.", 3),
        Example("3.14159 | math round --precision 2", "To two digits.", 3.14),
        Example("[1.4 -1.5 7] | math round", "Each of a list.", [1, -2, 7]),
    )
    fails = "A result of more than 64 bits is an error, and so are texts."
    see_also = ("math floor", "math ceil")

    def run(self, call: Call, data: Data) -> Data:
        """The rounded numbers."""
        if not call.has("precision"):
            return change_numbers(call, data, lambda number: as_int(call, number, half_away))
        digits = call.value("precision")
        if not isinstance(digits, int):
            label = Label(call.span("precision"), "this is a float")
            raise RunError("the precision is a whole number", "cant_convert", (label,))
        return change_numbers(call, data, lambda number: to_digits(float(number), digits))


def half_away(number: float) -> float:
    """The nearest whole number, as a float; from half-way, the one further from zero."""
    fraction, whole = math.modf(number)
    return whole + math.copysign(1, number) if abs(fraction) >= 0.5 else whole


def to_digits(number: float, digits: int) -> Value:
    """The nearest number with so many digits behind the point; the number itself where that is beyond all floats."""
    try:
        factor = 10.0**digits
    except OverflowError:
        return number
    scaled = half_away(number * factor)
    return scaled / factor if factor and math.isfinite(scaled) else number


COMMAND = MathRound()
