"""The command `random float`."""

from __future__ import annotations

import sys

from stk_shell.commands.random._chance import CHANCE, empty_range
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import RANGE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Range


class RandomFloat(Command):
    """Makes random numbers."""

    name = "random float"
    summary = "Make a random number with a fraction."
    signature = Signature(
        types=(("nothing", "float"),),
        category="random",
        positionals=(Parameter("range", RANGE, "From where to where; from 0 to 1, if left out.", True),),
    )
    examples = (
        Example("random float | $in >= 0 and $in < 1", "Between 0 and 1.", True),
        Example("random float 10..20 | $in >= 10 and $in <= 20", "Between two numbers.", True),
    )
    fails = "A range that counts down or is empty is an error."
    see_also = ("random int", "math round")

    def run(self, call: Call, data: Data) -> Data:
        """The number."""
        limits = call.value("range")
        if not isinstance(limits, Range):
            return CHANCE.random()
        start, end = float(limits.start), sys.float_info.max if limits.end is None else float(limits.end)
        if end < start or (end == start and not limits.inclusive):
            raise empty_range(call)
        # Not from the difference of the two, which may be larger than any float.
        part = CHANCE.random()
        return start * (1 - part) + end * part


COMMAND = RandomFloat()
