"""Values as plain text, a line for each item."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.stream import Data, TextStream, collect, is_list_like, iterate
from stk_shell.model.text import plain, scalar
from stk_shell.model.values import Value


def lines(data: Data) -> Iterator[str]:
    """The lines, as the items come: `name: value` for what a record holds."""
    if isinstance(data, TextStream):
        yield data.read() or ""
    elif is_list_like(data):
        for item in iterate(data):
            yield inline(item)
    else:
        value = collect(data)
        if isinstance(value, dict):
            yield from (f"{name}: {inline(item)}" for name, item in value.items())
        else:
            yield plain(value)


def inline(value: Value) -> str:
    """A value in one line, without brackets: `a: 1, b: x, y`."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inline(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(inline, value))
    return value if isinstance(value, str) else scalar(value)
