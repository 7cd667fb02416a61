"""The command `chunk-by`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.compare import equal
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.values import Closure, Value


class ChunkBy(Command):
    """Cuts a list where something changes."""

    name = "chunk-by"
    summary = "Cut a list into lists of neighbours for which a closure gives the same."
    signature = Signature(
        types=(("list<any>", "list<any>"), ("table", "list<any>"), ("range", "list<any>")),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What neighbours have in common."),),
    )
    examples = (
        Example("[1 1 2 2 1] | chunk-by { $in }", "Runs of equal items.", [[1, 1], [2, 2], [1]]),
        Example(
            "[login login edit] | chunk-by { $in } | each { length }",
            "How often the same happened in a row.",
            [2, 1],
        ),
    )
    see_also = ("chunks", "split list", "group-by")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the lists."""
        return Stream(_chunks(iterate(data), call.closure("closure")))


def _chunks(items: Iterator[Value], closure: Closure) -> Iterator[Value]:
    chunk: list[Value] = []
    common: Value = None
    for item in items:
        result = collect(closure.run((item,), item))
        if chunk and not equal(result, common):
            yield chunk
            chunk = []
        chunk.append(item)
        common = result
    if chunk:
        yield chunk


COMMAND = ChunkBy()
