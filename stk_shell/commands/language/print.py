"""The command `print`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Print(Command):
    """Shows values at once."""

    name = "print"
    summary = "Show values now, instead of at the end of the pipeline."
    description = "Each value is shown as a result would be. Without arguments, what is piped in is shown."
    signature = Signature(
        types=(("any", "nothing"),),
        category="language",
        rest=Parameter("values", ANY, "What to show."),
    )
    examples = (
        Example('print "starting"', "Show a text.", None),
        Example("[1 2] | each {|x| print $x }", "Show each item as it is reached.", []),
    )

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        values = call.rest("values")
        for value in values:
            call.session.show(value)
        if not values:
            call.session.show(data)
        return None


COMMAND = Print()
