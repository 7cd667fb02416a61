"""Values as they are typed: NUON, nushell's object notation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from stk_shell.model.errors import RunError
from stk_shell.model.literals import number_like
from stk_shell.model.stream import Data, collect
from stk_shell.model.text import scalar
from stk_shell.model.values import Closure, Duration, Filesize, Record, Value

UNSAFE = re.compile(r"""[\s\d.?!,:;"'`$(){}\[\]#|=“”„‘’]|^$""")
"""What has a meaning of its own in a bare word. nushell quotes every word with a digit."""
CONSTANTS = frozenset({"true", "false", "null", "&&"})


def to_nuon(value: Value, indent: str = "", *, raw: bool = False) -> str:
    """The value in NUON, in one line, or with the items on lines of their own where there is an indent.

    A raw one has no blanks.

    Raises:
        RunError: a closure is inside.
    """
    return quoted(value) if isinstance(value, str) else _Writer(indent, raw=raw).write(value, 0)


def quoted(text: str) -> str:
    """The text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bare_or_quoted(text: str) -> str:
    """The text without quotes where it is still that text when it is read."""
    if UNSAFE.search(text) or not text.isprintable() or text in CONSTANTS or number_like(text) is not None:
        return quoted(text)
    return text


class _Writer:
    def __init__(self, indent: str, *, raw: bool) -> None:
        self.indent = indent
        self.blank = "" if raw else " "

    def write(self, value: Value, depth: int) -> str:
        if isinstance(value, list):
            return self.items(value, depth)
        if isinstance(value, dict):
            entries = [
                f"{bare_or_quoted(name)}:{self.blank}{self.write(item, depth + 1)}" for name, item in value.items()
            ]
            return self.bracketed("{", entries, "}", depth)
        if isinstance(value, str):
            return bare_or_quoted(value)
        if isinstance(value, Closure):
            raise RunError("a closure cannot be written in NUON", "unsupported_input")
        return _scalar(value)

    def items(self, items: list[Value], depth: int) -> str:
        rows = [item for item in items if isinstance(item, dict)]
        if rows and len(rows) == len(items) and rows[0] and all(list(row) == list(rows[0]) for row in rows):
            return self.table(rows, depth)
        return self.bracketed("[", [self.write(item, depth + 1) for item in items], "]", depth)

    def table(self, rows: list[Record], depth: int) -> str:
        header = self.bracketed("[", [bare_or_quoted(name) for name in rows[0]], "]", depth + 1)
        lines = [
            self.bracketed("[", [self.write(cell, depth + 2) for cell in row.values()], "]", depth + 1) for row in rows
        ]
        lines[0] = f"{header};{self.gap(depth + 1)}{lines[0]}"
        return self.bracketed("[", lines, "]", depth)

    def bracketed(self, opening: str, parts: list[str], closing: str, depth: int) -> str:
        if not self.indent:
            return f"{opening}{f',{self.blank}'.join(parts)}{closing}"
        inside = f",{self.gap(depth + 1)}".join(parts)
        before = self.gap(depth + 1) if parts else "\n"
        return f"{opening}{before}{inside}{self.gap(depth)}{closing}"

    def gap(self, depth: int) -> str:
        return "\n" + self.indent * depth if self.indent else self.blank


def _scalar(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, Duration):
        return f"{int(value)}ns"
    if isinstance(value, Filesize):
        return f"{int(value)}b"
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"0x[{value.hex().upper()}]"
    return scalar(value)


def pieces(data: Data) -> Iterator[str]:
    """One value in one line."""
    yield to_nuon(collect(data))
