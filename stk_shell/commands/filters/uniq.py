"""The command `uniq`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from stk_shell.commands.filters._distinct import COUNTING, identities, identity, tally
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Distinct, Operation
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value

TALLIED = ("count", "repeated", "unique")
"""Flags that ask for what all rows tell."""


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
    see_also = ("uniq-by", "histogram", "group-by", "sort")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """All that the command does, unless it folds the case of letters."""

        def finish(rows: list[Value], counts: list[int]) -> list[Value]:
            return tally(call, rows, identities(rows, call), counts)

        return None if call.switch("ignore-case") else Distinct(finish, any(map(call.switch, TALLIED)))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows, each of them once; with counts, a list."""
        if any(map(call.switch, TALLIED)):
            rows = list(iterate(data))
            return tally(call, rows, identities(rows, call))
        return Stream(_once(iterate(data), fold=call.switch("ignore-case")))


def _once(rows: Iterable[Value], *, fold: bool) -> Iterator[Value]:
    seen: set[Hashable] = set()
    for row in rows:
        same = row if type(row) is str and not fold else identity(row, fold=fold)
        if same not in seen:
            seen.add(same)
            yield row


COMMAND = Uniq()
