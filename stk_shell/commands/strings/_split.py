"""Cutting texts into parts: what `split row`, `split column` and `parse` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from stk_shell.model.command import Call
from stk_shell.model.counts import at_least_zero
from stk_shell.model.regexes import Regex, places, regex
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value

Splitter: TypeAlias = Callable[[str], list[str]]
"""Cuts a text into its parts."""

SEPARATOR_FLAGS = (
    Flag("number", "The most parts; the last one keeps what is left.", INT, "n"),
    Flag("regex", "The separator is a regular expression.", short="r"),
)


def splitter(call: Call) -> Splitter:
    """What cuts a text as the call's `separator`, `--number` and `--regex` say.

    Raises:
        RunError: the number is below zero, or the separator no regular expression.
    """
    separator, most = call.text("separator"), at_least_zero(call, "number")
    if most == 0:
        return lambda text: []
    if call.switch("regex") or not separator:
        pattern = regex(separator, call.span("separator"))
        return lambda text: _at_pattern(text, pattern, most)
    return lambda text: text.split(separator, (most or 0) - 1)


def _at_pattern(text: str, pattern: Regex, most: int | None) -> list[str]:
    parts: list[str] = []
    start = 0
    for found in places(pattern, text):
        if len(parts) + 1 == most:
            break
        stop, after = found.span()
        parts.append(text[start:stop])
        start = after
    return [*parts, text[start:]]


def all_parts(data: Data, parts_of: Callable[[Value], Iterable[Value]]) -> Stream:
    """A stream of what all items are cut into; the note of a source that was cut goes on with it."""

    def parts() -> Iterator[Value]:
        for item in iterate(data):
            yield from parts_of(item)

    return Stream(parts(), data.cut_note if isinstance(data, Stream) else None)
