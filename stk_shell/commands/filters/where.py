"""The command `where`."""

from __future__ import annotations

from stk_shell.commands.filters._conditions import rows_that_meet
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import Keep, Operation
from stk_shell.model.shape import CONDITION
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


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
    see_also = ("find", "select", "sort-by", "any", "event list")
    narrows = True

    def operation(self, call: Call) -> Operation | None:
        """The condition, as it is written."""
        written = call.closure("condition").written
        return None if written is None else Keep(written())

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows for which the condition gives true."""
        return rows_that_meet(call, data, "condition")


COMMAND = Where()
