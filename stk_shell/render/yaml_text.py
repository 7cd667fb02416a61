"""Values as YAML, and what its words without quotes mean."""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Iterator

import yaml

from stk_shell.model.errors import RunError
from stk_shell.model.literals import whole_number
from stk_shell.model.stream import Data, collect
from stk_shell.model.text import number, timestamp
from stk_shell.model.values import CellPath, Closure, Duration, Range, Value
from stk_shell.render.cells import CONTROL

CONSTANTS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{f"{sign}{word}": math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **{f"-{word}": -math.inf for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
RADIX = re.compile(r"[-+]?0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)\Z")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?\Z")
NUMBER_BEGINS = frozenset("+-.0123456789")


def meaning(word: str) -> Value:
    """What a word without quotes means: YAML 1.2, in which `yes`, `1_000` and dates are texts."""
    if word in CONSTANTS:
        return CONSTANTS[word]
    if word[0] in NUMBER_BEGINS:
        if INT.match(word):
            return whole_number(word)
        if RADIX.match(word):
            return int(word, 0)
        if FLOAT.match(word) and math.isfinite(float(word)):
            return float(word)
    return word


def to_yaml(value: Value) -> str:
    """The value as a YAML document; dates and durations are texts, sizes bytes, bytes a list of numbers.

    Raises:
        RunError: a closure is inside.
    """
    events = _document(value)
    text: str = yaml.emit(events, Dumper=yaml.SafeDumper, width=sys.maxsize, allow_unicode=True)
    # The library marks where a document that is a single word begins or ends; a word may end like that as well.
    return text.removeprefix("--- ").removesuffix("...\n" if text.endswith("\n...\n") else "")


def _document(value: Value) -> Iterator[yaml.Event]:
    yield yaml.StreamStartEvent()
    yield yaml.DocumentStartEvent(explicit=False)
    yield from _node(value)
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


def _node(value: Value) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
        for name, item in value.items():
            yield _text(name)
            yield from _node(item)
        yield yaml.MappingEndEvent()
    elif (items := _items(value)) is not None:
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for item in items:
            yield from _node(item)
        yield yaml.SequenceEndEvent()
    elif isinstance(value, (str, Duration)):
        yield _text(value if isinstance(value, str) else str(int(value)))
    else:
        yield yaml.ScalarEvent(None, None, (True, True), _scalar(value))


def _items(value: Value) -> list[Value] | None:
    """The items of what is written as a list."""
    if isinstance(value, list):
        return value
    if isinstance(value, bytes) or (isinstance(value, Range) and value.end is not None):
        return list(value)
    return [member.value for member in value.members] if isinstance(value, CellPath) else None


def _text(text: str) -> yaml.Event:
    """A text, in quotes where it would mean something else."""
    is_plain = isinstance(meaning(text), str) and not RADIX_LIKE.match(text)
    style = '"' if NEEDS_ESCAPES.search(text) else "|" if "\n" in text else None
    return yaml.ScalarEvent(None, None, (is_plain, True), text, style=style)


NEEDS_ESCAPES = re.compile(f"(?![\n\t]){CONTROL.pattern}")
"""Signs that end a line for readers of YAML, and those that a terminal is shown as escapes, which only quotes allow."""

RADIX_LIKE = re.compile(r"[-+]?[0-9]+\Z")
"""Numbers with zeros before them, which older readers take for octal."""


def _scalar(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime.datetime):
        return timestamp(value)
    if isinstance(value, Closure):
        raise RunError("a closure cannot be written as YAML", "unsupported_input")
    return str(int(value)) if isinstance(value, int) else "null"


def _float(value: float) -> str:
    if not math.isfinite(value):
        return {math.inf: ".inf", -math.inf: "-.inf"}.get(value, ".nan")
    mantissa, e, exponent = repr(value).partition("e")
    if exponent == "-05":
        return number(value)
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def pieces(data: Data) -> Iterator[str]:
    """One document."""
    yield to_yaml(collect(data))
