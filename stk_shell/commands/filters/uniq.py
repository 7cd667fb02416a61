"""The command `uniq`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from stk_shell.commands.filters._distinct import COUNTING, identity, tally
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value


class Uniq(Command):
    """Leaves out what was there before."""

    name = "uniq"
    summary = "Keep each row or item once, or count how often it occurs."
    description = "The first of equal ones is kept, wherever they stand: the list need not be in order."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table")),
        category="filters",
        flags=COUNTING,
    )
    examples = (
        Example("[note login note] | uniq", "Each once.", ["note", "login"]),
        Example(
            "[note login note] | uniq --count",
            "How often each occurs.",
            [{"value": "note", "count": 2}, {"value": "login", "count": 1}],
        ),
        Example("[note login note] | uniq --repeated", "What occurs more than once.", ["note"]),
        Example("[note login note] | uniq --unique", "What occurs once.", ["login"]),
        Example("[note Note] | uniq --ignore-case", "Whatever the case.", ["note"]),
        Example(
            "event list | get name | uniq | sort",
            "Which names the newest events have.",
            ["authentication", "order-error", "user-milestone"],
        ),
    )
    see_also = ("uniq-by", "group-by", "sort")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows, each of them once; with counts, a list."""
        rows, fold = iterate(data), call.switch("ignore-case")

        def key(row: Value) -> Hashable:
            return identity(row, fold=fold)

        if any(call.switch(flag) for flag in ("count", "repeated", "unique")):
            return tally(call, rows, key)
        return Stream(_once(rows, key))


def _once(rows: Iterable[Value], key: Callable[[Value], Hashable]) -> Iterator[Value]:
    seen: set[Hashable] = set()
    for row in rows:
        same = key(row)
        if same not in seen:
            seen.add(same)
            yield row


COMMAND = Uniq()
