"""Values as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stk_shell.model.stream import Data, collect
from stk_shell.model.text import plain
from stk_shell.model.values import Value
from stk_shell.render.width import display_width

LINE_END = re.compile("\r\n|\r|\n")


def to_markdown(value: Value, *, pretty: bool = False) -> str:
    """A table for records, a line for each item of other lists; `pretty` makes the columns even."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return plain(value)
    if not any(isinstance(row, dict) for row in value):
        return "\n".join(map(plain, value))
    return _table(value, pretty=pretty)


def _table(rows: list[Value], *, pretty: bool) -> str:
    names = list(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
    lines = [[_escaped(name) for name in names]]
    lines += [[_escaped(plain(value)) for value in _cells(row, names)] for row in rows]
    widths = (
        [max(3, *map(display_width, column)) for column in zip(*lines, strict=True)] if pretty else [0] * len(names)
    )
    rule = ["-" * max(3, width) for width in widths]
    padded = [
        [cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)] for row in lines
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (padded[0], rule, *padded[1:]))


def _cells(row: Value, names: list[str]) -> list[Value]:
    """A value for each column; what is no record is the first."""
    return [row.get(name) for name in names] if isinstance(row, dict) else [row, *[None] * (len(names) - 1)]


def _escaped(text: str) -> str:
    """The text in one line of a cell."""
    return LINE_END.sub("<br>", text.replace("|", "\\|"))


def pieces(data: Data) -> Iterator[str]:
    """One text."""
    yield to_markdown(collect(data))
