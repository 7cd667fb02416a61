"""Reading dates by a format such as `%d.%m.%Y`, with the specifiers that nushell has."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from stk_shell.commands._date_words import DAYS, GROUPS, MONTHS, no_format, pieces
from stk_shell.commands._dates import EPOCH
from stk_shell.model.command import Call

Fields: TypeAlias = "dict[str, int]"
"""What a text says, by the names in `SPECIFIERS`."""

Reader: TypeAlias = Callable[[str, datetime.datetime], datetime.datetime]
"""Gives the date that a text means now, without a zone where it names none; ValueError where it is no date."""

READ_GROUPS = GROUPS | {"c": "%a %b %e %T %Y", "x": "%D", "X": "%T", "+": "%Y-%m-%dT%H:%M:%S%.f%#z"}

LEAST_YEAR_OF_1900 = 70
"""Years of two digits are of the 20th century from this one on."""


def _digits(most: int) -> str:
    return rf"\s*+(\d{{1,{most}}}+)"


def _one_of(*words: str) -> str:
    return f"((?i:{'|'.join(words)}))"


def _index(words: tuple[str, ...]) -> Callable[[str], int]:
    return lambda text: next(at for at, word in enumerate(words, 1) if word[:3].lower() == text[:3].lower())


def _fraction(text: str) -> int:
    return int(text.lstrip(".")[:9].ljust(9, "0"))


def _offset(text: str) -> int:
    if text in "Zz":
        return 0
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if minutes > 59:
        raise ValueError(text)
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


TWO = _digits(2)
OFFSET = r"\s*+([+-]\d\d:?\d\d)"
DAY_NAMES, MONTH_NAMES = _index(DAYS), _index(MONTHS)

SPECIFIERS: dict[str, tuple[str, str, Callable[[str], int]]] = {
    "Y": ("year", r"\s*+([+-]?\d{1,4}+)", int),
    "C": ("century", TWO, int),
    "y": ("year of century", TWO, int),
    "m": ("month", TWO, int),
    "b": ("month", _one_of(*(month[:3] for month in MONTHS)), MONTH_NAMES),
    "B": ("month", _one_of(*MONTHS, *(month[:3] for month in MONTHS)), MONTH_NAMES),
    **dict.fromkeys("de", ("day", TWO, int)),
    "a": ("weekday", _one_of(*(day[:3] for day in DAYS)), DAY_NAMES),
    "A": ("weekday", _one_of(*DAYS, *(day[:3] for day in DAYS)), DAY_NAMES),
    "u": ("weekday", _digits(1), int),
    "w": ("weekday", _digits(1), lambda text: int(text) or 7),
    "j": ("day of year", _digits(3), int),
    "G": ("ISO year", r"\s*+([+-]?\d{1,4}+)", int),
    "V": ("ISO week", TWO, int),
    "U": ("week from Sunday", TWO, int),
    "W": ("week from Monday", TWO, int),
    **dict.fromkeys("Hk", ("hour", TWO, int)),
    **dict.fromkeys("Il", ("hour of half", TWO, int)),
    **dict.fromkeys("pP", ("half", "((?i:AM|PM))", lambda text: int(text.lower() == "pm"))),
    "M": ("minute", TWO, int),
    "S": ("second", TWO, int),
    "f": ("nanosecond", _digits(9), int),
    **dict.fromkeys((".f", ".3f", ".6f", ".9f"), ("nanosecond", r"(\.\d++)?", _fraction)),
    "3f": ("nanosecond", r"(\d{3})", _fraction),
    "6f": ("nanosecond", r"(\d{6})", _fraction),
    "9f": ("nanosecond", r"(\d{9})", _fraction),
    "s": ("timestamp", r"\s*+([+-]?\d{1,19}+)", int),
    **dict.fromkeys(("z", ":z", "::z", ":::z"), ("offset", OFFSET, _offset)),
    "#z": ("offset", r"\s*+([Zz]|[+-]\d\d(?::?\d\d)?)", _offset),
}
"""Specifiers with the field that they fill, what they look like, and how that is read."""

PLAIN = {"n": r"\s*+", "t": r"\s*+", "%": "%", "Z": r"\S*+"}
"""Specifiers that only have to be there."""


@lru_cache(maxsize=64)
def reader(text: str) -> Reader:
    """What reads a date by the format.

    Raises:
        ValueError: it is no format; the argument is what cannot be read.
    """
    pattern, names = "", []
    for padding, name, between in pieces(text, READ_GROUPS):
        if name in SPECIFIERS:
            names.append(name)
            pattern += SPECIFIERS[name][1]
        elif name and name not in PLAIN:
            raise ValueError(f"%{padding}{name}")
        else:
            pattern += PLAIN.get(name) or re.sub(r"(?:\\?\s)+", r"\\s*+", re.escape(between))
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str, now: datetime.datetime) -> datetime.datetime:
        match = compiled.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return _date(_fields(names, match.groups()), now)

    return read


def _fields(names: list[str], texts: tuple[str | None, ...]) -> Fields:
    fields: Fields = {}
    for name, text in zip(names, texts, strict=True):
        if text:
            field, _, value = SPECIFIERS[name]
            if fields.setdefault(field, value(text)) != value(text):
                raise ValueError(text)
    return fields


def _date(fields: Fields, now: datetime.datetime) -> datetime.datetime:
    """The date that the fields mean: today where there is only a time, at midnight where there is none."""
    if "timestamp" in fields:
        return EPOCH + datetime.timedelta(seconds=fields["timestamp"])
    day, time = _day(fields), _time(fields)
    if day is None and time is None:
        raise ValueError("neither a date nor a time")
    date = datetime.datetime.combine(day or now.date(), time or datetime.time())
    if day is None or time is None or "offset" not in fields:
        return date
    return date.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=fields["offset"])))


def _day(fields: Fields) -> datetime.date | None:
    day = _day_of_year(fields) or _day_of_week(fields)
    if day is not None and fields.get("weekday", day.isoweekday()) != day.isoweekday():
        raise ValueError("another day of the week")
    return day


def _day_of_year(fields: Fields) -> datetime.date | None:
    year = _year(fields)
    if year is None:
        return None
    if "month" in fields and "day" in fields:
        return datetime.date(year, fields["month"], fields["day"])
    if "day of year" not in fields:
        return None
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=fields["day of year"] - 1)
    if day.year != year:
        raise ValueError("the year has fewer days")
    return day


def _year(fields: Fields) -> int | None:
    if "year" in fields or "year of century" not in fields:
        return fields.get("year")
    short = fields["year of century"]
    return fields.get("century", 19 if short >= LEAST_YEAR_OF_1900 else 20) * 100 + short


def _day_of_week(fields: Fields) -> datetime.date | None:
    weekday, year = fields.get("weekday"), _year(fields)
    if weekday is None:
        return None
    if "ISO year" in fields and "ISO week" in fields:
        return datetime.date.fromisocalendar(fields["ISO year"], fields["ISO week"], weekday)
    for field, first in (("week from Monday", 1), ("week from Sunday", 7)):
        if year is not None and field in fields:
            return _day_of_numbered_week(year, fields[field], (weekday - first) % 7, first)
    return None


def _day_of_numbered_week(year: int, week: int, days: int, first: int) -> datetime.date:
    """The day so many days into a week of the year; week 1 begins with the first day of the year that begins a week."""
    new_year = datetime.date(year, 1, 1)
    start = new_year + datetime.timedelta(days=(first - new_year.isoweekday()) % 7)
    return start + datetime.timedelta(days=(week - 1) * 7 + days)


def _time(fields: Fields) -> datetime.time | None:
    hour = _hour(fields)
    if hour is None or "minute" not in fields:
        return None
    return datetime.time(hour, fields["minute"], fields.get("second", 0), fields.get("nanosecond", 0) // 1000)


def _hour(fields: Fields) -> int | None:
    half = fields.get("half")
    if "hour" in fields:
        if half is not None and fields["hour"] // 12 != half:
            raise ValueError("the other half of the day")
        return fields["hour"]
    if half is None or "hour of half" not in fields:
        return None
    if not 1 <= fields["hour of half"] <= 12:
        raise ValueError("no hour of half a day")
    return fields["hour of half"] % 12 + half * 12


def reader_argument(call: Call, name: str) -> Reader:
    """What reads a date by the format that an argument holds.

    Raises:
        RunError: it is no format.
    """
    try:
        return reader(call.text(name))
    except ValueError as error:
        raise no_format(call, name, str(error)) from None
