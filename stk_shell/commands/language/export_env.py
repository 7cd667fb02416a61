"""The command `export-env`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.shape import BLOCK
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, drain


class ExportEnv(Form):
    """Sets variables of the environment when a module is taken in."""

    name = "export-env"
    summary = "Run a block that sets variables of the environment, in a module for whoever uses it."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(Parameter("block", BLOCK, "What sets them."),),
    )
    examples = (Example("export-env { $env.TEAM = 'night' }; $env.TEAM", "Set a variable.", "night"),)
    see_also = ("use", "load-env")

    def build(self, parts: Parts) -> Step:
        """The block runs where it stands."""
        block = parts.block("block")
        if block is None:
            raise TypeError("`export-env` without its block")

        def step(frame: Frame, data: Data) -> Data:
            drain(block(frame, None))
            return None

        return step


COMMAND = ExportEnv()
