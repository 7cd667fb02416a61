"""The command `sort-by`."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.compare import sort_key
from stk_shell.model.paths import follow
from stk_shell.model.shape import CELL_PATH, CLOSURE, one_of
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, collect, iterate
from stk_shell.model.values import CellPath, Closure, Value


class SortBy(Command):
    """Orders rows by what is in them."""

    name = "sort-by"
    summary = "Order rows by columns or by what closures give."
    description = """Rows that are equal in the first column are ordered by the second, and so on; those that are
equal in all of them keep their order. Null comes last. Texts are ordered by their characters' numbers, so `Z` comes
before `a`."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("range", "list<any>")),
        category="filters",
        positionals=(
            Parameter("comparator", one_of(CLOSURE, CELL_PATH), "A column, or a closure that gives a value."),
        ),
        rest=Parameter("comparators", one_of(CLOSURE, CELL_PATH), "What decides where the first ones are equal."),
        flags=(
            Flag("reverse", "Largest first.", short="r"),
            Flag("ignore-case", "Take capital and small letters as equal.", short="i"),
        ),
    )
    examples = (
        Example("[[n]; [3] [1] [2]] | sort-by n", "By a column.", [{"n": 1}, {"n": 2}, {"n": 3}]),
        Example("[[n]; [3] [1] [2]] | sort-by n --reverse", "The largest first.", [{"n": 3}, {"n": 2}, {"n": 1}]),
        Example(
            "[[a b]; [x 2] [y 1] [x 1]] | sort-by a b",
            "By two columns.",
            [{"a": "x", "b": 1}, {"a": "x", "b": 2}, {"a": "y", "b": 1}],
        ),
        Example("[3 1 2] | sort-by {|x| -1 * $x }", "By a closure.", [3, 2, 1]),
    )
    fails = "A column that a row does not have ends the command."
    see_also = ("reverse", "where")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """All rows in order."""
        fold = call.switch("ignore-case")
        keys = [_key(comparator, call) for comparator in (call.value("comparator"), *call.rest("comparators"))]

        def key(row: Value) -> object:
            return [sort_key(_folded(one(row)) if fold else one(row)) for one in keys]

        return sorted(iterate(data), key=key, reverse=call.switch("reverse"))  # type: ignore[arg-type]


def _key(comparator: Value, call: Call) -> Callable[[Value], Value]:
    if isinstance(comparator, CellPath):
        return lambda row: follow(row, comparator, call.head)
    if isinstance(comparator, Closure):
        return lambda row: collect(comparator.run((row,), row))
    raise TypeError("a comparator is a cell path or a closure")


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


COMMAND = SortBy()
