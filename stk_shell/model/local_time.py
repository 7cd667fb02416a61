"""Times as the clock here shows them; at the ends of the calendar, where Python knows no local time, in UTC."""

from __future__ import annotations

import datetime


def local(time: datetime.datetime) -> datetime.datetime:
    """An aware time in the local zone."""
    try:
        return time.astimezone()
    except OverflowError:
        return time


def midnight(day: datetime.date) -> datetime.datetime:
    """When the day begins in the local zone."""
    begin = datetime.datetime(day.year, day.month, day.day)
    is_inside = datetime.MINYEAR < day.year < datetime.MAXYEAR
    return begin.astimezone() if is_inside else begin.replace(tzinfo=datetime.UTC)
