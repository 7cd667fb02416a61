"""What commands share that ask a closure about each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from stk_shell.model.batches import in_batches
from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.remedies import as_condition
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.model.values import Value

Test: TypeAlias = "Callable[[Value], bool]"
"""Whether a row meets a condition."""


def condition(call: Call, name: str) -> Test:
    """The closure of that name as a test, for which null counts as no.

    The test raises `RunError` where the closure gives something that is neither true, false nor null.
    """
    run, place = call.closure(name).run, call.span(name)

    def test(row: Value) -> bool:
        result = collect(run((row,), row))
        if result is None or isinstance(result, bool):
            return result is True
        label, meant = Label(place, f"this is {article(result)}"), as_condition(place.text, result)
        instead = place.replaced(meant) if meant and not place.text.startswith("{") else None
        raise RunError("a condition has to be true or false", "type_mismatch", (label,), instead=instead)

    return test


def rows_that_meet(call: Call, data: Data, name: str) -> Stream:
    """A stream of the rows for which the closure of that name gives true."""
    batch, test = call.closure(name).batch, condition(call, name)

    def kept(rows: Iterator[Value]) -> Iterator[Value]:
        return filter(test, rows)

    stream = in_batches(data, batch.kept, kept) if batch else None
    return stream or Stream(kept(iterate(data)))
