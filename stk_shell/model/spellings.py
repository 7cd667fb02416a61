"""What people write in another way than the language does: amounts, days, and steps into a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stk_shell.model.remedies import column_text

if TYPE_CHECKING:
    from stk_shell.model.span import Span

DAYS = {
    "now": "(date now)",
    "today": "((date now) - 1day)",
    "yesterday": "((date now) - 1day)",
    "tomorrow": "((date now) + 1day)",
}
"""Words for a time, as people write them beside a date."""

UNIT_WORDS = {
    **dict.fromkeys(("ns", "nanosecond", "nanoseconds"), "ns"),
    **dict.fromkeys(("us", "microsecond", "microseconds"), "us"),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "sec"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hr"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "wk"),
    **{f"{letter}{behind}": f"{letter}{behind}" for letter in "kmgtp" for behind in ("b", "ib")},
}
"""What people call the units of durations and sizes, and how the language writes them."""

AMOUNT = re.compile(r"(\d[\d_]*(?:[.,]\d+)?)\s*([a-zA-Zµ]+)(?:,?\s*(?:and\s+)?|$)")
"""A number with the word for its unit."""


def with_units(text: str) -> str | None:
    """The durations or sizes that a text speaks of, as the language writes them: `1hr 30min` for `1 hour 30 minutes`.

    None where it speaks of anything else, or is written so already.
    """
    parts, at = [], 0
    while at < len(text):
        match = AMOUNT.match(text, at)
        unit = UNIT_WORDS.get(match[2].lower()) if match else None
        if match is None or unit is None:
            return None
        parts.append(f"{match[1].replace(',', '.')}{unit}")
        at = match.end()
    meant = " ".join(parts)
    return meant if parts and meant != text else None


def quoted(place: Span, text: str) -> Span | None:
    """Where the line of a place has a text in quotes, if it has it once."""
    source = place.source
    index = source.line_of(place.start)
    line, start = source.line(index), source.line_starts()[index]
    found = [at for quote in "\"'" if (at := line.find(f"{quote}{text}{quote}")) >= 0]
    if len(found) != 1 or line.count(text) != 1:
        return None
    return source.span(start + found[0], start + found[0] + len(text) + 2)


BRACKETED = re.compile(r"""\[(?:(\d+)|"([^"\]]*)"|'([^'\]]*)'|([\w-]+))\]|->>?\s*(?:'([^']*)'|(\w+))""")
"""A step into a value as other languages have it: `[0]`, `["name"]`, and in SQL `->'name'`."""


def with_dots(text: str) -> str | None:
    """A way into a value as a cell path: `name.0` for `name[0]`; None where it is nothing of the kind."""
    meant, count = BRACKETED.subn(
        lambda match: f".{match[1] or column_text(next(filter(None, match.groups()), ''))}", text
    )
    return meant if count else None
