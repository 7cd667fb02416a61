"""The command `append`."""

from __future__ import annotations

from itertools import chain

from stk_shell.model.columns import Columns, Given, together
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate


class Append(Command):
    """Puts rows behind those that come in."""

    name = "append"
    summary = "Put a row or rows behind those that come in."
    description = """A list or range adds each of its items, null adds nothing. `.append event`, with a dot, is what
records an event."""
    signature = Signature(
        types=(("any", "list<any>"),),
        category="filters",
        positionals=(Parameter("rows", ANY, "A row, or a list of rows."),),
    )
    examples = (
        Example("[1 2] | append 3", "An item.", [1, 2, 3]),
        Example("[1 2] | append [3 4]", "The items of a list.", [1, 2, 3, 4]),
        Example("[1 2] | append [[3 4]]", "A list as one item.", [1, 2, [3, 4]]),
        Example("[[name]; [note]] | append {name: login}", "A row.", [{"name": "note"}, {"name": "login"}]),
    )
    see_also = ("prepend", "insert", ".append event")

    def gives(self, given: Given) -> Columns:
        """Those of both."""
        return together(given.columns, given.inside("rows"))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of both."""
        return Stream(chain(iterate(data), iterate(call.value("rows"))))


COMMAND = Append()
