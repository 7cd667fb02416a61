"""The command `continue`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Continue as ContinueLoop
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Continue(Command):
    """Goes on with a loop."""

    name = "continue"
    summary = "Go on with the next turn of the loop around it."
    signature = Signature(types=(("nothing", "nothing"),), category="language")
    examples = (
        Example(
            "mut odd = []\nfor n in 1..5 { if $n mod 2 == 0 { continue }; $odd ++= [$n] }\n$odd",
            "Leave out the even numbers.",
            [1, 3, 5],
        ),
    )
    fails = "Where there is no loop around it, the line is not run at all."
    see_also = ("for", "while", "loop")
    only_in_loop = True

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back."""
        raise ContinueLoop


COMMAND = Continue()
