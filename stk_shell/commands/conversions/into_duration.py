"""The command `into duration`."""

from __future__ import annotations

import math
from functools import partial

from stk_shell.commands._cells import CELLS, unsupported
from stk_shell.commands._durations import COLUMNS, UNIT_NAMES, unit
from stk_shell.commands.conversions._convert import (
    Actions,
    cannot_convert,
    converted,
    floating,
    incorrect_value,
    unknown_column,
)
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import DURATION, duration, integer
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Record, Value


class IntoDuration(Command):
    """Makes durations."""

    name = "into duration"
    summary = "Make a duration of a text, a number or a record."
    description = """A text holds one part or more, each a number with its unit. A number alone counts nanoseconds,
unless `--unit` says otherwise. A record has its parts as columns, as `into record` makes them."""
    signature = Signature(
        types=(
            *(("int", "duration"), ("float", "duration"), ("string", "duration"), ("duration", "duration")),
            *(("record", "duration"), ("record", "record"), ("table", "table")),
        ),
        category="conversions",
        rest=CELLS,
        flags=(
            Flag(
                "unit",
                "What a number counts: ns, us, ms, sec, min, hr, day or wk.",
                STRING,
                "u",
                "ns",
                tuple(UNIT_NAMES.split(", ")),
            ),
        ),
    )
    examples = (
        Example("'1day 2hr' | into duration", "A text.", Duration(93_600_000_000_000)),
        Example("90 | into duration --unit sec", "A number of seconds.", Duration(90_000_000_000)),
        Example("[[took]; ['5sec']] | into duration took", "A column.", [{"took": Duration(5_000_000_000)}]),
        Example("{hour: 1, minute: 30} | into duration", "A record.", Duration(5_400_000_000_000)),
    )
    fails = "A text that is no duration is an error, and so is what is longer than 292 years."
    see_also = ("format duration", "into record", "into int")

    def run(self, call: Call, data: Data) -> Data:
        """The durations."""
        length = unit(call, "unit")
        actions: Actions = {
            str: partial(_of_text, call, length),
            int: partial(_counted, call, length),
            float: partial(_counted, call, length),
            Duration: partial(_unit_checked, call),
            dict: partial(_of_record, call),
        }
        return converted(call, data, actions, "texts, numbers and records")


def _counted(call: Call, length: int, number: float) -> Duration:
    amount = number * length
    if math.isnan(amount) or not INT_MIN <= amount <= INT_MAX:
        label = Label(call.head, f"{number} comes in here")
        raise RunError("a duration lasts 292 years at most", "operator_overflow", (label,))
    return Duration(int(amount))


def _of_text(call: Call, length: int, text: str) -> Duration:
    words = text.split()
    number = floating(words[0]) if len(words) == 1 else None
    if number is not None:
        whole = integer(words[0])
        return _counted(call, length, number if whole is None else whole)
    parts = [duration(word) for word in words]
    if not all(map(DURATION.match, words)):
        hint = f"A duration is like `1day 2hr`. The units are {UNIT_NAMES}."
        raise cannot_convert(call, text, "duration", hint, code="invalid_unit")
    return _counted(call, 1, math.inf if None in parts else sum(part for part in parts if part is not None))


def _second_unit(call: Call) -> RunError:
    labels = Label(call.span("unit"), "this is for numbers"), Label(call.head, "a duration comes in here")
    return RunError("a duration has its units already", "incompatible_parameters", labels)


def _unit_checked(call: Call, value: Value) -> Value:
    if call.given("unit"):
        raise _second_unit(call)
    return value


def _of_record(call: Call, record: Record) -> Duration:
    if call.given("unit"):
        raise _second_unit(call)
    parts = [_part(call, name, count) for name, count in record.items() if name != "sign"]
    return _counted(call, _sign(call, record), sum(parts))


def _part(call: Call, name: str, count: Value) -> int:
    if name not in COLUMNS:
        raise unknown_column(call, name, (*COLUMNS, "sign"))
    if type(count) is not int:
        raise unsupported(call, count, f"an int as `{name}`")
    if count < 0:
        raise incorrect_value(call, f"`{name}` is {count}", "`sign: '-'` makes a duration negative.")
    return count * COLUMNS[name]


def _sign(call: Call, record: Record) -> int:
    sign = record.get("sign", "+")
    if not isinstance(sign, str):
        raise unsupported(call, sign, "a string as `sign`")
    if sign not in ("+", "-"):
        raise incorrect_value(call, f"the sign is `{sign}`", "It is `+` or `-`.")
    return -1 if sign == "-" else 1


COMMAND = IntoDuration()
