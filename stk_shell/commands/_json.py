"""Reading JSON as the commands do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TypeAlias

from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import whole_number
from stk_shell.model.span import Span
from stk_shell.model.stream import Stream, TextStream, line_batches
from stk_shell.model.values import Value

Reader: TypeAlias = Callable[[str, Span, "int | None"], Value]
"""Makes a value of a text. The place is for errors, with the line where the text is one of many."""


def parse_json(text: str, place: Span, line: int | None = None) -> Value:
    """The value of a JSON text. Integers beyond 64 bits become floats.

    Raises:
        RunError: it is no JSON.
    """
    return _decoded(_STRICT, text, place, line)


def parse_relaxed(text: str, place: Span, line: int | None = None) -> Value:
    """The value of a JSON text, or of what people write for it: as `from json` reads it.

    Raises:
        RunError: it is neither; the error says why it is no JSON.
    """
    try:
        return _decoded(_WITH_NEWLINES, text.removeprefix("\ufeff"), place, line)
    except RunError as error:
        failure = error
    # Nearly every text is JSON.
    from stk_shell.commands._relaxed_json import read_relaxed

    try:
        return read_relaxed(text)
    except (ValueError, RecursionError):
        raise failure from None


def json_lines(text: Value | TextStream, read: Reader, place: Span) -> Stream:
    """A stream of the values that stand in the lines of a text, as they come; empty lines are none."""
    return Stream.of_batches(_values(text, read, place))


def _values(text: Value | TextStream, read: Reader, place: Span) -> Iterator[list[Value]]:
    before = 0
    for lines in line_batches(text):
        values: list[Value] = []
        try:
            for number, line in enumerate(lines, before + 1):
                if line and not line.isspace():
                    values.append(read(line, place, number))
        except RunError:
            yield values
            raise
        before += len(lines)
        yield values


def _decoded(decoder: json.JSONDecoder, text: str, place: Span, line: int | None) -> Value:
    try:
        value: Value = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise _no_json(error, text, place, line) from None
    except RecursionError:
        label = Label(place, f"line {line}" if line else "")
        raise RunError("this JSON is nested too deeply", "json", (label,)) from None
    return value


def _no_json(error: json.JSONDecodeError, text: str, place: Span, line: int | None) -> RunError:
    where = f"line {line or error.lineno}, column {error.colno}"
    near = text[max(error.pos - 20, 0) : error.pos + 10].replace("\n", " ")
    label = Label(place, f"{where}: near `{near}`" if near else where)
    many = error.msg == "Extra data" and text[: error.pos].endswith("\n")
    hint = "`from json --objects` reads a value from each line." if many else None
    return RunError(f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]}", "json", (label,), hint)


def _no_constant(name: str) -> Value:
    raise json.JSONDecodeError(f"{name} is no JSON", name, 0)


_STRICT = json.JSONDecoder(parse_int=whole_number, parse_constant=_no_constant)
_WITH_NEWLINES = json.JSONDecoder(parse_int=whole_number, parse_constant=_no_constant, strict=False)
