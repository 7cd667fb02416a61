"""The command `loop`."""

from __future__ import annotations

from stk_shell.commands.language._loops import run_turn
from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.shape import LOOP_BLOCK
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Loop(Form):
    """Repeats a block until it says `break`."""

    name = "loop"
    summary = "Run a block again and again until `break`."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(Parameter("block", LOOP_BLOCK, "What to repeat."),),
    )
    examples = (Example("mut n = 1; loop { $n += 3; if $n > 10 { break } }; $n", "Count in threes.", 13),)
    see_also = ("while", "for", "break")

    def build(self, parts: Parts) -> Step:
        """The block, until it ends the loop."""
        block = parts.block("block")
        if block is None:
            raise TypeError("`loop` without its block")

        def step(frame: Frame, data: Data) -> Data:
            while run_turn(block, frame):
                pass
            return None

        return step


COMMAND = Loop()
