"""The command `echo`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Echo(Command):
    """Gives its arguments."""

    name = "echo"
    summary = "Give the argument, or the list of several arguments."
    description = "Nothing is printed before the end of the pipeline: `print` shows something at once."
    signature = Signature(
        types=(("nothing", "any"),),
        category="language",
        rest=Parameter("values", ANY, "What to give."),
    )
    examples = (
        Example("echo hello", "One value.", "hello"),
        Example("echo hello (1 + 1)", "Several values.", ["hello", 2]),
    )
    see_also = ("print",)

    def run(self, call: Call, data: Data) -> Data:
        """The only value, the list of them, or an empty text where there is none."""
        values = call.rest("values")
        if len(values) > 1:
            return values
        return values[0] if values else ""


COMMAND = Echo()
