"""The command `filter`."""

from __future__ import annotations

from stk_shell.commands.filters._conditions import rows_that_meet
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Filter(Command):
    """Keeps the rows for which a closure gives true."""

    name = "filter"
    summary = "Keep the rows for which a closure gives true."
    description = "`where` takes closures too, and shorter conditions beside them: it is all that is needed."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "table"), ("range", "list<any>")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true for a row that is kept."),),
    )
    examples = (
        Example("[1 2 3 4] | filter {|x| $x > 2 }", "Keep the numbers above 2.", [3, 4]),
        Example(
            "[[name n]; [note 1] [login 5]] | filter {|row| $row.n > 3 }",
            "Keep rows of a table.",
            [{"name": "login", "n": 5}],
        ),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("where", "find", "compact")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the rows for which the closure gives true."""
        return rows_that_meet(call, data, "condition")


COMMAND = Filter()
