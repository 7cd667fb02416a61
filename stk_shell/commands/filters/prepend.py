"""The command `prepend`."""

from __future__ import annotations

from itertools import chain

from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class Prepend(Command):
    """Puts rows before those that come in."""

    name = "prepend"
    summary = "Put a row or rows before those that come in."
    description = "A list or range adds each of its items, null adds nothing."
    signature = Signature(
        types=(("any", "list<any>"),),
        category="filters",
        positionals=(Parameter("rows", ANY, "A row, or a list of rows."),),
    )
    examples = (
        Example("[2 3] | prepend 1", "An item.", [1, 2, 3]),
        Example("[2 3] | prepend [0 1]", "The items of a list.", [0, 1, 2, 3]),
        Example("[[name]; [note]] | prepend {name: login}", "A row.", [{"name": "login"}, {"name": "note"}]),
    )
    see_also = ("append", "insert")

    def gives(self, given: Given) -> Columns:
        """Those of both."""
        return together(given.columns, given.inside("rows"))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of both."""
        return Stream(chain(iterate(call.value("rows")), iterate(data)))


COMMAND = Prepend()
