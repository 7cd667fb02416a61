"""The command `math avg`."""

from __future__ import annotations

from stk_shell.commands.math._numbers import numbers, shared, total
from stk_shell.commands.math._reduce import MEASURES, WHOLES, reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Operation, Reduce
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Duration, Value


class MathAvg(Command):
    """Gives the mean."""

    name = "math avg"
    summary = "Give the average of all values, or of those of each column."
    description = """That of numbers is a float. They may be durations or sizes, too, but all of one kind. Of a table it
gives a record with the average of each column; columns that have none are left out."""
    signature = Signature(
        types=(
            *MEASURES,
            ("number", "number"),
            ("duration", "duration"),
            ("filesize", "filesize"),
            *WHOLES,
        ),
        category="math",
    )
    examples = (
        Example("[1 2 6] | math avg", "Numbers.", 3.0),
        Example("[[name ms]; [note 10] [login 25]] | get ms | math avg", "A column.", 17.5),
        Example("[1min 3min] | math avg", "Durations.", Duration(120_000_000_000)),
    )
    fails = "Nothing to take it from, and values of other types or of several kinds are an error."
    see_also = ("math median", "math sum", "math stddev")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does."""
        return Reduce("avg")

    def run(self, call: Call, data: Data) -> Data:
        """The average, or a record of averages."""

        def average(values: list[Value]) -> Value:
            kind, _ = numbers(call, values, measures=True)
            return shared(total(call, values), len(values), kind)

        return reduced(call, data, average)


COMMAND = MathAvg()
