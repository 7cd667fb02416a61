"""The command `sort`."""

from __future__ import annotations

from stk_shell.commands.filters._ordering import IGNORE_CASE, NATURAL, REVERSE, comparable, in_order
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, iterate


class Sort(Command):
    """Puts items in order."""

    name = "sort"
    summary = "Put the items of a list, or the fields of a record, in order."
    description = """Items of different types are ordered by type, null comes last. Texts are ordered by their
characters' numbers, so `Z` comes before `a`. Fields are ordered by name. `sort-by` orders rows by their columns."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("record", "record")),
        category="filters",
        flags=(REVERSE, IGNORE_CASE, NATURAL, Flag("values", "Order the fields of a record by value.", short="v")),
    )
    examples = (
        Example("[3 1 2] | sort", "Numbers.", [1, 2, 3]),
        Example("[3 1 2] | sort --reverse", "The largest first.", [3, 2, 1]),
        Example("[b A a B] | sort --ignore-case", "Texts, whatever their case.", ["A", "a", "b", "B"]),
        Example("[log10 log9 log1] | sort --natural", "Texts with numbers in them.", ["log1", "log9", "log10"]),
        Example("{b: 1, a: 2} | sort", "Fields, by name.", {"a": 2, "b": 1}),
        Example("{login: 7, note: 3} | sort --values", "Fields, by value.", {"note": 3, "login": 7}),
    )
    see_also = ("sort-by", "reverse", "uniq")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The items or fields in order."""
        reverse = call.switch("reverse")
        if isinstance(data, dict):
            fields = list(data.items())
            by = [field if call.switch("values") else name for name, field in fields]
            return dict(in_order(fields, comparable(by, call), reverse=reverse))
        items = list(iterate(data))
        return in_order(items, comparable(items, call), reverse=reverse)


COMMAND = Sort()
