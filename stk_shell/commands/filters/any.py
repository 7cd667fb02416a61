"""The command `any`."""

from __future__ import annotations

from stk_shell.commands.filters._conditions import rows_that_meet
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class AnyRow(Command):
    """Asks whether a condition is true of some row."""

    name = "any"
    summary = "Say whether a condition is true of at least one row."
    description = "It stops at the first such row. Of an empty list, nothing is true."
    signature = Signature(
        types=(("list<any>", "bool"), ("table", "bool")),
        category="filters",
        positionals=(Parameter("condition", CLOSURE, "What gives true or false for a row."),),
    )
    examples = (
        Example("[1 2 3] | any {|x| $x > 2 }", "Whether there is a number above 2.", True),
        Example(
            "[[name]; [note] [login]] | any {|row| $row.name == logout }",
            "Whether there is such a row.",
            False,
        ),
        Example("event list | any {|event| $event.is_revoked }", "Whether one of the newest events is revoked.", False),
    )
    fails = "A result that is neither true, false nor null ends the command."
    see_also = ("all", "where", "is-empty")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """True at the first row that meets the condition, false where there is none."""
        for _ in rows_that_meet(call, data, "condition"):
            return True
        return False


COMMAND = AnyRow()
