"""The command `wrap`."""

from __future__ import annotations

from stk_shell.model.batches import mapped
from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Value


class Wrap(Command):
    """Makes records of values."""

    name = "wrap"
    summary = "Put a value into a record, or each item of a list into a row."
    signature = Signature(
        types=(("list<any>", "table"), ("range", "table"), ("any", "record")),
        category="filters",
        positionals=(Parameter("name", STRING, "The name of the column."),),
    )
    examples = (
        Example("[note login] | wrap name", "A table with one column.", [{"name": "note"}, {"name": "login"}]),
        Example('"hello" | wrap text', "A record with one field.", {"text": "hello"}),
    )
    see_also = ("get", "merge", "zip")

    def gives(self, given: Given) -> Columns:
        """The one that is named."""
        return tuple(Column(name, columns=given.columns) for name in given.texts("name"))

    def run(self, call: Call, data: Data) -> Data:
        """The record, or a stream of records."""
        name = call.text("name")

        def wrapped(value: Value) -> Value:
            return {name: value}

        return mapped(data, wrapped) if is_list_like(data) else wrapped(collect(data))


COMMAND = Wrap()
