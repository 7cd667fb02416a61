"""The command `into int`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import partial

from stk_shell.commands._cells import CELLS
from stk_shell.commands._dates import since_1970
from stk_shell.commands.conversions._bytes import ENDIAN, byte_order
from stk_shell.commands.conversions._convert import Actions, cannot_convert, clamped, converted, floating
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value

BASES = {"0b": 2, "0o": 8, "0x": 16}
"""What digits mean behind a prefix."""

DECIMAL = re.compile(r"[+-]?\d{1,40}", re.ASCII)
DIGITS = re.compile(r"[+-]?[0-9a-z]+", re.IGNORECASE | re.ASCII)


class IntoInt(Command):
    """Makes ints."""

    name = "into int"
    summary = "Make an int of a text, a number or another value."
    description = """A float loses what is behind its point. A duration is counted in nanoseconds, a date in nanoseconds
since 1970, a filesize in bytes. What is beyond 64 bits becomes the largest or smallest int."""
    signature = Signature(
        types=(
            *(("string", "int"), ("number", "int"), ("bool", "int"), ("datetime", "int"), ("duration", "int")),
            *(("filesize", "int"), ("binary", "int"), ("list<any>", "list<int>")),
            *(("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
        flags=(
            Flag("radix", "The base of the digits in a text, from 2 to 36.", INT, "r"),
            ENDIAN,
            Flag("signed", "Of binary data: the first bit is the sign.", short="s"),
        ),
    )
    examples = (
        Example("'42' | into int", "A text.", 42),
        Example("[[name n]; [note '1'] [login '5']] | into int n | get n", "A column.", [1, 5]),
        Example("'ff' | into int --radix 16", "Hexadecimal digits; `0xff` needs no flag.", 255),
        Example("1day | into int | $in // 1_000_000_000", "The seconds of a day.", 86400),
    )
    fails = "A text that is no number is an error."
    see_also = ("into float", "into string", "into duration")

    def run(self, call: Call, data: Data) -> Data:
        """The ints."""
        of_digits = _digits_reader(call) if call.has("radix") else None
        actions: Actions = {
            str: of_digits or partial(_of_text, call),
            int: of_digits or int,
            float: clamped,
            bool: int,
            Duration: int,
            Filesize: int,
            datetime.datetime: partial(_of_date, call),
            bytes: _bytes_reader(call),
        }
        return converted(call, data, actions, "texts, numbers, dates and the like")


def _of_text(call: Call, text: str) -> int:
    word = text if DECIMAL.fullmatch(text) else text.replace(",", "").strip()
    if DECIMAL.fullmatch(word):
        return min(max(int(word), INT_MIN), INT_MAX)
    if word[:2] in BASES:
        return _in_base(call, word[2:], BASES[word[:2]], text)
    number = floating(text)
    if number is None:
        raise cannot_convert(
            call, text, "number", "Digits have no `_` between them in a text." if "_" in text else None
        )
    return clamped(number)


def _digits_reader(call: Call) -> Callable[[Value], int]:
    base = call.integer("radix")
    if not 2 <= base <= 36:
        label = Label(call.span("radix"), "a base is a number from 2 to 36")
        raise RunError(f"there are no digits for base {base}", "type_mismatch", (label,))

    def of_digits(value: Value) -> int:
        text = str(value)
        word = text.strip()
        if word[:2] in BASES:
            return _in_base(call, word[2:], BASES[word[:2]], text)
        return _in_base(call, word, base, text)

    return of_digits


def _in_base(call: Call, digits: str, base: int, text: str) -> int:
    try:
        number = int(digits, base) if DIGITS.fullmatch(digits) else None
    except ValueError:
        number = None
    if number is not None and INT_MIN <= number <= INT_MAX:
        return number
    raise cannot_convert(call, text, f"number of 64 bits in base {base}")


def _of_date(call: Call, date: datetime.datetime) -> int:
    nanoseconds = since_1970(date)
    if INT_MIN <= nanoseconds <= INT_MAX:
        return nanoseconds
    label = Label(call.head, f"the year {date.year} comes in here")
    raise RunError("nanoseconds are counted from 1677 to 2262", "incorrect_value", (label,))


def _bytes_reader(call: Call) -> Callable[[bytes], int]:
    order, signed = byte_order(call), call.switch("signed")

    def of_bytes(data: bytes) -> int:
        if len(data) > 8:
            label = Label(call.head, f"{len(data)} bytes come in here")
            raise RunError("an int has 8 bytes at most", "incorrect_value", (label,))
        return int.from_bytes(data, order, signed=signed or len(data) == 8)

    return of_bytes


COMMAND = IntoInt()
