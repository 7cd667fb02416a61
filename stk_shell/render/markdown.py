"""Values as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

from stk_shell.model.stream import Data, collect
from stk_shell.model.struct import Struct
from stk_shell.model.text import plain
from stk_shell.model.values import Range, Value
from stk_shell.render.width import display_width

LINE_END = re.compile("\r\n|\r|\n")
IN_CELLS = re.compile(r"[\\|]")
SIGNS = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|]")
SIGNS_BUT_TAGS = re.compile(r"[\\`*_{}\[\]()#+\-.!|]")

MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "blockquote": "> "}
"""What a record of a single column of that name becomes."""

NARROWEST = 3


class Markdown(Struct):
    """How Markdown is written: with even columns or not, which columns are centred, and what is escaped."""

    pretty: bool = False
    per_element: bool = False
    center: frozenset[str] = frozenset()
    escape_md: bool = False
    escape_html: bool = False

    def render(self, value: Value) -> str:
        """A table for records, a line for each item of other lists.

        `per_element` begins a new table where the columns change, and makes headings of `{h1: ...}` and the like.
        """
        items: Value = list(value) if isinstance(value, Range) and value.end is not None else value
        if not isinstance(items, list):
            return self._block([items]) if isinstance(items, dict) else self._text(items)
        if self.per_element:
            return self._blocks(items)
        return self._block(items)

    def _blocks(self, items: list[Value]) -> str:
        blocks = [self._block(list(group)) for _, group in groupby(items, _kind)]
        # A table goes on to the next empty line.
        parts = [f"{block}\n" if block.startswith("|") else block for block in blocks[:-1]]
        return "\n".join([*parts, *blocks[-1:]])

    def _block(self, items: list[Value]) -> str:
        rows = [item for item in items if isinstance(item, dict)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        if len(items) == len(names) == 1 and names[0].lower() in MARKS:
            return MARKS[names[0].lower()] + self._text(rows[0][names[0]])
        if names:
            return self._table(items, names)
        return "\n".join(self.render(item) for item in items if item is not None and item != {})

    def _table(self, rows: list[Value], names: list[str]) -> str:
        lines = [[self._cell(name) for name in names]]
        lines += [[self._cell(plain(value)) for value in _cells(row, names)] for row in rows]
        widths = [max(NARROWEST, *map(display_width, column)) for column in zip(*lines, strict=True)]
        widths = widths if self.pretty else [NARROWEST] * len(names)
        centered = [name in self.center for name in names]
        rule = [
            f":{'-' * width}:" if center else f" {'-' * width} " for width, center in zip(widths, centered, strict=True)
        ]
        if self.pretty:
            pad = [_in_the_middle if center else _to_the_left for center in centered]
            lines = [[put(cell, width) for put, cell, width in zip(pad, line, widths, strict=True)] for line in lines]
        first, *others = (f"| {' | '.join(line)} |" for line in lines)
        return "\n".join([first, f"|{'|'.join(rule)}|", *others])

    def _text(self, value: Value) -> str:
        return self._escaped(plain(value))

    def _cell(self, text: str) -> str:
        """The text in one line of a table."""
        escaped = self._escaped(text)
        return LINE_END.sub("<br>", escaped if self.escape_md else IN_CELLS.sub(r"\\\g<0>", escaped))

    def _escaped(self, text: str) -> str:
        if self.escape_md:
            text = (SIGNS_BUT_TAGS if self.escape_html else SIGNS).sub(r"\\\g<0>", text)
        return html.escape(text) if self.escape_html else text


def _kind(item: Value) -> object:
    """What items of one block have in common: the columns of their table."""
    return tuple(item) if isinstance(item, dict) else isinstance(item, list)


def _cells(row: Value, names: list[str]) -> list[Value]:
    """A value for each column; what is no record is the first."""
    return [row.get(name) for name in names] if isinstance(row, dict) else [row, *[None] * (len(names) - 1)]


def _to_the_left(cell: str, width: int) -> str:
    return cell + " " * (width - display_width(cell))


def _in_the_middle(cell: str, width: int) -> str:
    return _to_the_left(" " * ((width - display_width(cell)) // 2) + cell, width)


def pieces(data: Data) -> Iterator[str]:
    """One text."""
    yield Markdown().render(collect(data))
