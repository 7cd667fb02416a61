"""How single values are written as text, in interpolated strings, cells and files."""

from __future__ import annotations

import datetime
import math

from stk_shell.model.types import kind
from stk_shell.model.values import CellPath, Closure, Duration, Filesize, Range, Value

UNITS = (
    ("wk", 604_800_000_000_000),
    ("day", 86_400_000_000_000),
    ("hr", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("sec", 1_000_000_000),
    ("ms", 1_000_000),
    ("µs", 1_000),
    ("ns", 1),
)
"""Units of a duration, longest first, in nanoseconds."""

METRIC = ("kB", "MB", "GB", "TB", "PB", "EB")
"""Units of a filesize in powers of 1000, from 1000 bytes on."""


def plain(value: Value, separator: str = ", ") -> str:
    """The value as text, as it stands in an interpolated string; strings are themselves, null is nothing.

    The separator goes between the items of a list or record.
    """
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, dict):
        return "{" + separator.join(f"{name}: {plain(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + separator.join(map(plain, value)) + "]"
    return scalar(value)


def scalar(value: Value) -> str:
    """A value with nothing inside it, as text; null is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Duration):
        return duration(value)
    if isinstance(value, Filesize):
        return filesize(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime.datetime):
        return timestamp(value)
    if isinstance(value, bytes):
        return str(list(value))
    if isinstance(value, Range):
        return range_text(value)
    return f"<{kind(value)}>" if isinstance(value, Closure) else _path_or_int(value)


def _path_or_int(value: Value) -> str:
    return f"$.{value}" if isinstance(value, CellPath) else str(value)


def number(value: float) -> str:
    """A float in digits, never with an exponent, with at least one digit behind the point.

    From 1e16 on, all digits are those of the number that is kept, not the shortest that stand for it, as in nushell.
    """
    if math.isinf(value) or math.isnan(value):
        return {math.inf: "inf", -math.inf: "-inf"}.get(value, "NaN")
    text = repr(value)
    if "e" not in text:
        return text
    if abs(value) >= 1:
        return f"{value:.1f}"
    from decimal import Decimal

    return format(Decimal(text), "f")


def duration(nanoseconds: int) -> str:
    """A duration in its units: `1day 2hr`, `-90sec` as `-1min 30sec`."""
    parts, rest = [], abs(nanoseconds)
    for unit, size in UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return ("-" if nanoseconds < 0 else "") + (" ".join(parts) or "0sec")


def filesize(count: int) -> str:
    """A number of bytes in the largest metric unit that fits, cut to one decimal."""
    size, power = abs(count), -1
    while size >= 1000 ** (power + 2) and power + 1 < len(METRIC):
        power += 1
    sign = "-" if count < 0 else ""
    if power < 0:
        return f"{sign}{size} B"
    tenths = size * 10 // 1000 ** (power + 1)
    return f"{sign}{tenths // 10}.{tenths % 10} {METRIC[power]}"


def timestamp(value: datetime.datetime) -> str:
    """A date with its offset, and with the fraction of the second where there is one: `2025-03-01 08:30:00 +00:00`."""
    text = value.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")
    micro = value.microsecond
    if micro:
        text += f".{micro // 1000:03}" if micro % 1000 == 0 else f".{micro:06}"
    return f"{text} {offset(value)}"


def offset(value: datetime.datetime) -> str:
    """The distance from UTC, as `+02:00`; with seconds where there are some, as before there were time zones."""
    distance = value.utcoffset() or datetime.timedelta()
    minutes, seconds = divmod(int(abs(distance).total_seconds()), 60)
    text = f"{'-' if distance < datetime.timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def range_text(value: Range) -> str:
    """A range as it is typed: `1..5`, `0..2..<10`."""
    step = "" if value.step is None else f"{scalar(value.step)}.."
    end = "" if value.end is None else ("" if value.inclusive else "<") + scalar(value.end)
    return f"{scalar(value.start)}..{step}{end}"


def counted(number: int) -> str:
    """A count with a blank between the thousands: `13 569`."""
    return f"{number:,}".replace(",", " ")
