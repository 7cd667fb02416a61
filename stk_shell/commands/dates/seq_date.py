"""The command `seq date`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from stk_shell.commands._dates import MICROSECOND
from stk_shell.commands._strftime import format_argument
from stk_shell.commands._strptime import reader_argument
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import DURATION, INT, STRING, one_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Duration

DAY = datetime.timedelta(days=1)


class SeqDate(Command):
    """Makes rows of dates."""

    name = "seq date"
    summary = "Give the dates from one to another, as texts."
    description = """Without a beginning or an end, it is now. The end is written down, or follows from a number of days
or of dates; where it lies before the beginning, the dates go back. `--reverse` goes back from the beginning, by two
dates more than are asked for, as nushell does."""
    signature = Signature(
        types=(("nothing", "list<string>"),),
        category="dates",
        flags=(
            Flag("begin-date", "The first date.", STRING, "b"),
            Flag("end-date", "The last date.", STRING, "e"),
            Flag(
                "increment",
                "What lies between two dates: a duration, or a number of days.",
                one_of(DURATION, INT),
                "n",
                1,
            ),
            Flag("days", "How many days there are to be, in place of an end.", INT, "d"),
            Flag("periods", "How many dates there are to be, in place of an end.", INT, "p"),
            Flag("input-format", "How the first and the last date are written.", STRING, "i", "%Y-%m-%d"),
            Flag("output-format", "How to write the dates.", STRING, "o", "%Y-%m-%d"),
            Flag("reverse", "Go back, where a number of days or dates is given.", short="r"),
        ),
    )
    examples = (
        Example(
            "seq date --begin-date 2026-11-21 --end-date 2026-11-23",
            "Three days.",
            ["2026-11-21", "2026-11-22", "2026-11-23"],
        ),
        Example(
            "seq date -b 2026-11-22 -n 8hr -p 3 -o '%R'",
            "Three times, eight hours apart.",
            ["00:00", "08:00", "16:00"],
        ),
        Example(
            "let log = (event list --limit 0 | get created | format date %F)\n"
            "seq date -b ((date now) - 6day | format date %F) | where $it not-in $log",
            "Days of the last week without an event.",
        ),
    )
    see_also = ("format date", "date now")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of texts."""
        write = format_argument(call, "output-format")
        try:
            step, start = _step(call), _date(call, "begin-date")
            end = _end(call, start, step)
        except OverflowError:
            label = Label(call.head, "these go beyond the years 1 to 9999")
            raise RunError("there are no such dates", "incorrect_value", (label,)) from None
        return Stream(map(write, _dates(start, end, step)))


def _date(call: Call, name: str) -> datetime.datetime:
    """The date of an argument, or now where there is none, as the clock on the wall shows it."""
    now, text = call.session.now(), call.optional_text(name)
    if text is None:
        return now.replace(tzinfo=datetime.UTC)
    read = reader_argument(call, "input-format")
    try:
        return read(text, now).replace(tzinfo=datetime.UTC)
    except (ValueError, OverflowError):
        label = Label(call.span(name), f"it is not written like `{call.text('input-format')}`")
        hint = "`--input-format` says how the dates are written: `%d.%m.%Y`."
        raise RunError(f"`{text}` is no date", "datetime_parse_error", (label,), hint) from None


def _step(call: Call) -> datetime.timedelta:
    amount = call.integer("increment")
    step = MICROSECOND * (amount // 1_000) if isinstance(amount, Duration) else DAY * amount
    if not step:
        label = Label(call.span("increment"), "a microsecond is the least")
        raise RunError("the dates have to lie some time apart", "incorrect_value", (label,))
    return abs(step)


def _end(call: Call, start: datetime.datetime, step: datetime.timedelta) -> datetime.datetime:
    direction = -1 if call.switch("reverse") else 1
    for name, length in (("periods", step), ("days", DAY)):
        count = call.integer(name) * direction if call.given(name) else 0
        if count:
            return start + (count - 1) * length
    return _date(call, "end-date")


def _dates(start: datetime.datetime, end: datetime.datetime, step: datetime.timedelta) -> Iterator[datetime.datetime]:
    """The dates up to and including the end, forwards or backwards."""
    date, signed = start, step if start <= end else -step
    yield date
    while abs(end - date) >= step:
        date += signed
        yield date


COMMAND = SeqDate()
