"""The command `every`."""

from __future__ import annotations

from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class Every(Command):
    """Takes every so-manieth row."""

    name = "every"
    summary = "Take every second, third or so-manieth row, from the first on."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("stride", INT, "How far the rows are from each other."),),
        flags=(Flag("skip", "Give the other rows instead.", short="s"),),
    )
    examples = (
        Example("[a b c d e] | every 2", "Every second item.", ["a", "c", "e"]),
        Example("[a b c d e] | every 2 --skip", "The others.", ["b", "d"]),
    )
    see_also = ("first", "chunks", "window")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows."""
        stride = at_least_zero(call, "stride") or 1
        items = iterate(data)
        if call.switch("skip"):
            return Stream(item for at, item in enumerate(items) if at % stride)
        return Stream(islice(items, 0, None, stride))


COMMAND = Every()
