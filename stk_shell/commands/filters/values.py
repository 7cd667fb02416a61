"""The command `values`."""

from __future__ import annotations

from stk_shell.commands.filters._columns import records
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import Value


class Values(Command):
    """Takes the values of a record or table without their names."""

    name = "values"
    summary = "List the values of a record, or of each column of a table."
    description = "Of a table, it gives a list for each column; a row without the column adds nothing to it."
    signature = Signature(
        types=(("record", "list<any>"), ("table", "list<any>")),
        category="filters",
    )
    examples = (
        Example("{name: note, n: 1} | values", "Of a record.", ["note", 1]),
        Example("[[name n]; [note 1] [login 5]] | values", "Of a table.", [["note", "login"], [1, 5]]),
    )
    see_also = ("columns", "items", "get")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The values of the record, or the lists of the columns."""
        if isinstance(data, dict):
            return list(data.values())
        lists: dict[str, list[Value]] = {}
        for row in records(iterate(data), call):
            for name, cell in row.items():
                lists.setdefault(name, []).append(cell)
        return [*lists.values()]


COMMAND = Values()
