"""The command `each while`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.values import Closure, Value


class EachWhile(Command):
    """Runs a closure for every row until it gives null."""

    name = "each while"
    summary = "Run a closure for each row until it gives null, and give the list of the results."
    description = "The row is the closure's parameter and its `$in`. What comes after the null is not read."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "list<any>"), ("range", "list<any>")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do with each row."),),
    )
    examples = (
        Example("[1 2 5 1] | each while {|x| if $x < 3 { $x * 2 } }", "Double numbers until one is large.", [2, 4]),
        Example("1.. | each while {|x| if $x * $x < 20 { $x } }", "Out of what never ends.", [1, 2, 3, 4]),
    )
    see_also = ("each", "take while")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the results."""
        return Stream(_until_null(iterate(data), call.closure("closure")))


def _until_null(rows: Iterator[Value], closure: Closure) -> Iterator[Value]:
    for row in rows:
        result = collect(closure.run((row,), row))
        if result is None:
            return
        yield result


COMMAND = EachWhile()
