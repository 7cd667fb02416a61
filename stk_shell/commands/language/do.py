"""The command `do`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY, CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Do(Command):
    """Calls a closure."""

    name = "do"
    summary = "Run a closure, with arguments if it takes any."
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(Parameter("closure", CLOSURE, "What to run."),),
        rest=Parameter("arguments", ANY, "Its arguments."),
    )
    examples = (
        Example("do { 1 + 1 }", "Run a block with variables of its own.", 2),
        Example("let double = {|x| $x * 2 }; do $double 4", "Call a closure with an argument.", 8),
        Example("5 | do { $in + 1 }", "Give it an input.", 6),
    )

    def run(self, call: Call, data: Data) -> Data:
        """What the closure gives."""
        return call.closure("closure").run(call.rest("arguments"), data)


COMMAND = Do()
