"""The command `reduce`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import ANY, CLOSURE
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, collect, iterate
from stk_shell.model.values import Value


class Reduce(Command):
    """Makes one value of many rows."""

    name = "reduce"
    summary = "Make one value of all rows, taking in one after another."
    description = """The closure gets a row and the result so far, which is its `$in`, too, and gives the next
result. The first row is the first result, unless `--fold` says what to begin with."""
    signature = Signature(
        types=(("list<any>", "any"), ("table", "any"), ("range", "any")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What makes the next result of a row and the result so far."),),
        flags=(Flag("fold", "What to begin with.", ANY, short="f"),),
    )
    examples = (
        Example("[1 2 3] | reduce {|row, sum| $sum + $row }", "A sum.", 6),
        Example(
            "[[name n]; [note 1] [login 5]] | reduce --fold 0 {|row, sum| $sum + $row.n }",
            "A sum over a column.",
            6,
        ),
        Example('[a b c] | reduce {|row, all| $"($all)-($row)" }', "A text out of texts.", "a-b-c"),
    )
    fails = "An empty list without `--fold` is an error."
    see_also = ("each", "group-by")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The last result."""
        run, rows = call.closure("closure").run, iterate(data)
        result = call.value("fold") if call.given("fold") else _first(rows, call)
        for row in rows:
            result = collect(run((row, result), result))
        return result


def _first(rows: Iterator[Value], call: Call) -> Value:
    for row in rows:
        return row
    hint = "`--fold 0` gives 0 for an empty list."
    raise RunError("there is nothing to reduce", "error", (Label(call.head, "no rows come in here"),), hint)


COMMAND = Reduce()
