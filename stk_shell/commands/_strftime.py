"""Writing dates by a format such as `%Y-%m-%d`, with the specifiers that nushell has."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeAlias

from stk_shell.commands._date_words import DAYS, GROUPS, MONTHS, no_format, pieces
from stk_shell.commands._dates import since_1970
from stk_shell.model.command import Call
from stk_shell.model.text import offset

Part: TypeAlias = Callable[[datetime.datetime], str]

WRITTEN_GROUPS = GROUPS | {"c": "%a %d %b %Y %r %Z", "x": "%m/%d/%Y", "X": "%r"}

PLAIN_DATE = "%a %b %e %T %Y"
"""The form of a date that becomes a text or binary data without anybody saying how."""

FILL = {"-": "", "_": " ", "0": "0"}
"""What the sign behind `%` fills a number up with."""


def _day_of_year(date: datetime.datetime) -> int:
    return date.timetuple().tm_yday


def _fraction(date: datetime.datetime) -> str:
    micro = date.microsecond
    if micro % 1000:
        return f".{micro:06}"
    return f".{micro // 1000:03}" if micro else ""


NUMBERS: dict[str, tuple[Callable[[datetime.datetime], int], int, str]] = {
    "Y": (lambda date: date.year, 4, "0"),
    "C": (lambda date: date.year // 100, 2, "0"),
    "y": (lambda date: date.year % 100, 2, "0"),
    "G": (lambda date: date.isocalendar().year, 4, "0"),
    "g": (lambda date: date.isocalendar().year % 100, 2, "0"),
    "q": (lambda date: (date.month + 2) // 3, 1, "0"),
    "m": (lambda date: date.month, 2, "0"),
    "V": (lambda date: date.isocalendar().week, 2, "0"),
    "U": (lambda date: (_day_of_year(date) + 6 - date.isoweekday() % 7) // 7, 2, "0"),
    "W": (lambda date: (_day_of_year(date) + 6 - date.weekday()) // 7, 2, "0"),
    "j": (_day_of_year, 3, "0"),
    "d": (lambda date: date.day, 2, "0"),
    "e": (lambda date: date.day, 2, " "),
    "u": (lambda date: date.isoweekday(), 1, "0"),
    "w": (lambda date: date.isoweekday() % 7, 1, "0"),
    "H": (lambda date: date.hour, 2, "0"),
    "k": (lambda date: date.hour, 2, " "),
    "I": (lambda date: date.hour % 12 or 12, 2, "0"),
    "l": (lambda date: date.hour % 12 or 12, 2, " "),
    "M": (lambda date: date.minute, 2, "0"),
    "S": (lambda date: date.second, 2, "0"),
    "f": (lambda date: date.microsecond * 1000, 9, "0"),
    "s": (lambda date: since_1970(date) // 1_000_000_000, 1, "0"),
}
"""Specifiers that are numbers, with their width and what fills them up."""

TEXTS: dict[str, Part] = {
    "a": lambda date: DAYS[date.weekday()][:3],
    "A": lambda date: DAYS[date.weekday()],
    "b": lambda date: MONTHS[date.month - 1][:3],
    "B": lambda date: MONTHS[date.month - 1],
    "p": lambda date: "PM" if date.hour >= 12 else "AM",
    "P": lambda date: "pm" if date.hour >= 12 else "am",
    ".f": _fraction,
    "3f": lambda date: f"{date.microsecond // 1000:03}",
    "6f": lambda date: f"{date.microsecond:06}",
    "9f": lambda date: f"{date.microsecond:06}000",
    ".3f": lambda date: f".{date.microsecond // 1000:03}",
    ".6f": lambda date: f".{date.microsecond:06}",
    ".9f": lambda date: f".{date.microsecond:06}000",
    "z": lambda date: offset(date)[:6].replace(":", ""),
    ":z": lambda date: offset(date)[:6],
    "::z": lambda date: f"{offset(date)}:00"[:9],
    ":::z": lambda date: offset(date)[:3],
    "Z": offset,
    "n": lambda date: "\n",
    "t": lambda date: "\t",
    "%": lambda date: "%",
}
"""Specifiers that are texts."""


@lru_cache(maxsize=64)
def formatter(text: str) -> Part:
    """What writes a date by the format.

    Raises:
        ValueError: it is no format; the argument is what cannot be read.
    """
    parts = tuple(_part(*piece) for piece in pieces(text, WRITTEN_GROUPS))
    return lambda date: "".join([part(date) for part in parts])


def _part(padding: str, name: str, between: str) -> Part:
    if between:
        return lambda date: between
    if name in NUMBERS:
        number, width, fill = NUMBERS[name]
        return partial(_filled, number, width, FILL.get(padding, fill))
    if padding or name not in TEXTS:
        raise ValueError(f"%{padding}{name}")
    return TEXTS[name]


def _filled(number: Callable[[datetime.datetime], int], width: int, fill: str, date: datetime.datetime) -> str:
    text = str(number(date))
    return text.rjust(width, fill) if fill else text


def format_argument(call: Call, name: str) -> Part:
    """What writes a date by the format that an argument holds.

    Raises:
        RunError: it is no format.
    """
    try:
        return formatter(call.text(name))
    except ValueError as error:
        raise no_format(call, name, str(error)) from None
