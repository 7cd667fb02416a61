"""The command `skip`."""

from __future__ import annotations

from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.operations import Operation, SkipRows
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class Skip(Command):
    """Leaves out a number of rows at the beginning."""

    name = "skip"
    summary = "Leave out so many rows at the beginning."
    signature = Signature(
        types=(("table", "table"), ("list<any>", "list<any>"), ("binary", "binary")),
        category="filters",
        positionals=(Parameter("rows", INT, "How many rows.", optional=True, default=1),),
    )
    examples = (
        Example("[5 6 7 8] | skip", "Without the first one.", [6, 7, 8]),
        Example("[5 6 7 8] | skip 2", "Without the first two.", [7, 8]),
        Example("[[name]; [note] [login]] | skip 1", "Of a table.", [{"name": "login"}]),
    )
    fails = "A number below 0 is an error; where there are fewer rows, nothing is left."
    see_also = ("take", "skip while", "skip until", "drop")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """How many rows."""
        return SkipRows(at_least_zero(call, "rows") or 0)

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows behind the first ones."""
        count = at_least_zero(call, "rows")
        return data[count:] if isinstance(data, bytes) else Stream(islice(iterate(data), count, None))


COMMAND = Skip()
