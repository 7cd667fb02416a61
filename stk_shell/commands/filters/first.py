"""The command `first`."""

from __future__ import annotations

from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero, empty_input
from stk_shell.model.operations import FirstRows, OneRow, Operation
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class First(Command):
    """Takes rows from the beginning."""

    name = "first"
    summary = "Take the first row, or the first rows."
    description = """Without a number it gives the row itself, with one a list. The source is not read any further
than needed, so `first` is quick also behind a long listing."""
    signature = Signature(
        types=(("list<any>", "any"), ("table", "any"), ("range", "any"), ("binary", "any")),
        category="filters",
        positionals=(Parameter("rows", INT, "How many rows.", optional=True),),
    )
    examples = (
        Example("[5 6 7] | first", "The first item.", 5),
        Example("[5 6 7] | first 2", "The first two, as a list.", [5, 6]),
        Example("[[name]; [note] [login]] | first", "The first row of a table.", {"name": "note"}),
    )
    fails = "The first row of nothing is an error; the first 3 rows of nothing are an empty list."
    see_also = ("last", "take", "skip", "get", "where")
    few = True

    def operation(self, call: Call) -> Operation | None:
        """How many rows, or the row itself."""
        count = at_least_zero(call, "rows")
        return OneRow() if count is None else FirstRows(count)

    def run(self, call: Call, data: Data) -> Data:
        """The first item, or a stream of the first ones."""
        count = at_least_zero(call, "rows")
        if count is not None:
            return data[:count] if isinstance(data, bytes) else Stream(islice(iterate(data), count))
        for item in data if isinstance(data, bytes) else iterate(data):
            return item
        raise empty_input(call)


COMMAND = First()
