"""The command `while`."""

from __future__ import annotations

from stk_shell.commands.language._loops import run_turn
from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import EXPRESSION, LOOP_BLOCK
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class While(Form):
    """Repeats a block under a condition."""

    name = "while"
    summary = "Run a block again and again as long as a condition is true."
    description = "`break` ends the loop, `continue` asks the condition again. Ctrl-C ends a loop that never does."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(
            Parameter("condition", EXPRESSION, "What has to be true."),
            Parameter("block", LOOP_BLOCK, "What to do then."),
        ),
    )
    examples = (Example("mut n = 1; while $n < 100 { $n *= 2 }; $n", "Double until there is enough.", 128),)
    fails = "A condition that is neither true nor false is an error."
    see_also = ("for", "loop", "break", "continue")

    def build(self, parts: Parts) -> Step:
        """The condition is evaluated before each turn."""
        condition, block, node = parts.evaluate("condition"), parts.block("block"), parts.node("condition")
        if condition is None or block is None or node is None:
            raise TypeError("`while` without its arguments")

        def step(frame: Frame, data: Data) -> Data:
            while (value := condition(frame)) is True and run_turn(block, frame):
                pass
            if not isinstance(value, bool):
                label = Label(node.span, f"this is {article(value)}")
                raise RunError("the condition of `while` has to be true or false", "type_mismatch", (label,))
            return None

        return step


COMMAND = While()
