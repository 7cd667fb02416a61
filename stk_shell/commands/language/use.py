"""The command `use`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Frame, Parts, Step
from stk_shell.model.offers import MODULE
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, drain


class Use(Form):
    """Takes in a module. The parser has read its file; the block binds what it defines."""

    name = "use"
    summary = "Make the commands of a module known."
    description = """A module is a file of yours, `tools.stk` or `tools.nu`, with commands that begin with `export
def`. `use tools.stk *` makes them known under their names, `use tools.stk greet` only one of them, and `use
tools.stk` all of them behind the module's name: `tools greet`. `export def main` is called by the module's name
alone, and what `export const` fixes is in a record of the module's name: `$tools.LIMIT`. With `export use` a module
passes on what it takes from another. A path that does not begin with `/` is looked for beside the file that names it,
then in the working directory.

The modules `modules` and `modules/stk_event` of chuck-stack are built in: stk knows their commands from the start, so
the line that takes them in may stand at the head of a document, and stay there."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(
            Parameter("module", STRING, "The module's file, or the name of one that is built in.", completes=MODULE),
        ),
        rest=Parameter("members", STRING, "What to take from it; `*` is everything."),
    )
    examples = (
        Example("use modules *", "As documents of chuck-stack begin.", None),
        Example("use modules/stk_event *", "The event module alone.", None),
    )
    fails = "A module that there is not, or a name that it does not export, stops the program before anything runs."
    see_also = ("source", "def", "help")

    def build(self, parts: Parts) -> Step:
        """What the module defines is bound; there is no result."""
        block, constants = parts.block("module"), parts.evaluate("constants")
        slot = 0 if constants is None else parts.slot("variable")

        def step(frame: Frame, data: Data) -> Data:
            if block is not None:
                drain(block(frame, None))
            if constants is not None:
                frame[slot] = constants(frame)
            return None

        return step


COMMAND = Use()
