"""The command `is-not-empty`."""

from __future__ import annotations

from stk_shell.commands.filters._emptiness import nothing_in
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import AreThere, Operation
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class IsNotEmpty(Command):
    """Asks whether there is something."""

    name = "is-not-empty"
    summary = "Say whether there is something: the opposite of `is-empty`."
    description = "With columns, the question is whether there is anything but null in them."
    signature = Signature(
        types=(("any", "bool"),),
        category="filters",
        rest=Parameter("columns", CELL_PATH, "The columns to look at."),
    )
    examples = (
        Example("[1] | is-not-empty", "A list.", True),
        Example("{} | is-not-empty", "A record.", False),
        Example("[[name note]; [login null] [edit x]] | is-not-empty note", "A column.", True),
    )
    fails = "A column that is not there is an error, unless it is marked with `?`."
    see_also = ("is-empty", "length", "any")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """The question, where it is about rows."""
        return None if call.rest("columns") else AreThere(expected=True)

    def run(self, call: Call, data: Data) -> Data:
        """Whether there is something; of a stream, no more than one row is looked at."""
        return not nothing_in(call, data)


COMMAND = IsNotEmpty()
