"""The command `rotate`."""

from __future__ import annotations

from stk_shell.commands._records import as_record
from stk_shell.commands.filters._turning import column_names, columns_of
from stk_shell.model.columns import Columns, Given, new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import Value


class Rotate(Command):
    """Turns a table by a right angle."""

    name = "rotate"
    summary = "Turn a table clockwise, so that its last row becomes the first column."
    description = "The names of the columns become a column as well. A list becomes a row."
    signature = Signature(
        types=(("record", "table"), ("table", "table"), ("list<any>", "table")),
        category="filters",
        rest=Parameter("names", STRING, "What the new columns are called."),
        flags=(Flag("ccw", "Turn it counter-clockwise."),),
    )
    examples = (
        Example(
            "{note: 3, login: 1} | rotate count name",
            "The fields of a record.",
            [{"count": 3, "name": "note"}, {"count": 1, "name": "login"}],
        ),
        Example(
            "[[a b]; [1 2] [3 4]] | rotate --ccw",
            "Counter-clockwise.",
            [
                {"column0": "b", "column1": 2, "column2": 4},
                {"column0": "a", "column1": 1, "column2": 3},
            ],
        ),
    )
    fails = "An empty list cannot be turned, nor one of records and other values."
    see_also = ("transpose",)

    def gives(self, given: Given) -> Columns:
        """Those that are named."""
        return new_columns(given.texts("names"))

    def run(self, call: Call, data: Data) -> Data:
        """The list of the new rows."""
        items, counter = list(iterate(data)), call.switch("ccw")
        if not items:
            raise RunError(
                "there is nothing to turn", "unsupported_input", (Label(call.head, "an empty list comes in"),)
            )
        lines = _lines(call, items)
        names = column_names(call, len(lines[0]) if lines else 0)
        turned = reversed(lines) if counter else (line[::-1] for line in lines)
        return [dict(zip(names, line, strict=False)) for line in turned]


def _lines(call: Call, items: list[Value]) -> list[list[Value]]:
    """Each column from top to bottom, its name first; a list of plain values stands for one column without a name."""
    if not any(isinstance(item, dict) for item in items):
        return [items]
    rows = [as_record(call, item) for item in items]
    return [[name, *(row.get(name) for row in rows)] for name in columns_of(rows)]


COMMAND = Rotate()
