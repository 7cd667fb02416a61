"""The command `math floor`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import TO_INTS, as_int, change_numbers
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class MathFloor(Command):
    """Rounds down."""

    name = "math floor"
    summary = "Round numbers down to whole ones."
    signature = Signature(types=TO_INTS, category="math")
    examples = (
        Example("2.7 | math floor", "A number.", 2),
        Example("[1.5 -1.5] | math floor", "Each of a list.", [1, -2]),
    )
    fails = "A result of more than 64 bits is an error, and so are texts."
    see_also = ("math ceil", "math round")

    def run(self, call: Call, data: Data) -> Data:
        """The next whole number below each, or the number itself."""
        return change_numbers(call, data, lambda number: as_int(call, number, math.floor))


COMMAND = MathFloor()
