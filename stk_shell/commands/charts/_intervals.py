"""Counting times: how many there are in each interval of a length that fits."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence

from stk_shell.model.local_time import local, midnight
from stk_shell.model.struct import Struct

SECOND = datetime.timedelta(seconds=1)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

CLOCK = (
    ("second", 1),
    ("5 seconds", 5),
    ("15 seconds", 15),
    ("minute", 60),
    ("5 minutes", 300),
    ("15 minutes", 900),
    ("hour", 3600),
    ("3 hours", 10800),
    ("6 hours", 21600),
)
"""Intervals of a clock, by their seconds."""


class Interval(Struct):
    """A way to part the time: the number of the interval that a time is in, and when the one of a number begins."""

    name: str
    number: Callable[[datetime.datetime], int]
    start: Callable[[int], datetime.datetime]


class Counted(Struct):
    """How many times there are in each interval from the first to the last, also in those that have none."""

    interval: str
    starts: tuple[datetime.datetime, ...]
    counts: tuple[int, ...]


def counted(times: Sequence[datetime.datetime], most: int) -> Counted:
    """The times by the shortest interval of which there are no more than `most`; there has to be a time."""
    first, last = min(times), max(times)
    interval = next(
        each for each in _intervals(first) if each.number(last) - each.number(first) < most or each.name == "century"
    )
    counts = Counter(map(interval.number, times))
    numbers = range(interval.number(first), interval.number(last) + 1)
    return Counted(
        interval.name,
        tuple(interval.start(number) for number in numbers),
        tuple(counts[number] for number in numbers),
    )


def _intervals(first: datetime.datetime) -> list[Interval]:
    """All of them, the shortest first. The hours are those of the local clock at the first time."""
    shift = local(first).utcoffset() or datetime.timedelta(0)
    return [
        *(_of_clock(name, SECOND * seconds, shift) for name, seconds in CLOCK),
        Interval("day", lambda time: _date(time).toordinal(), lambda number: midnight(_of_ordinal(number))),
        # The first day of the calendar is a Monday.
        Interval(
            "week",
            lambda time: (_date(time).toordinal() - 1) // 7,
            lambda number: midnight(_of_ordinal(number * 7 + 1)),
        ),
        Interval(
            "month",
            lambda time: _date(time).year * 12 + _date(time).month - 1,
            lambda number: midnight(datetime.date(number // 12, number % 12 + 1, 1)),
        ),
        *(_of_years(name, years) for name, years in (("year", 1), ("decade", 10), ("century", 100))),
    ]


def _of_clock(name: str, step: datetime.timedelta, shift: datetime.timedelta) -> Interval:
    return Interval(
        name,
        lambda time: (time - EPOCH + shift) // step,
        lambda number: (EPOCH - shift + number * step).astimezone(),
    )


def _of_years(name: str, years: int) -> Interval:
    return Interval(
        name,
        lambda time: _date(time).year // years,
        lambda number: midnight(datetime.date(max(number * years, 1), 1, 1)),
    )


def _date(time: datetime.datetime) -> datetime.date:
    return local(time).date()


def _of_ordinal(number: int) -> datetime.date:
    return datetime.date.fromordinal(number)
