"""The command `drop column`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.commands.filters._columns import records
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Record


class DropColumn(Command):
    """Leaves out the last columns."""

    name = "drop column"
    summary = "Leave out the last columns."
    description = "Which they are, the first row decides. `reject` leaves out columns by their name."
    signature = Signature(
        types=(("table", "table"), ("record", "record")),
        category="filters",
        positionals=(Parameter("columns", INT, "How many columns.", optional=True, default=1),),
    )
    examples = (
        Example("[[name n]; [note 1] [login 5]] | drop column", "The last one.", [{"name": "note"}, {"name": "login"}]),
        Example("{a: 1, b: 2, c: 3} | drop column 2", "The last two fields of a record.", {"a": 1}),
    )
    fails = "A number below 0 is an error; where there are fewer columns, none is left."
    see_also = ("reject", "columns", "drop")

    def run(self, call: Call, data: Data) -> Data:
        """The table or record without its last columns."""
        count = at_least_zero(call, "columns") or 0
        if isinstance(data, dict):
            return _without(data, _last_names(data, count))
        return Stream(_narrower(records(iterate(data), call), count))


def _narrower(rows: Iterator[Record], count: int) -> Iterator[Record]:
    for first in rows:
        dropped = _last_names(first, count)
        yield _without(first, dropped)
        for row in rows:
            yield _without(row, dropped)


def _last_names(row: Record, count: int) -> set[str]:
    names = list(row)
    return set(names[max(len(names) - count, 0) :])


def _without(row: Record, dropped: set[str]) -> Record:
    return {name: cell for name, cell in row.items() if name not in dropped}


COMMAND = DropColumn()
