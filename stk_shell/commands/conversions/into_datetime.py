"""The command `into datetime`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from stk_shell.commands._cells import CELLS, unsupported
from stk_shell.commands._date_list import specifiers_to_read
from stk_shell.commands._date_words import with_percent
from stk_shell.commands._dates import from_1970, in_zone, local, no_date, offset_zone, read_date, zone
from stk_shell.commands._strptime import reader_argument
from stk_shell.commands.conversions._convert import (
    Actions,
    cannot_convert,
    converted,
    incorrect_value,
    unchanged,
    unknown_column,
)
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT, STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import INT_MAX, INT_MIN, Record, Value

Move: TypeAlias = Callable[[datetime.datetime], datetime.datetime]
"""Shows a date in the zone that was asked for."""

TIMESTAMP = re.compile(r"[+-]?\d{1,19}", re.ASCII)
DIGITS_OF_DATES = frozenset({3, 4, 6, 8, 12, 14})
"""How many digits there are in a year alone, or in a date without anything between; other digits are a timestamp."""

COLUMNS = (
    *(("year", 1), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0)),
    *(("millisecond", 0), ("microsecond", 0), ("nanosecond", 0)),
)
"""The columns of a date as a record, with the least value of each."""


class IntoDatetime(Command):
    """Makes dates."""

    name = "into datetime"
    summary = "Make a date of a text, of nanoseconds since 1970, or of a record."
    description = """Texts are read in any of the usual forms; `1/2/2026` is the second of January. `--format` says how
they are written, with the parts that `into datetime --list` lists. Without a time zone, they are local times. A record
has its parts as columns, as `into record` makes them."""
    signature = Signature(
        types=(
            *(("datetime", "datetime"), ("int", "datetime"), ("string", "datetime"), ("list<any>", "list<datetime>")),
            *(("table", "table"), ("record", "record"), ("record", "datetime"), ("nothing", "table")),
            ("any", "datetime"),
        ),
        category="conversions",
        rest=CELLS,
        flags=(
            Flag("format", "How the texts are written.", STRING, "f"),
            Flag("timezone", "The zone in which to show timestamps: UTC (u), local (l), or its name.", STRING, "z"),
            Flag("offset", "The same, in hours from UTC.", INT, "o"),
            Flag("list", "List what may stand in a format.", short="l"),
        ),
    )
    examples = (
        Example(
            "'2026-11-22 22:34 +00:00' | into datetime",
            "A text.",
            datetime.datetime(2026, 11, 22, 22, 34, tzinfo=datetime.UTC),
        ),
        Example(
            "'22.11.2026 +0000' | into datetime --format '%d.%m.%Y %z' | format date '%A'",
            "A text in a form of your own.",
            "Sunday",
        ),
        Example("[[at]; ['1 Mar 2026']] | into datetime at | get at.0 | format date '%F'", "A column.", "2026-03-01"),
        Example(
            "1795386855 * 1_000_000_000 | into datetime",
            "Seconds since 1970.",
            datetime.datetime(2026, 11, 22, 22, 34, 15, tzinfo=datetime.UTC),
        ),
    )
    fails = "A text that is no date, or not written as `--format` says, is an error."
    see_also = ("format date", "date to-timezone", "into record", "into int")

    def run(self, call: Call, data: Data) -> Data:
        """The dates, or the list of specifiers."""
        if call.switch("list"):
            return specifiers_to_read(call.session.now())
        move = _move(call)
        by_format = _format_reader(call, move) if call.has("format") else None
        actions: Actions = {
            datetime.datetime: unchanged,
            str: by_format or partial(_of_text, call, move),
            int: by_format or partial(_of_int, move),
            dict: partial(_of_record, call),
        }
        return converted(call, data, actions, "texts, ints and records")


def _move(call: Call) -> Move:
    """What shows a timestamp in the zone that the flags name."""
    if call.given("offset"):
        hours = call.integer("offset")
        if not -12 <= hours <= 12:
            label = Label(call.span("offset"), "from -12 to 12")
            hint = "`date to-timezone` takes `+05:30` and names of zones, too."
            raise RunError("there is no such distance from UTC", "type_mismatch", (label,), hint)
        return partial(in_zone, call, target=datetime.timezone(datetime.timedelta(hours=hours)))
    if call.given("timezone"):
        return partial(in_zone, call, target=zone(call, "timezone"))
    return lambda date: date


def _of_int(move: Move, nanoseconds: int) -> datetime.datetime:
    return move(from_1970(nanoseconds))


def _of_text(call: Call, move: Move, text: str) -> datetime.datetime:
    is_timestamp = TIMESTAMP.fullmatch(text) is not None and INT_MIN <= int(text) <= INT_MAX
    if not is_timestamp or len(text) in DIGITS_OF_DATES:
        date = read_date(text, call.session.now)
        if date is not None:
            return date
    if is_timestamp:
        return _of_int(move, int(text))
    raise no_date(call, text)


def _format_reader(call: Call, move: Move) -> Callable[[Value], datetime.datetime]:
    read, now = reader_argument(call, "format"), call.session.now()

    def by_format(value: Value) -> datetime.datetime:
        try:
            date = read(str(value), now)
        except (ValueError, OverflowError):
            meant = with_percent(call.text("format"))
            hint = "Without `--format`, most forms of dates are understood."
            hint = f"Did you mean the format `{meant}`? {hint}" if meant else hint
            raise cannot_convert(call, str(value), f"date in the form `{call.text('format')}`", hint) from None
        return move(date) if date.tzinfo else local(date)

    return by_format


def _of_record(call: Call, record: Record) -> datetime.datetime:
    for name in ("timezone", "offset", "format"):
        if call.given(name):
            labels = Label(call.span(name), "this is for texts and ints"), Label(call.head, "a record comes in here")
            raise RunError("a record says all of its date itself", "incompatible_parameters", labels)
    year, month, day, hour, minute, second, *fraction = _numbers(call, record)
    micro = fraction[0] * 1_000 + fraction[1] + fraction[2] // 1_000
    try:
        date = datetime.datetime(year, month, day, hour, minute, second, micro)
    except (ValueError, OverflowError) as error:
        raise incorrect_value(call, f"there is no such date: {error}") from None
    return date.replace(tzinfo=_zone(call, record["timezone"])) if "timezone" in record else local(date)


def _numbers(call: Call, record: Record) -> list[int]:
    """The parts of the date. Those before the first that is given are as now, those behind it as small as can be."""
    names = [name for name, _ in COLUMNS]
    for name in record:
        if name not in names and name != "timezone":
            raise unknown_column(call, name, (*names, "timezone"))
    given = next((at for at, name in enumerate(names) if name in record), len(names))
    now = call.session.now()
    micro = now.microsecond
    current = (*now.timetuple()[:6], micro // 1_000, micro % 1_000, 0)
    least = [value for _, value in COLUMNS]
    defaults = [*current[:given], *least[given:]]
    return [_number(call, name, record.get(name, value)) for name, value in zip(names, defaults, strict=True)]


def _number(call: Call, name: str, value: Value) -> int:
    if type(value) is not int:
        raise unsupported(call, value, f"an int as `{name}`")
    if value < 0:
        raise incorrect_value(call, f"`{name}` is {value}")
    return value


def _zone(call: Call, value: Value) -> datetime.tzinfo:
    if not isinstance(value, str):
        raise unsupported(call, value, "a string as `timezone`")
    zone = offset_zone(value)
    if zone is None:
        raise incorrect_value(call, f"the timezone is `{value}`", "It is a distance from UTC, such as `+02:00`.")
    return zone


COMMAND = IntoDatetime()
