"""The command `random bool`."""

from __future__ import annotations

from stk_shell.commands.random._chance import CHANCE
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import FLOAT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


class RandomBool(Command):
    """Tosses a coin."""

    name = "random bool"
    summary = "Give true or false by chance."
    signature = Signature(
        types=(("nothing", "bool"),),
        category="random",
        flags=(Flag("bias", "How often it is true, from 0 to 1.", FLOAT, "b", 0.5),),
    )
    examples = (
        Example("random bool | describe", "Toss a coin.", "bool"),
        Example("random bool --bias 1", "Certainly true.", True),
    )
    fails = "A bias below 0 or above 1 is an error."
    see_also = ("random int",)

    def run(self, call: Call, data: Data) -> Data:
        """True or false."""
        bias = call.number("bias")
        if not 0 <= bias <= 1:
            label = Label(call.span("bias"), "from 0 to 1")
            raise RunError("a probability is at least 0 and at most 1", "invalid_probability", (label,))
        return CHANCE.random() < bias


COMMAND = RandomBool()
