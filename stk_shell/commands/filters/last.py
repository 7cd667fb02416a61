"""The command `last`."""

from __future__ import annotations

from collections import deque

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero, empty_input
from stk_shell.model.operations import LastRows, OneRow, Operation
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import Value


class Last(Command):
    """Takes rows from the end."""

    name = "last"
    summary = "Take the last row, or the last rows."
    description = "Without a number it gives the row itself, with one a list, in their order."
    signature = Signature(
        types=(("list<any>", "any"), ("table", "any"), ("range", "any"), ("binary", "any")),
        category="filters",
        positionals=(Parameter("rows", INT, "How many rows.", optional=True),),
    )
    examples = (
        Example("[5 6 7] | last", "The last item.", 7),
        Example("[5 6 7] | last 2", "The last two, as a list.", [6, 7]),
    )
    fails = "The last row of nothing is an error; the last 3 rows of nothing are an empty list."
    see_also = ("first", "drop", "slice", "reverse")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """How many rows, or the row itself."""
        count = at_least_zero(call, "rows")
        return OneRow(last=True) if count is None else LastRows(count)

    def run(self, call: Call, data: Data) -> Data:
        """The last item, or a list of the last ones."""
        count = at_least_zero(call, "rows")
        wanted = 1 if count is None else count
        if isinstance(data, (list, bytes)):
            kept: list[Value] | bytes = data[max(len(data) - wanted, 0) :]
        else:
            kept = list(deque(iterate(data), maxlen=wanted))
        if count is not None:
            return kept
        if not kept:
            raise empty_input(call)
        return kept[0]


COMMAND = Last()
