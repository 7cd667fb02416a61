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


LETTERS = {
    **dict.fromkeys(("yyyy", "YYYY"), "%Y"),
    **dict.fromkeys(("yy", "YY"), "%y"),
    **dict.fromkeys(("dd", "DD"), "%d"),
    **dict.fromkeys(("hh24", "HH24", "HH", "hh"), "%H"),
    **dict.fromkeys(("ss", "SS"), "%S"),
    **dict.fromkeys(("mi", "MI", "mm"), "%M"),
    **dict.fromkeys(("Month", "MMMM"), "%B"),
    **dict.fromkeys(("Mon", "MMM"), "%b"),
    "MM": "%m",
}
"""The parts of dates in the formats of SQL, spreadsheets and other languages."""

LETTER_GROUPS = re.compile("|".join(map(re.escape, sorted(LETTERS, key=len, reverse=True))))


def with_percent(text: str) -> str | None:
    """A format of SQL or another language in our own: `%Y-%m-%d` for `YYYY-MM-DD`; None where it is none of theirs."""
    if "%" in text or not re.search("[yYhH]", text):
        return None
    meant, count = LETTER_GROUPS.subn(lambda match: LETTERS[match[0]], text)
    # `mm` are minutes beside hours and seconds, and months elsewhere.
    meant = re.sub(r"(?<=%Y[-./ ])%M|(?<=%d[-./ ])%M|%M(?=[-./ ]%d)", "%m", meant)
    meant = re.sub("(?<=%H:)%m", "%M", meant)
    return meant if count > 1 else None


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
