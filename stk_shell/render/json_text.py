"""Values as JSON."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator

from stk_shell.model.errors import RunError
from stk_shell.model.operations import JsonLines
from stk_shell.model.source import Declined, Source
from stk_shell.model.stream import Data, Stream, TextStream, collect
from stk_shell.model.text import timestamp
from stk_shell.model.values import CellPath, Range, Value


def to_json(value: Value, indent: int | str | None = None) -> str:
    """The value as JSON: in one line, or indented by blanks or a text.

    Durations are nanoseconds and sizes bytes, as integers. Dates are texts; what is no number is null.

    Raises:
        RunError: a closure is inside.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    try:
        return _dumps(value, indent, separators)
    except ValueError:
        return _dumps(_finite(value), indent, separators)


def _dumps(value: Value, indent: int | str | None, separators: tuple[str, str]) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators, default=_as_json
    )


def _as_json(value: Value) -> Value:
    if isinstance(value, datetime.datetime):
        return timestamp(value)
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, Range):
        return list(value) if value.end is not None else None
    if isinstance(value, CellPath):
        return [member.value for member in value.members]
    raise RunError("a closure cannot be written as JSON", "unsupported_input")


def _finite(value: Value) -> Value:
    """The value with null in the place of infinity and of what is no number, which JSON lacks."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    return value


def pieces(data: Data) -> Iterator[str]:
    """One document, indented; a stream becomes a list as its items come."""
    if not isinstance(data, Stream):
        yield to_json(collect(data), 2)
        return
    last = None
    for item in data:
        yield "[" if last is None else f"{last},"
        last = "  " + to_json(item, 2).replace("\n", "\n  ")
    yield "[]" if last is None else f"{last}\n]"


def lines(data: Data) -> Iterator[str]:
    """A line for each item (newline-delimited JSON), as the items come; where somebody makes them together, several."""
    text = _made_together(data) if isinstance(data, Source) else None
    if text is not None:
        yield from text.pieces()
        return
    items = data if isinstance(data, (list, Stream, Range)) else [collect(data)]
    for item in items:
        yield to_json(item)


def _made_together(rows: Source) -> TextStream | None:
    """The lines, where whoever keeps the rows makes them exactly alike."""
    try:
        text = rows.taken(JsonLines(to_json), _as_text)
    except Declined:
        return None
    return text if isinstance(text, TextStream) else None


def _as_text(data: Data) -> TextStream:
    return TextStream(f"{line}\n" for line in lines(data))
