"""Values into the JSON that is stored and back, and the characters that PostgreSQL cannot hold."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from json import scanner

from stk_shell.model.errors import EventError
from stk_shell.model.literals import whole_number
from stk_shell.model.types import kind
from stk_shell.model.values import CellPath, Range, Value

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
DECODER = json.JSONDecoder(parse_int=whole_number)
SCAN: Callable[[str, int], tuple[Value, int]] = scanner.make_scanner(DECODER)  # type: ignore[arg-type]
NOTHING_ATTACHED = '{"uu": "", "table_name": ""}'
"""What most records have in `table_name_uu_json`."""

SURROGATE = re.compile("[\ud800-\udfff]")
UNDECODED = frozenset(map(chr, range(0xDC80, 0xDD00)))
"""What stands for the bytes of an input that were no UTF-8."""


def stored_json(value: Value) -> str:
    """The JSON text to store. Dates are RFC 3339 texts, durations nanoseconds, sizes bytes, binary lists of bytes.

    Raises:
        EventError: the value holds what JSON or PostgreSQL cannot.
    """
    try:
        text = _encode(value)
    except ValueError:
        raise EventError(
            "a number that is infinite or no number cannot be recorded",
            "number",
            help="`default 0` or `into string` put something else in its place.",
        ) from None
    if "\\u0000" in text and NUL.search(text):
        raise unstorable("\0")
    check_characters(text)
    return text


def loaded_json(text: str | bytes) -> Value:
    """The value of a stored JSON text. Whole numbers beyond 64 bits are floats."""
    value: Value = DECODER.decode(text if isinstance(text, str) else text.decode())
    return value


def loaded_jsonb(data: bytes | bytearray | memoryview) -> Value:
    """The value of a jsonb as PostgreSQL writes it: without blanks around it, and never broken."""
    text = str(data, "utf-8")
    if text == NOTHING_ATTACHED:
        return {"uu": "", "table_name": ""}
    value: Value = SCAN(text, 0)[0]
    return value


def check_characters(text: str) -> str:
    """The text, if PostgreSQL can hold it.

    Raises:
        EventError: it holds a NUL character, or half of a surrogate pair.
    """
    if "\0" in text:
        raise unstorable("\0")
    if not text.isascii():
        found = SURROGATE.search(text)
        if found:
            raise unstorable(found[0])
    return text


def unstorable(char: str) -> EventError:
    """The error for a character that cannot be stored."""
    if char == "\0":
        what, help = "a NUL character", '`str replace --all (char nul) ""` removes it.'
    elif char in UNDECODED:
        what = f"the byte {ord(char) - 0xDC00:02X}, which is not UTF-8 there"
        help = "Convert the input first: `iconv -f latin1 -t utf-8`, or whatever it is instead of latin1."
    else:
        what, help = f"U+{ord(char):04X}, which is no character", "It is half of a pair, and was cut off."
    return EventError(f"the text holds {what}", "text", help=help)


def _as_json(value: Value) -> Value:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, Range) and value.end is not None:
        return list(value)
    if isinstance(value, CellPath):
        return str(value)
    raise EventError(f"a {kind(value)} cannot be recorded", "value")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_as_json, separators=(",", ":")).encode
