"""The command `str distance`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, change_cells, on_text
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class StrDistance(Command):
    """Counts how far texts are apart."""

    name = "str distance"
    summary = "Count the changes of single characters that make one text of another."
    signature = Signature(
        types=(("string", "int"), ("table", "table"), ("record", "record")),
        category="strings",
        positionals=(Parameter("other", STRING, "The other text."),),
        rest=CELLS,
    )
    examples = (Example("'logn' | str distance login", "One character is missing.", 1),)
    see_also = ("str contains",)

    def run(self, call: Call, data: Data) -> Data:
        """The number of changes, for each text."""
        other = call.text("other")
        return change_cells(call, data, on_text(call, lambda text: distance(text, other)))


def distance(first: str, second: str) -> int:
    """The Levenshtein distance of two texts."""
    row = list(range(len(second) + 1))
    for at, char in enumerate(first, 1):
        before, row[0] = row[0], at
        for column, other in enumerate(second, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (char != other))
    return row[-1]


COMMAND = StrDistance()
