"""The command `alias`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Parts, Step
from stk_shell.model.shape import ANY, STRING
from stk_shell.model.signature import Parameter, Signature


class Alias(Form):
    """Gives a command a shorter name. The parser keeps it; there is nothing left to run."""

    name = "alias"
    summary = "Give a command, with some of its arguments, a name of its own."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(
            Parameter("name", STRING, "The new name."),
            Parameter("value", ANY, "`=` and the command.", optional=True),
        ),
    )
    examples = (Example("alias two = first 2; [1 2 3] | two", "A short name.", [1, 2]),)
    see_also = ("def",)

    def build(self, parts: Parts) -> Step:
        """Nothing happens when it is reached."""
        return lambda frame, data: None


COMMAND = Alias()
