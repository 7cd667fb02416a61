"""The command `break`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Break as BreakLoop
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Break(Command):
    """Ends a loop."""

    name = "break"
    summary = "End the loop around it."
    signature = Signature(types=(("nothing", "nothing"),), category="language")
    examples = (Example("mut n = 0; loop { $n += 1; if $n == 3 { break } }; $n", "Leave the loop at 3.", 3),)
    fails = "Where there is no loop around it, the line is not run at all."
    see_also = ("for", "while", "loop")
    only_in_loop = True

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back."""
        raise BreakLoop


COMMAND = Break()
