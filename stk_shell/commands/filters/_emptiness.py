"""What commands share that ask whether something is empty."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.paths import follow
from stk_shell.model.stream import Data, Stream, TextStream, iterate
from stk_shell.model.values import Value


def empty(value: Value) -> bool:
    """Whether the value is null, or a text, list, record or binary with nothing in it."""
    return value is None or (isinstance(value, (str, list, dict, bytes)) and not value)


def nothing_in(call: Call, data: Data) -> bool:
    """Whether the data is empty; with columns, whether each of those cells is null in every row."""
    columns = call.paths("columns")
    if columns:
        return all(follow(row, path, call.head) is None for row in iterate(data) for path in columns)
    if isinstance(data, Stream):
        return next((False for _ in data), True)
    return empty(data.read() if isinstance(data, TextStream) else data)
