"""Values as plain text, a line for each item."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.stream import Data, TextStream, collect, is_list_like, iterate
from stk_shell.model.text import METRIC, scalar
from stk_shell.model.values import Filesize, Value


def lines(data: Data) -> Iterator[str]:
    """The lines, as the items come: `name: value` for what a record holds."""
    if isinstance(data, TextStream):
        yield from whole_lines(data)
    elif is_list_like(data):
        for item in iterate(data):
            yield inline(item)
    else:
        value = collect(data)
        if isinstance(value, dict):
            yield from (f"{name}: {inline(item)}" for name, item in value.items())
        else:
            yield inline(value)


def whole_lines(text: TextStream) -> Iterator[str]:
    """The text as it comes, cut at ends of lines."""
    begun: list[str] = []
    for piece in text.pieces():
        begun.append(piece)
        if "\n" in piece:
            head, newline, rest = "".join(begun).rpartition("\n")
            begun = [rest]
            yield head + newline
    if last := "".join(begun):
        yield last


def inline(value: Value) -> str:
    """A value in one line, without brackets: `a: 1, b: x, y`. Sizes are exact."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inline(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(inline, value))
    if isinstance(value, Filesize):
        return _exact_size(value)
    return value if isinstance(value, str) else scalar(value)


def _exact_size(size: int) -> str:
    """A size in the largest unit that it reaches, with all of its digits."""
    power = min((len(str(abs(size))) - 1) // 3, len(METRIC))
    if power == 0:
        return f"{size} B"
    whole, rest = divmod(abs(size), 1000**power)
    digits = f"{whole}.{rest:0{3 * power}}".rstrip("0").rstrip(".")
    return f"{'-' if size < 0 else ''}{digits} {METRIC[power - 1]}"
