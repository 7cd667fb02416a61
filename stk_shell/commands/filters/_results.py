"""What commands share that need a closure's result for every row of a list."""

from __future__ import annotations

from stk_shell.model.batches import Unfit
from stk_shell.model.stream import collect
from stk_shell.model.values import Closure, Value


def results(closure: Closure, rows: list[Value]) -> list[Value]:
    """The closure's result for each row, which is its parameter and its `$in`."""
    if closure.batch is not None:
        try:
            return closure.batch.values(rows)
        except Unfit:
            pass
    return [collect(closure.run((row,), row)) for row in rows]
