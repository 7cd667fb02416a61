"""The command `for`."""

from __future__ import annotations

from stk_shell.commands.language._loops import run_turn
from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.shape import EXPRESSION, LOOP_BLOCK, VARIABLE, keyword
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, iterate


class For(Form):
    """Runs a block for every item."""

    name = "for"
    summary = "Run a block for each item of a list, range or table."
    description = """The block can change variables that were made with `mut` outside of it. `break` ends the loop,
`continue` goes on with the next item. The loop itself has no result: `each` makes a list of results."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(
            Parameter("variable", VARIABLE, "The name of the item in the block."),
            Parameter("items", keyword("in", EXPRESSION), "`in`, and what to go through."),
            Parameter("block", LOOP_BLOCK, "What to do with each item."),
        ),
    )
    examples = (
        Example("mut sum = 0; for n in 1..4 { $sum += $n }; $sum", "Add up.", 10),
        Example(
            "for name in [login logout] { {by: ana} | .append event $name | ignore }\nevent list | first 2 | get name",
            "Log several events.",
            ["logout", "login"],
        ),
    )
    see_also = ("each", "while", "loop", "break", "continue")

    def build(self, parts: Parts) -> Step:
        """The block runs with the item in its slot."""
        items, block, slot = parts.evaluate("items"), parts.block("block"), parts.slot("variable")
        if items is None or block is None:
            raise TypeError("`for` without its arguments")

        def step(frame: Frame, data: Data) -> Data:
            for item in iterate(items(frame)):
                frame[slot] = item
                if not run_turn(block, frame):
                    break
            return None

        return step


COMMAND = For()
