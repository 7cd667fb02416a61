"""The command `where`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.batches import in_batches
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import CONDITION
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.values import Closure, Value


class Where(Command):
    """Keeps the rows that meet a condition."""

    name = "where"
    summary = "Keep the rows that meet a condition."
    description = """In the condition, a bare word on the left of an operator is a column of the row: `name ==
"login"` is short for `$it.name == "login"`. On the right, a bare word is a text. Conditions are joined with `and`,
`or` and `not`. A column that some rows lack is written with a question mark: `user_id? == 7`. A comparison with null
is null, and such a row is left out."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("range", "list<any>")),
        category="filters",
        positionals=(Parameter("condition", CONDITION, "What a row has to meet."),),
    )
    examples = (
        Example(
            "[[name n]; [note 1] [login 5]] | where name == login",
            "Keep the rows with a certain name.",
            [{"name": "login", "n": 5}],
        ),
        Example("[1 2 3 4] | where $it > 2", "Keep the items above 2; `$it` is the item itself.", [3, 4]),
        Example(
            "[[name n]; [note 1] [login 5] [login 9]] | where name == login and n < 9",
            "Join conditions.",
            [{"name": "login", "n": 5}],
        ),
        Example("[[a]; [x] [y]] | where {|row| $row.a != x }", "Use a closure.", [{"a": "y"}]),
    )
    fails = "A column that a row does not have, or a comparison of types that do not go together, ends the command."
    see_also = ("select", "sort-by", "event list")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows for which the condition gives true."""
        condition = call.closure("condition")

        def kept(rows: Iterator[Value]) -> Iterator[Value]:
            return _kept(rows, condition, call)

        stream = in_batches(data, condition.batch.kept, kept) if condition.batch else None
        return stream or Stream(kept(iterate(data)))


def _kept(rows: Iterator[Value], condition: Closure, call: Call) -> Iterator[Value]:
    for row in rows:
        result = collect(condition.run((row,), row))
        if result is True:
            yield row
        elif result is not False and result is not None:
            label = Label(call.span("condition"), f"this is {article(result)}")
            raise RunError("a condition has to be true or false", "type_mismatch", (label,))


COMMAND = Where()
