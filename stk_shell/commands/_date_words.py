"""The specifiers of date formats, as far as reading and writing share them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PIECE = re.compile(r"%([-_0]?)([A-Za-z]|:{1,3}z|#z|\.f|\.?[369]f|[+%])|([^%]+)")
"""A specifier, with its padding, or the text up to the next one."""

GROUPS = {
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "h": "%b",
    "J": "%Y%m%d",
    "Q": "%H%M%S",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "v": "%e-%b-%Y",
    "+": "%Y-%m-%dT%H:%M:%S%.f%:z",
}
"""Specifiers that stand for several."""


def pieces(text: str, groups: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The padding and name of each specifier of a format, and the texts between them: one or the other is empty.

    Raises:
        ValueError: a `%` begins no specifier; the rest of the format is its argument.
    """
    at = 0
    while at < len(text):
        match = PIECE.match(text, at)
        if match is None or (match[1] and match[2] in groups):
            raise ValueError(text[at:])
        padding, name, between = match.groups(default="")
        if name in groups:
            yield from pieces(groups[name], groups)
        else:
            yield padding, name, between
        at = match.end()


def no_format(call: Call, name: str, rest: str) -> RunError:
    """The error for an argument that is no date format; `rest` is where it cannot be read any further."""
    label = Label(call.span(name), f"`{rest}` is no part of a date")
    hint = "`format date --list` lists the parts; `%%` is a percent sign."
    return RunError("this is no format for dates", "type_mismatch", (label,), hint)
