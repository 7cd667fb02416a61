"""The command `chunks`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_one
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value


class Chunks(Command):
    """Cuts a list into lists of one size."""

    name = "chunks"
    summary = "Cut a list into lists of so many items."
    description = "The last one may be shorter."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "list<any>"), ("binary", "list<binary>")),
        category="filters",
        positionals=(Parameter("size", INT, "How many items, or bytes, each has."),),
    )
    examples = (
        Example("[1 2 3 4 5] | chunks 2", "Pairs, and one left.", [[1, 2], [3, 4], [5]]),
        Example(
            '1..25 | chunks 10 | each { .append event "reading" | length }',
            "Record a list ten events at a time.",
            [10, 10, 5],
        ),
    )
    see_also = ("window", "chunk-by", "split list", "every")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the lists."""
        size = at_least_one(call, "size")
        if isinstance(data, bytes):
            return [data[at : at + size] for at in range(0, len(data), size)]
        return Stream(_chunks(iterate(data), size))


def _chunks(items: Iterator[Value], size: int) -> Iterator[Value]:
    while chunk := list(islice(items, size)):
        yield chunk


COMMAND = Chunks()
