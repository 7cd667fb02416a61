"""The command `math ceil`."""

from __future__ import annotations

import math

from stk_shell.commands.math._numbers import TO_INTS, as_int, change_numbers
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class MathCeil(Command):
    """Rounds up."""

    name = "math ceil"
    summary = "Round numbers up to whole ones."
    signature = Signature(types=TO_INTS, category="math")
    examples = (
        Example("2.1 | math ceil", "A number.", 3),
        Example("[1.5 -1.5] | math ceil", "Each of a list.", [2, -1]),
    )
    fails = "A result of more than 64 bits is an error, and so are texts."
    see_also = ("math floor", "math round")

    def run(self, call: Call, data: Data) -> Data:
        """The next whole number above each, or the number itself."""
        return change_numbers(call, data, lambda number: as_int(call, number, math.ceil))


COMMAND = MathCeil()
