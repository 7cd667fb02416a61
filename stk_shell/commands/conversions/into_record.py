"""The command `into record`."""

from __future__ import annotations

import datetime

from stk_shell.commands._durations import COLUMNS
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.text import offset, plain
from stk_shell.model.values import Duration, Record, Value

NAMES = (str, int, float, bool)
"""The types of values that can name a column."""

HINT = "A pair is a list of a name and a value: `[[name note] [n 1]]`."


class IntoRecord(Command):
    """Makes records."""

    name = "into record"
    summary = "Make a record of pairs, of records, or of the parts of a date or duration."
    description = """Of records, later columns take the place of earlier ones of the same name."""
    signature = Signature(
        types=(("datetime", "record"), ("duration", "record"), ("list<any>", "record"), ("record", "record")),
        category="conversions",
    )
    examples = (
        Example("[[name note] [n 1]] | into record", "Pairs of a name and a value.", {"name": "note", "n": 1}),
        Example("[{name: note} {n: 1}] | into record", "Records.", {"name": "note", "n": 1}),
        Example("2026-11-22 | into record | get month", "The parts of a date.", 11),
        Example("90min | into record", "The parts of a duration.", {"hour": 1, "minute": 30, "sign": "+"}),
    )
    fails = "A list of anything else is an error."
    see_also = ("into datetime", "into duration", "transpose", "items")

    def run(self, call: Call, data: Data) -> Data:
        """The record."""
        value = collect(data)
        if isinstance(value, Duration):
            return _of_duration(value)
        if isinstance(value, datetime.datetime):
            return _of_date(value)
        return _of_list(call, value) if isinstance(value, list) else value


def _of_date(date: datetime.datetime) -> Record:
    names = ("year", "month", "day", "hour", "minute", "second")
    return {
        **dict(zip(names, date.timetuple(), strict=False)),
        "millisecond": date.microsecond // 1_000,
        "microsecond": date.microsecond % 1_000,
        "nanosecond": 0,
        "timezone": offset(date),
    }


def _of_duration(duration: Duration) -> Record:
    rest = abs(int(duration))
    record: Record = {}
    for name, length in COLUMNS.items():
        count, rest = divmod(rest, length)
        if count:
            record[name] = count
    return {**(record or {"second": 0}), "sign": "-" if duration < 0 else "+"}


def _of_list(call: Call, rows: list[Value]) -> Record:
    """The pairs or records put together; the first row says which of them there are."""
    pairs = bool(rows) and isinstance(rows[0], list)
    record: Record = {}
    for row in rows:
        if isinstance(row, list) and pairs:
            record |= _pair(call, row)
        elif isinstance(row, dict) and not pairs:
            record |= row
        else:
            label = Label(call.head, f"{article(row)} comes in here")
            wanted = "pairs" if pairs else "records or pairs"
            raise RunError(f"a record is made of {wanted}, not of {article(row)}", "type_mismatch", (label,), HINT)
    return record


def _pair(call: Call, row: list[Value]) -> Record:
    if len(row) != 2:
        label = Label(call.head, f"a list of {len(row)} comes in here")
        raise RunError("a pair has two items", "incorrect_value", (label,), HINT)
    name, value = row
    if type(name) not in NAMES:
        label = Label(call.head, f"{article(name)} comes in here")
        raise RunError(f"{article(name)} cannot be the name of a column", "cant_convert", (label,), HINT)
    return {plain(name): value}


COMMAND = IntoRecord()
