"""The command `is-empty`."""

from __future__ import annotations

from stk_shell.commands.filters._emptiness import nothing_in
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import AreThere, Operation
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class IsEmpty(Command):
    """Asks whether there is nothing."""

    name = "is-empty"
    summary = "Say whether something is empty."
    description = """Null is empty, and so is a text, list, table, record or binary with nothing in it. Numbers and
bools never are. With columns, the question is whether there is nothing but null in them."""
    signature = Signature(
        types=(("any", "bool"),),
        category="filters",
        rest=Parameter("columns", CELL_PATH, "The columns to look at."),
    )
    examples = (
        Example("[] | is-empty", "A list.", True),
        Example('" " | is-empty', "A blank is not nothing.", False),
        Example("[[name note]; [login null] [edit null]] | is-empty note", "A column.", True),
        Example("event list | where name == order-error | is-empty", "Whether a search found nothing.", False),
    )
    fails = "A column that is not there is an error, unless it is marked with `?`."
    see_also = ("is-not-empty", "length", "compact", "default")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """The question, where it is about rows."""
        return None if call.rest("columns") else AreThere()

    def run(self, call: Call, data: Data) -> Data:
        """Whether it is empty; of a stream, no more than one row is looked at."""
        return nothing_in(call, data)


COMMAND = IsEmpty()
