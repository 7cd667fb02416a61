"""The command `drop`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.operations import DropRows, Operation
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value


class Drop(Command):
    """Leaves out a number of rows at the end."""

    name = "drop"
    summary = "Leave out so many rows at the end."
    signature = Signature(
        types=(("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        positionals=(Parameter("rows", INT, "How many rows.", optional=True, default=1),),
    )
    examples = (
        Example("[5 6 7 8] | drop", "Without the last one.", [5, 6, 7]),
        Example("[5 6 7 8] | drop 2", "Without the last two.", [5, 6]),
        Example("[[name]; [note] [login]] | drop 1", "Of a table.", [{"name": "note"}]),
    )
    fails = "A number below 0 is an error; where there are fewer rows, nothing is left."
    see_also = ("skip", "drop nth", "drop column", "reject")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """How many rows."""
        return DropRows(at_least_zero(call, "rows") or 0)

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows before the last ones."""
        return Stream(_before_last(iterate(data), at_least_zero(call, "rows") or 0))


def _before_last(rows: Iterator[Value], count: int) -> Iterator[Value]:
    waiting = deque(islice(rows, count))
    for row in rows:
        waiting.append(row)
        yield waiting.popleft()


COMMAND = Drop()
