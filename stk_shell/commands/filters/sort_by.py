"""The command `sort-by`."""

from __future__ import annotations

from functools import cmp_to_key

from stk_shell.commands.filters._columns import cells
from stk_shell.commands.filters._ordering import IGNORE_CASE, NATURAL, REVERSE, comparable, in_order
from stk_shell.commands.filters._results import results
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.operations import Operation, Order
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
equal in all of them keep their order, which `--reverse` turns round. Null comes last. Texts are ordered by their
characters' numbers, so `Z` comes before `a`."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("range", "list<any>")),
        category="filters",
        positionals=(
            Parameter("comparator", one_of(CLOSURE, CELL_PATH), "A column, or a closure that gives a value."),
        ),
        rest=Parameter("comparators", one_of(CLOSURE, CELL_PATH), "What decides where the first ones are equal."),
        flags=(
            REVERSE,
            IGNORE_CASE,
            NATURAL,
            Flag("custom", "Take closures of two rows, which say whether the first row comes first.", short="c"),
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
        Example(
            "[[n]; [1] [3] [2]] | sort-by --custom {|a, b| $a.n > $b.n }",
            "In an order of your own: here, the largest first.",
            [{"n": 3}, {"n": 2}, {"n": 1}],
        ),
    )
    fails = "A column that a row does not have ends the command."
    see_also = ("sort", "reverse", "group-by")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """The columns, where they alone decide."""
        comparators = [call.value("comparator"), *call.rest("comparators")]
        paths = tuple(path for path in comparators if isinstance(path, CellPath))
        is_plain = not any(map(call.switch, ("ignore-case", "natural", "custom")))
        return Order(paths, call.switch("reverse")) if is_plain and len(paths) == len(comparators) else None

    def run(self, call: Call, data: Data) -> Data:
        """All rows in order."""
        rows = list(iterate(data))
        comparators = [call.value("comparator"), *call.rest("comparators")]
        _refuse_direction(rows, comparators, call)
        if call.switch("custom"):
            return _custom(rows, comparators, call)
        columns = [comparable(_values(rows, comparator, call), call) for comparator in comparators]
        keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        return in_order(rows, keys, reverse=call.switch("reverse"))


def _refuse_direction(rows: list[Value], comparators: list[Value], call: Call) -> None:
    """Refuse SQL's `desc` and `asc`, unless the rows have a column of that name."""
    last = comparators[-1]
    word = str(last).lower() if isinstance(last, CellPath) and len(comparators) > 1 else ""
    if not isinstance(last, CellPath) or word not in ("desc", "asc") or not rows:
        return
    if any(isinstance(row, dict) and str(last) in row for row in rows):
        return
    meant = "--reverse" if word == "desc" else ""
    place = last.members[0].span or call.head
    label = Label(place, "`--reverse` has the largest first")
    raise RunError(f"there is no column `{last}`", "column_not_found", (label,), instead=place.replaced(meant))


def _values(rows: list[Value], comparator: Value, call: Call) -> list[Value]:
    """What the comparator makes of each row."""
    if isinstance(comparator, Closure):
        return results(comparator, rows)
    return cells(rows, _path(comparator), call.head)


def _path(comparator: Value) -> CellPath:
    if isinstance(comparator, CellPath):
        return comparator
    raise TypeError("a comparator is a cell path or a closure")


def _custom(rows: list[Value], comparators: list[Value], call: Call) -> list[Value]:
    """The rows in the order that closures of two rows say."""

    def compare(left: Value, right: Value) -> int:
        for comparator in comparators:
            if isinstance(comparator, Closure):
                return -1 if _comes_first(comparator, left, right, call) else 1
            pair = [follow(row, _path(comparator), call.head) for row in (left, right)]
            first, second = comparable(pair, call)
            if first != second:
                return -1 if first < second else 1
        return 0

    ordered = sorted(rows, key=cmp_to_key(compare))
    return ordered[::-1] if call.switch("reverse") else ordered


def _comes_first(closure: Closure, left: Value, right: Value, call: Call) -> bool:
    result = collect(closure.run((left, right), [left, right]))
    if isinstance(result, bool):
        return result
    label = Label(closure.span, f"this gives {article(result)}")
    raise RunError("what compares two rows has to give true or false", "type_mismatch", (label,))


COMMAND = SortBy()
