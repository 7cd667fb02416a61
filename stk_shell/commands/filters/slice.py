"""The command `slice`."""

from __future__ import annotations

from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import RANGE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import INT_MAX, Range


class Slice(Command):
    """Takes the rows of a range of numbers."""

    name = "slice"
    summary = "Take the rows from one number to another."
    description = "Rows are counted from 0; a number below 0 counts from the end, where the last row is -1."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        positionals=(Parameter("rows", RANGE, "The range of the rows' numbers."),),
    )
    examples = (
        Example("[a b c d e] | slice 1..3", "From the second to the fourth.", ["b", "c", "d"]),
        Example("[a b c d e] | slice 3..", "From the fourth on.", ["d", "e"]),
        Example("[a b c d e] | slice (-2)..", "The last two.", ["d", "e"]),
    )
    fails = "A range of anything but whole numbers is an error; numbers that no row has are none."
    see_also = ("select", "skip", "take", "drop nth")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows, or the list of them where they are counted from the end."""
        start, stop = _bounds(call)
        if start >= 0 and (stop is None or stop >= 0):
            return Stream(islice(iterate(data), start, stop))
        return list(iterate(data))[start:stop]


def _bounds(call: Call) -> tuple[int, int | None]:
    """The range as Python counts: up to, not including, the stop."""
    rows = call.value("rows")
    if not (isinstance(rows, Range) and isinstance(rows.start, int) and isinstance(rows.end, int | None)):
        raise RunError("rows are counted in whole numbers", "type_mismatch", (Label(call.span("rows"), "this is not"),))
    if rows.end is None:
        return rows.start, None
    stop = min(rows.end, INT_MAX - 1) + rows.inclusive
    return rows.start, None if stop == 0 and rows.end < 0 else stop


COMMAND = Slice()
