"""The command `enumerate`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from stk_shell.model.batches import in_batches
from stk_shell.model.columns import Column, Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, Stream, cut_note_of, iterate
from stk_shell.model.values import Value


class Enumerate(Command):
    """Counts rows."""

    name = "enumerate"
    summary = "Number the rows, from 0."
    description = "Each row becomes a record with the columns `index` and `item`."
    signature = Signature(types=(("any", "table"),), category="filters")
    examples = (
        Example("[a b] | enumerate", "Number items.", [{"index": 0, "item": "a"}, {"index": 1, "item": "b"}]),
        Example('[a b] | enumerate | each {|e| $"($e.index + 1). ($e.item)" }', "Make a list.", ["1. a", "2. b"]),
        Example(
            "[[name]; [note] [login]] | enumerate | flatten",
            "A table with a column more.",
            [{"index": 0, "name": "note"}, {"index": 1, "name": "login"}],
        ),
    )
    see_also = ("each", "flatten", "zip")

    def gives(self, given: Given) -> Columns:
        """The number of each item, and the item."""
        return (Column("index", "The number of the item, from 0.", "int"), Column("item", columns=given.columns))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the records."""
        numbers = count()

        def numbered(rows: Iterable[Value]) -> list[Value]:
            # The rows come first, so that no number is lost where they end.
            return [{"index": number, "item": row} for row, number in zip(rows, numbers, strict=False)]

        def slow(rows: Iterable[Value]) -> Iterable[Value]:
            return ({"index": number, "item": row} for row, number in zip(rows, numbers, strict=False))

        stream = in_batches(data, numbered, slow) or Stream(slow(iterate(data)))
        stream.cut_note = cut_note_of(data)
        return stream


COMMAND = Enumerate()
