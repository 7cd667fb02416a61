"""The command `math mode`."""

from __future__ import annotations

from collections import Counter

from stk_shell.commands.math._numbers import numbers
from stk_shell.commands.math._reduce import reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathMode(Command):
    """Finds the commonest values."""

    name = "math mode"
    summary = "Give the values that are there most often, or those of each column."
    description = """It is a list, because several values may be there equally often; the smallest comes first. They are
numbers, durations or sizes, all of one kind."""
    signature = Signature(
        types=(
            ("list<number>", "list<number>"),
            ("list<duration>", "list<duration>"),
            ("list<filesize>", "list<filesize>"),
            ("table", "record"),
        ),
        category="math",
    )
    examples = (
        Example("[1 2 2 3] | math mode", "One value.", [2]),
        Example("[1 1 2 2 3] | math mode", "Two are there as often.", [1, 2]),
    )
    fails = "Values of other types or of several kinds are an error."
    see_also = ("histogram", "uniq", "math median")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The list of values, or a record of lists; an empty list of an empty list."""

        def commonest(values: list[Value]) -> Value:
            _, known = numbers(call, values, measures=True)
            counts = Counter(zip(map(type, known), known, strict=True))
            most = max(counts.values())
            return [*sorted(value for (_, value), count in counts.items() if count == most)]

        return [] if data == [] else reduced(call, data, commonest)


COMMAND = MathMode()
