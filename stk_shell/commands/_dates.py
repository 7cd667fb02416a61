"""Dates as texts in any of the usual forms, and time zones."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from stk_shell.commands._cells import EMPTY_TEXT, unsupported
from stk_shell.model.command import Call
from stk_shell.model.edit import Change
from stk_shell.model.errors import Label, RunError
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Value

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""What most dates in texts look like; the library reads the others, and takes forty times as long."""

LONGEST = 100
"""No date is longer than this; the library would take long over a long text."""

OFFSET = re.compile(r"([+-])(\d\d)(?::?([0-5]\d))?", re.ASCII)

DATE_HINT = "A date is like `2025-03-01`, `2025-03-01 08:30` or `1 Mar 2025 8:30 pm`."


def since_1970(date: datetime.datetime) -> int:
    """The nanoseconds from 1970 to the date."""
    return (date - EPOCH) // MICROSECOND * 1_000


def from_1970(nanoseconds: int) -> datetime.datetime:
    """The date so many nanoseconds after 1970, to the microsecond, in UTC."""
    return EPOCH + datetime.timedelta(microseconds=nanoseconds // 1_000)


def read_date(text: str, now: Callable[[], datetime.datetime]) -> datetime.datetime | None:
    """The date that a text names, in the local zone unless it says another; None where it names none.

    What the text leaves out is as it is now, but the time of the day is midnight.
    """
    text = text.strip()
    if ISO.fullmatch(text):
        try:
            return local(datetime.datetime.fromisoformat(text))
        except ValueError:
            return None
    return _in_any_form(text, now) if len(text) <= LONGEST else None


def _in_any_form(text: str, now: Callable[[], datetime.datetime]) -> datetime.datetime | None:
    from dateutil.parser import parse

    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    try:
        return local(parse(text, default=midnight, tzinfos=_zone_of_name))
    except (ValueError, ArithmeticError):
        return None


def _zone_of_name(name: str | None, offset: int | None) -> datetime.tzinfo | None:
    """The zone for an offset in seconds; names other than UTC mean nothing, and the date is in the local zone."""
    return None if offset is None else datetime.timezone(datetime.timedelta(seconds=offset))


def local(date: datetime.datetime) -> datetime.datetime:
    """The date with the offset of the local zone, unless it has one."""
    if date.tzinfo is not None:
        return date
    try:
        return date.astimezone()
    except (ValueError, OverflowError):
        # The first and last days of all are beyond what the system's clock can tell.
        return date.replace(tzinfo=datetime.UTC)


def on_date(call: Call, new: Callable[[datetime.datetime], Value]) -> Change:
    """A change for dates, and for texts that name one, that refuses anything else."""

    def changed(value: Value) -> Value:
        date = date_of(call, value) if isinstance(value, str) else value
        if isinstance(date, datetime.datetime):
            return new(date)
        raise unsupported(call, value, "dates and texts")

    return changed


def date_of(call: Call, text: str) -> datetime.datetime:
    """The date that a text names.

    Raises:
        RunError: it names none.
    """
    date = read_date(text, call.session.now)
    if date is None:
        raise no_date(call, text)
    return date


def no_date(call: Call, text: str) -> RunError:
    """The error for a text that names no date."""
    if not text.strip():
        label = Label(call.head, "an empty text comes in here")
        return RunError("an empty text is no date", "datetime_parse_error", (label,), f"{EMPTY_TEXT} {DATE_HINT}")
    from stk_shell.model.spellings import DAYS, quoted

    day = DAYS.get(text.strip().lower())
    place = quoted(call.head, text) if day else None
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    label = Label(call.head, f"`{shown}` comes in here")
    return RunError(
        f"`{shown}` is no date",
        "datetime_parse_error",
        (label,),
        DATE_HINT,
        instead=place.replaced(day) if day and place else None,
    )


def zone(call: Call, name: str) -> datetime.tzinfo | None:
    """The zone that an argument names: `UTC`, `local` (None), an offset, or a name of the zone database.

    Raises:
        RunError: there is no such zone.
    """
    text = call.text(name)
    if text.lower() in ("utc", "local"):
        return datetime.UTC if text.lower() == "utc" else None
    return offset_zone(text) or _named_zone(call, name, text)


def offset_zone(text: str) -> datetime.timezone | None:
    """The zone that a distance from UTC such as `+02:00` or `-0930` means; None where it is none."""
    match = OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 23:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return datetime.timezone(datetime.timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _named_zone(call: Call, name: str, text: str) -> datetime.tzinfo:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        near = nearest(text, available_timezones())
        label = Label(call.span(name), f"did you mean `{near}`?" if near else "no zone of that name")
        hint = "`date list-timezone` lists the names; `+02:00`, `UTC` and `local` are zones, too."
        raise RunError(f"`{text}` is no time zone", "type_mismatch", (label,), hint) from None


def in_zone(call: Call, date: datetime.datetime, target: datetime.tzinfo | None) -> datetime.datetime:
    """The date as clocks in the zone show it; None is the local zone. It keeps the offset, whatever is added to it.

    Raises:
        RunError: there it is before the year 1 or after 9999.
    """
    try:
        moved = date.astimezone(target)
    except (ValueError, OverflowError):
        label = Label(call.head, f"the year {date.year} comes in here")
        raise RunError("there, this is no date between the years 1 and 9999", "incorrect_value", (label,)) from None
    return moved.replace(tzinfo=datetime.timezone(moved.utcoffset() or datetime.timedelta()))
