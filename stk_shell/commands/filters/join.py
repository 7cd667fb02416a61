"""The command `join`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from stk_shell.commands._records import as_record
from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.shape import STRING, TABLE
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.text import plain
from stk_shell.model.values import Record, Value

KINDS = ("inner", "left", "right", "outer")


class Join(Command):
    """Brings the rows of two tables together."""

    name = "join"
    summary = "Bring rows of two tables together that have the same value in a column."
    description = """The table that is piped in is the left one, the argument the right one. Each left row is joined
with each right row of the same value. A column of the right table whose name the left one has, too, gets a `_`
behind it. Values are the same if they look the same, so that 1 and "1" are."""
    signature = Signature(
        types=(("table", "table"),),
        category="filters",
        positionals=(
            Parameter("right-table", TABLE, "The table to join with."),
            Parameter("left-on", STRING, "The column of the left table.", completes=COLUMN),
            Parameter("right-on", STRING, "The column of the right table, if it has another name.", optional=True),
        ),
        flags=(
            Flag("inner", "Leave out rows without a partner, which is the default.", short="i"),
            Flag("left", "Keep all left rows; null stands where the right columns would.", short="l"),
            Flag("right", "Keep all right rows.", short="r"),
            Flag("outer", "Keep all rows.", short="o"),
        ),
    )
    examples = (
        Example(
            "[[uu n]; [7f 1] [3c 2]] | join [[uu who]; [3c Ana]] uu",
            "Rows that have a partner.",
            [{"uu": "3c", "n": 2, "who": "Ana"}],
        ),
        Example(
            "[[name]; [note] [login]] | join [[kind label]; [note Note]] name kind --left",
            "All left rows, by columns of different names.",
            [
                {"name": "note", "kind": "note", "label": "Note"},
                {"name": "login", "kind": None, "label": None},
            ],
        ),
        Example(
            "event list | join [[name team]; [order-error shop]] name | get team",
            "Add to events what is known of their names.",
            ["shop"],
        ),
    )
    see_also = ("merge", "zip")
    narrows = True

    def gives(self, given: Given) -> Columns:
        """Those of both tables."""
        return together(given.columns, given.inside("right-table"))

    def run(self, call: Call, data: Data) -> Data:
        """The list of the joined rows."""
        kind = _kind(call)
        left_on = call.text("left-on")
        right_on = call.optional_text("right-on") or left_on
        shared = left_on if left_on == right_on else None
        left = _Side([as_record(call, row) for row in iterate(data)], left_on, shared)
        right = _Side([as_record(call, row) for row in iterate(call.value("right-table"))], right_on, shared)

        def joined(mine: Record, other: Record) -> Value:
            return _joined(mine, other, shared)

        def turned(mine: Record, other: Record) -> Value:
            return _joined(other, mine, shared)

        if kind in ("inner", "right"):
            return list(right.pairs(left, turned, alone=kind == "right"))
        lonely = right.lonely(left, turned) if kind == "outer" else ()
        return [*left.pairs(right, joined, alone=True), *lonely]


def _kind(call: Call) -> str:
    given = [kind for kind in KINDS if call.switch(kind)]
    if len(given) < 2:
        return given[0] if given else "inner"
    label = Label(call.span(given[1]), f"and `--{given[0]}` is given, too")
    raise RunError("a join is of one kind", "unsupported_input", (label,))


Pair = Callable[[Record, Record], Value]
"""Makes one row of a row and its partner."""


class _Side:
    """One of the two tables. Where no row has the column, it has nothing to join."""

    def __init__(self, rows: list[Record], on: str, shared: str | None) -> None:
        self.rows = rows if any(on in row for row in rows) else []
        self.on = on
        self.shared = shared
        self.columns = list(rows[0]) if rows else []

    @cached_property
    def by_value(self) -> dict[str, list[Record]]:
        """The rows by the text of their value in the column."""
        found: dict[str, list[Record]] = {}
        for row in self.rows:
            if self.on in row:
                found.setdefault(_key(row[self.on]), []).append(row)
        return found

    def pairs(self, other: _Side, pair: Pair, *, alone: bool) -> Iterator[Value]:
        """Each row with each of its partners in the other table; `alone` with nulls where it has none."""
        for row in self.rows:
            partners = self.partners(row, other)
            if partners:
                for partner in partners:
                    yield pair(row, partner)
            elif alone:
                yield pair(row, self.stand_in(row, other))

    def lonely(self, other: _Side, pair: Pair) -> Iterator[Value]:
        """Each row that has no partner, with nulls."""
        for row in self.rows:
            if not self.partners(row, other):
                yield pair(row, self.stand_in(row, other))

    def partners(self, row: Record, other: _Side) -> list[Record]:
        """The rows of the other table that have the same value."""
        return other.by_value.get(_key(row[self.on]), []) if self.on in row else []

    def stand_in(self, row: Record, other: _Side) -> Record:
        """What stands where a partner would: nulls, and the value itself in the column that both share."""
        return {name: row.get(name) if name == self.shared else None for name in other.columns}


def _key(value: Value) -> str:
    if type(value) is int:
        return str(value)
    return value if isinstance(value, str) else plain(value)


def _joined(left: Record, right: Record, shared: str | None) -> Record:
    row = dict(left)
    for name, value in right.items():
        if name not in left:
            row[name] = value
        elif name != shared:
            row[f"{name}_"] = value
    return row


COMMAND = Join()
