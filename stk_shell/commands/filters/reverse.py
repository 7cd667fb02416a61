"""The command `reverse`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Operation, ReverseRows
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, iterate


class Reverse(Command):
    """Turns the order round."""

    name = "reverse"
    summary = "Turn the order of rows round."
    signature = Signature(types=(("list<any>", "list<any>"), ("table", "table")), category="filters")
    examples = (Example("[1 2 3] | reverse", "Last first.", [3, 2, 1]),)
    see_also = ("sort", "sort-by", "last")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return ReverseRows()

    def run(self, call: Call, data: Data) -> Data:
        """The list from its end to its beginning."""
        return list(iterate(data))[::-1]


COMMAND = Reverse()
