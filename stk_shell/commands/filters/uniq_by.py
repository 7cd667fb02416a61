"""The command `uniq-by`."""

from __future__ import annotations

from stk_shell.commands.filters._columns import cells, optional, records
from stk_shell.commands.filters._distinct import COUNTING, identities, tally
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import RunError
from stk_shell.model.operations import FirstOfEach, Operation
from stk_shell.model.paths import follow
from stk_shell.model.shape import CELL_PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import CellPath, Value


class UniqBy(Command):
    """Keeps one row for each value of a column."""

    name = "uniq-by"
    summary = "Keep the first row for each value of a column, or of several together."
    description = "A row that lacks the column counts as one that has null there."
    signature = Signature(
        types=(("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        positionals=(Parameter("column", CELL_PATH, "The column."),),
        rest=Parameter("columns", CELL_PATH, "Further columns, all of which have to be the same."),
        flags=COUNTING,
    )
    examples = (
        Example(
            "[[name n]; [note 1] [login 2] [note 3]] | uniq-by name",
            "The first row of each name.",
            [{"name": "note", "n": 1}, {"name": "login", "n": 2}],
        ),
        Example(
            "[[a b]; [1 x] [1 y] [1 x]] | uniq-by a b",
            "By two columns together.",
            [{"a": 1, "b": "x"}, {"a": 1, "b": "y"}],
        ),
        Example("event list | uniq-by name | length", "Of the newest events, the newest of each name.", 3),
    )
    fails = "A column that no row has is an error."
    see_also = ("uniq", "group-by", "sort-by")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """The column, where it is one and nothing is counted."""
        is_plain = not call.rest("columns") and not any(call.switch(flag.name) for flag in COUNTING)

        def finish(rows: list[Value], values: list[Value]) -> list[Value]:
            return tally(call, rows, identities(values, call))

        return FirstOfEach(call.path("column"), finish) if is_plain else None

    def run(self, call: Call, data: Data) -> Data:
        """The list of the first rows, or of what the flags ask for."""
        rows: list[Value] = list(records(iterate(data), call))
        paths = [call.path("column"), *call.paths("columns")]
        for path in paths:
            _look_for(path, rows, call)
        columns = [identities(cells(rows, optional(path), call.head), call) for path in paths]
        return tally(call, rows, columns[0] if len(columns) == 1 else list(zip(*columns, strict=True)))


def _look_for(path: CellPath, rows: list[Value], call: Call) -> None:
    """Raise the first row's error, unless a row has the column."""
    failure: RunError | None = None
    for row in rows:
        try:
            follow(row, path, call.head)
        except RunError as error:
            failure = failure or error
        else:
            return
    if failure is not None:
        raise failure


COMMAND = UniqBy()
