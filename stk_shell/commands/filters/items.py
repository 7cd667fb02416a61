"""The command `items`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.operations import MakeOfFields, Operation
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect
from stk_shell.model.values import Value


class Items(Command):
    """Runs a closure for every field."""

    name = "items"
    summary = "Run a closure for each field of a record, and give the list of the results."
    description = "The closure is given the name and the value."
    signature = Signature(
        types=(("record", "list<any>"),),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do with each name and value."),),
    )
    examples = (
        Example('{note: 3, login: 1} | items {|name, n| $"($name): ($n)" }', "Make texts.", ["note: 3", "login: 1"]),
        Example(
            "event list | group-by name | items {|name, rows| $rows | length } | math sum",
            "Work on groups of events.",
            3,
        ),
    )
    see_also = ("columns", "values", "each", "transpose")
    asks_for_less = True

    def operation(self, call: Call) -> Operation | None:
        """The closure, as it is written."""
        written = call.closure("closure").written
        return None if written is None else MakeOfFields(written())

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the results, null among them."""
        closure, record = call.closure("closure"), collect(data)
        fields: dict[str, Value] = record if isinstance(record, dict) else {}
        return Stream(collect(closure.run(pair, None)) for pair in fields.items())


COMMAND = Items()
