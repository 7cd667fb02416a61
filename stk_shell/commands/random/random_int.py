"""The command `random int`."""

from __future__ import annotations

from stk_shell.commands.random._chance import CHANCE, empty_range
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import RANGE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import INT_MAX, Range


class RandomInt(Command):
    """Makes random whole numbers."""

    name = "random int"
    summary = "Make a random whole number."
    signature = Signature(
        types=(("nothing", "int"),),
        category="random",
        positionals=(Parameter("range", RANGE, "From where to where; from 0 up, if left out.", True),),
    )
    examples = (
        Example("random int 1..6 | $in in 1..6", "A die: both ends count.", True),
        Example("1..3 | each { random int 5..5 }", "Several.", [5, 5, 5]),
    )
    fails = "A range that counts down, is empty or has fractions is an error."
    see_also = ("random float", "random chars")

    def run(self, call: Call, data: Data) -> Data:
        """The number."""
        limits = call.value("range")
        if not isinstance(limits, Range):
            return CHANCE.randint(0, INT_MAX)
        start, end = limits.start, INT_MAX if limits.end is None else limits.end
        if isinstance(start, float) or isinstance(end, float):
            label = Label(call.span("range"), "this one has fractions")
            raise RunError("a range of whole numbers is needed", "unsupported_input", (label,))
        last = end if limits.inclusive or limits.end is None else end - 1
        if last < start:
            raise empty_range(call)
        return CHANCE.randint(start, last)


COMMAND = RandomInt()
