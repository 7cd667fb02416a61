"""Records as TOML."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeAlias

import tomli_w

from stk_shell.model.conform import article
from stk_shell.model.errors import RunError
from stk_shell.model.stream import Data, collect
from stk_shell.model.text import scalar
from stk_shell.model.values import CellPath, Closure, Duration, Range, Record, Value

NOTHING = "<Nothing>"
"""What nushell writes for null, which TOML lacks."""


class Instant(datetime.datetime):
    """A date that is written with a T before the time."""

    def __str__(self) -> str:
        return self.isoformat()


Plain: TypeAlias = "bool | int | float | str | Instant | list[Plain] | dict[str, Plain]"
"""What the library takes."""


def to_toml(value: Value) -> str:
    """The record as a TOML document; durations are texts of their nanoseconds, sizes bytes, bytes a list of numbers.

    Raises:
        RunError: it is no record, or a closure is inside.
    """
    if not isinstance(value, dict):
        raise RunError(
            f"TOML is for records, this is {article(value)}",
            "cant_convert",
            help="Put it into a record, such as `| {rows: $in}`, or take another format, such as `json` or `yaml`.",
        )
    table = _table(value)
    text = tomli_w.dumps(table)
    # Over several lines, the library would drop carriage returns.
    return text if r"\r" in text else tomli_w.dumps(table, multiline_strings=True)


def _table(record: Record) -> dict[str, Plain]:
    return {name: _plain(item) for name, item in record.items()}


def _plain(value: Value) -> Plain:
    if isinstance(value, dict):
        return _table(value)
    if isinstance(value, CellPath):
        return [member.value for member in value.members]
    if isinstance(value, (list, bytes)) or (isinstance(value, Range) and value.end is not None):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return Instant.fromisoformat(value.isoformat())
    if isinstance(value, Closure):
        raise RunError("a closure cannot be written as TOML", "unsupported_input")
    if value is None:
        return NOTHING
    if isinstance(value, Duration):
        return str(int(value))
    return value if isinstance(value, (bool, int, float, str)) else scalar(value)


def pieces(data: Data) -> Iterator[str]:
    """One document."""
    yield to_toml(collect(data))
