"""The command `histogram`."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.model.columns import Column, Columns, Given, column_at
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.operations import Frequencies, Operation
from stk_shell.model.paths import no_column
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.values import Duration, Filesize, Value

COUNTED = (bool, int, float, Filesize, Duration, datetime.datetime, str, bytes)
"""The types of values that can be counted, in the order in which those stand that are equally frequent."""

Counts: TypeAlias = "Counter[tuple[type, Value]]"
"""How often each value is there; 1 and true are two of them."""

WIDTH = 100
"""How many stars stand for all of the values."""

TAKEN = ("value", "count", "quantile", "percentage")
"""Columns of the result."""


class Histogram(Command):
    """Counts values."""

    name = "histogram"
    summary = "Count how often each value is there, the most frequent first."
    description = """Without a column it counts the items of a list. `count` is how often, `quantile` and
`percentage` are the share of all values, `frequency` shows it with stars. Rows without the column, or with null
there, do not count."""
    signature = Signature(
        types=(("list<any>", "table"), ("table", "table")),
        category="filters",
        positionals=(
            Parameter("column", STRING, "The column whose values to count.", optional=True, completes=COLUMN),
            Parameter(
                "frequency", STRING, "What the column with the stars is called.", optional=True, default="frequency"
            ),
        ),
        flags=(
            Flag(
                "percentage-type",
                "What the share is of: `normalize` takes all values, `relative` the most frequent one.",
                STRING,
                short="t",
                default="normalize",
            ),
        ),
    )
    examples = (
        Example(
            "[note login note] | histogram | select value count percentage",
            "Count texts.",
            [
                {"value": "note", "count": 2, "percentage": "66.67%"},
                {"value": "login", "count": 1, "percentage": "33.33%"},
            ],
        ),
        Example(
            "event list | histogram name | select name count",
            "Count events by name.",
            [
                {"name": "authentication", "count": 1},
                {"name": "order-error", "count": 1},
                {"name": "user-milestone", "count": 1},
            ],
        ),
    )
    fails = "A column that no row has ends the command; so do lists and records in a list that is counted."
    see_also = ("uniq", "group-by", "length")
    narrows = True

    def gives(self, given: Given) -> Columns:
        """What is counted, and what is said of it."""
        counted = given.texts("column") or ["value"]
        return (
            *(column_at(given.columns, [name]) or Column(name) for name in counted),
            Column("count", "How often it is there.", "int"),
            Column("quantile", "The share of all.", "float"),
            Column("percentage", "The same as a text.", "string"),
            Column((given.texts("frequency") or ["frequency"])[0], "The same in stars.", "string"),
        )

    def operation(self, call: Call) -> Operation | None:
        """The column; the shares are worked out of the counts."""

        def finish(pairs: list[tuple[Value, int]]) -> list[Value]:
            counts: Counts = Counter()
            for value, count in pairs:
                counts[type(value), value] += count
            return _rows(call, counts)

        _check(call)
        return Frequencies(call.optional_text("column"), finish)

    def run(self, call: Call, data: Data) -> Data:
        """A row for each value."""
        _check(call)
        return _rows(call, Counter((type(value), value) for value in _values(call, data)))


def _check(call: Call) -> None:
    if call.text("frequency") in TAKEN:
        label = Label(call.span("frequency"), "another column has this name")
        raise RunError(f"the columns {', '.join(TAKEN)} are taken", "type_mismatch", (label,))
    if call.text("percentage-type") not in ("normalize", "relative"):
        label = Label(call.span("percentage-type"), "this is neither")
        raise RunError("the percentage is normalize or relative", "type_mismatch", (label,))


def _rows(call: Call, counts: Counts) -> list[Value]:
    order = sorted(counts, key=lambda key: (-counts[key], COUNTED.index(key[0]), key[1]))
    whole = counts.total() if call.text("percentage-type") == "normalize" else max(counts.values(), default=1)
    column, frequency = call.optional_text("column") or "value", call.text("frequency")
    return [_row(column, value, counts[kind, value], whole, frequency) for kind, value in order]


def _values(call: Call, data: Data) -> Iterator[Value]:
    """What is to be counted."""
    column = call.optional_text("column")
    if column is None:
        yield from _items(call, iterate(data))
        return
    names: dict[str, None] = {}
    found = False
    for row in iterate(data):
        if isinstance(row, dict):
            names.update(dict.fromkeys(row))
            if type(row.get(column)) in COUNTED:
                found = True
                yield row[column]
    if not found:
        raise no_column(column, list(names), call.span("column"), may_be_optional=False)


def _items(call: Call, items: Iterable[Value]) -> Iterator[Value]:
    for item in items:
        if type(item) not in COUNTED:
            raise unsupported(call, item, "plain values, or on the column of a table that is named")
        yield item


def _row(column: str, value: Value, count: int, whole: int, frequency: str) -> Value:
    share = count / whole
    return {
        column: value,
        "count": count,
        "quantile": share,
        "percentage": f"{share * 100:.2f}%",
        frequency: "*" * int(share * WIDTH),
    }


COMMAND = Histogram()
