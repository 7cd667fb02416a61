"""Numbers, durations, sizes and dates: words that are values by their look."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from stk_shell.model.text import UNITS
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value

NUMBER = r"[+-]?(?:\d[\d_]*\.?[\d_]*|_?\.\d[\d_]*)"
INT = re.compile(r"[+-]?\d[\d_]*\Z|[+-]?_+\d[\d_]*\Z")
RADIX = re.compile(r"0(?:x[0-9a-fA-F_]*[0-9a-fA-F]|b[01_]*[01]|o[0-7_]*[0-7])_*\Z")
FLOAT = re.compile(rf"(?:{NUMBER}(?:[eE][+-]?\d+)?|[+-]?(?i:inf|infinity|nan))\Z")
AMOUNT = r"-?\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?"
DURATION = re.compile(rf"({AMOUNT})(ns|us|µs|μs|ms|sec|min|hr|day|wk)\Z")
FILESIZE = re.compile(rf"({AMOUNT})((?:[kmgtpe]i?)?b)\Z", re.IGNORECASE | re.ASCII)
DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?)?\Z")

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SURE_INT = 19
"""Fewer digits than these, with a sign or without, are an int of 64 bits."""

LONGEST_INT = 400
"""The digits from which on a number is not read as an int at all, which Python refuses from 4300 digits on."""

NANOSECONDS = {"us": 1_000, "μs": 1_000, **dict(UNITS)}
"""The length of each unit of a duration, also the other ways of writing a microsecond."""

BYTES = {
    "b": 1,
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgtpe", 1)},
    **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgtpe", 1)},
}
"""The size of each unit of a filesize, in bytes, in lower case."""


def integer(word: str) -> int | None:
    """An integer of 64 bits, in decimal, or with `0x`, `0o`, `0b`."""
    if INT.match(word):
        digits = word.replace("_", "")
        value = int(digits) if len(digits) < LONGEST_INT else INT_MAX + 1
        return value if INT_MIN <= value <= INT_MAX else None
    if RADIX.match(word):
        value = int(word.replace("_", ""), 0)
        if value > INT_MAX:
            value -= 1 << 64
        return value if INT_MIN <= value <= INT_MAX else None
    return None


def floating(word: str) -> float | None:
    """A float; an integer too large for 64 bits is one, as in nushell."""
    return float(word.replace("_", "")) if FLOAT.match(word) else None


def whole_number(digits: str) -> int | float:
    """The number that a text of JSON means by decimal digits, after a sign or none; a float beyond 64 bits."""
    if len(digits) < SURE_INT:
        return int(digits)
    number = int(digits) if len(digits) < LONGEST_INT else float(digits)
    return number if INT_MIN <= number <= INT_MAX else float(digits)


def duration(word: str) -> Duration | None:
    """A number with a unit of time, cut to whole nanoseconds."""
    match = DURATION.match(word)
    if match is None:
        return None
    amount = _scaled(match[1], NANOSECONDS[match[2]])
    return None if amount is None else Duration(amount)


def filesize(word: str) -> Filesize | None:
    """A number with a unit of size, cut to whole bytes."""
    match = FILESIZE.match(word)
    amount = _scaled(match[1], BYTES[match[2].lower()]) if match else None
    return None if amount is None else Filesize(amount)


def exceeds(word: str) -> bool:
    """Whether a word that is read as no duration or filesize would be one, if it were not too large."""
    return DURATION.match(word) is not None or FILESIZE.match(word) is not None


def _scaled(number: str, unit: int) -> int | None:
    number = number.replace("_", "")
    if number.lstrip("-").isdigit() and len(number) < LONGEST_INT:
        amount = int(number) * unit
    elif abs(float(number)) > INT_MAX:
        return None
    else:
        amount = int(float(number) * unit)
    return amount if INT_MIN <= amount <= INT_MAX else None


def date(word: str) -> datetime.datetime | None:
    """A date, with or without a time, in UTC unless it has an offset; finer than microseconds is cut."""
    match = DATE.match(word)
    if match is None:
        return None
    day, time, fraction, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z", "z") else zone
    try:
        return datetime.datetime.fromisoformat(
            f"{day}T{time or '00:00:00'}{(fraction or '')[:7].ljust(7, '0') if fraction else ''}{zone}"
        )
    except ValueError:
        return None


def date_mistake(word: str) -> tuple[str, str | None] | None:
    """What is wrong with a word that looks like a date but is none, and the date that is nearest to it, if one is.

    None where it is a date, or does not look like one.
    """
    match = DATE.match(word)
    if match is None or date(word) is not None:
        return None
    year, month, day = map(int, match[1].split("-"))
    if year == 0:
        return "the first year is 0001", None
    if not 1 <= month <= 12:
        return f"there is no month {month:02}", None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 28 + leap if month == 2 else 30 + (month + month // 8) % 2
    if not 1 <= day <= last:
        return f"{MONTHS[month - 1]} {year} has {last} days", f"{year:04}-{month:02}-{last if day else 1:02}{word[10:]}"
    return "hours end at 23, minutes and seconds at 59", None


READERS: tuple[Callable[[str], Value], ...] = (date, integer, floating, duration, filesize)


def number_like(word: str) -> Value:
    """The value that the word is by its look; None where it is a plain word."""
    if word[0] in "+-.0123456789_iInN":
        for read in READERS:
            value = read(word)
            if value is not None:
                return value
    return None
