"""The command `print`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class Print(Command):
    """Shows values at once."""

    name = "print"
    summary = "Show values now, instead of at the end of the pipeline."
    description = """Each value is shown as a result would be, on a line of its own. Without arguments, what is piped in
is shown."""
    signature = Signature(
        types=(("any", "nothing"),),
        category="language",
        rest=Parameter("values", ANY, "What to show."),
        flags=(
            Flag("no-newline", "Don't end the line.", short="n"),
            Flag("stderr", "Show it on standard error, beside the results.", short="e"),
        ),
    )
    examples = (
        Example('print "starting"', "Show a text.", None),
        Example("[1 2] | each {|x| print $x }", "Show each item as it is reached.", []),
        Example('for day in 1..3 { print --no-newline $"day ($day), " }', "Go on in the same line.", None),
        Example('print --stderr "half of it is done"', "Tell somebody who watches; a file of results lacks it.", None),
    )

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        shown: list[Data] = [*call.rest("values")] or [data]
        for value in shown:
            call.session.show(value, beside=call.switch("stderr"), newline=not call.switch("no-newline"))
        return None


COMMAND = Print()
