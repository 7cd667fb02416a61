"""The command `take`."""

from __future__ import annotations

from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.operations import FirstRows, Operation
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class Take(Command):
    """Takes a number of rows from the beginning."""

    name = "take"
    summary = "Take so many rows from the beginning."
    description = "It always gives a list, and reads no more than it gives."
    signature = Signature(
        types=(("table", "table"), ("list<any>", "list<any>"), ("range", "list<any>"), ("binary", "binary")),
        category="filters",
        positionals=(Parameter("rows", INT, "How many rows."),),
    )
    examples = (
        Example("[5 6 7] | take 2", "The first two.", [5, 6]),
        Example("[[name]; [note] [login]] | take 1", "A table of the first row.", [{"name": "note"}]),
        Example("1.. | take 3", "Out of what never ends.", [1, 2, 3]),
    )
    fails = "A number below 0 is an error; where there are fewer rows, it gives those."
    see_also = ("first", "skip", "take while", "take until", "last")
    few = True

    def operation(self, call: Call) -> Operation | None:
        """How many rows."""
        return FirstRows(at_least_zero(call, "rows") or 0)

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the first rows."""
        count = at_least_zero(call, "rows")
        return data[:count] if isinstance(data, bytes) else Stream(islice(iterate(data), count))


COMMAND = Take()
