"""The command `merge deep`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat

from stk_shell.commands.filters._merging import merged, unlike
from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import LIST, RECORD, STRING, TABLE, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, is_list_like, iterate
from stk_shell.model.types import fits
from stk_shell.model.values import Record, Value


class MergeDeep(Command):
    """Joins two records or tables, and what is nested in them."""

    name = "merge deep"
    summary = "Add the columns of another record or table, also to the records inside."
    description = """Records are merged at every depth; other values are replaced by those of the argument. What
happens to lists is the strategy: `table` merges tables row by row and replaces other lists, `overwrite` replaces
both, `append` and `prepend` put the argument's items behind or before the others."""
    signature = Signature(
        types=(("record", "record"), ("table", "table")),
        category="filters",
        positionals=(Parameter("value", one_of(RECORD, TABLE, LIST), "A record for a record, a table for a table."),),
        flags=(
            Flag(
                "strategy",
                "What happens to lists: table, overwrite, append or prepend.",
                STRING,
                short="s",
                default="table",
            ),
        ),
    )
    examples = (
        Example(
            "{by: {name: ana, id: 7}, n: 1} | merge deep {by: {id: 9}}",
            "A record inside a record.",
            {"by": {"name": "ana", "id": 9}, "n": 1},
        ),
        Example(
            "{tags: [a b]} | merge deep {tags: [c]} --strategy append",
            "Add to a list.",
            {"tags": ["a", "b", "c"]},
        ),
    )
    fails = "A record takes a record, a table takes a table; anything else is an error."
    see_also = ("merge",)

    def gives(self, given: Given) -> Columns:
        """Those of both."""
        return together(given.columns, given.inside("value"))

    def run(self, call: Call, data: Data) -> Data:
        """The record or the rows, with the columns of both at every depth."""
        strategy = _strategy(call)
        if not is_list_like(data) or strategy is _by_row:
            return merged(call, data, lambda own, other: _records(own, other, strategy))
        other = call.value("value")
        if isinstance(other, list) and fits(other, "table"):
            return strategy(list(iterate(data)), other)
        raise unlike(call, data, other)


Strategy = Callable[[list[Value], list[Value]], list[Value]]
"""Makes one list of two."""


def _strategy(call: Call) -> Strategy:
    name = call.text("strategy")
    if name in STRATEGIES:
        return STRATEGIES[name]
    label = Label(call.span("strategy"), "this is none of them")
    raise RunError(f"the strategies are {', '.join(STRATEGIES)}", "incorrect_value", (label,))


def _records(own: Record, other: Record, strategy: Strategy) -> Record:
    both = {name: _values(own[name], value, strategy) if name in own else value for name, value in other.items()}
    return {**own, **both}


def _values(own: Value, other: Value, strategy: Strategy) -> Value:
    if isinstance(own, dict) and isinstance(other, dict):
        return _records(own, other, strategy)
    if isinstance(own, list) and isinstance(other, list):
        return strategy(own, other)
    return other


def _by_row(own: list[Value], other: list[Value]) -> list[Value]:
    if not (fits(own, "table") and fits(other, "table")):
        return other
    return [_values(row, more, _by_row) for row, more in zip(own, chain(other, repeat({})), strict=False)]


STRATEGIES: dict[str, Strategy] = {
    "table": _by_row,
    "overwrite": lambda own, other: other,
    "append": lambda own, other: own + other,
    "prepend": lambda own, other: other + own,
}
"""What becomes of two lists."""

COMMAND = MergeDeep()
