"""The command `into binary`."""

from __future__ import annotations

import datetime
import struct

from stk_shell.commands._cells import CELLS
from stk_shell.commands._strftime import PLAIN_DATE, formatter
from stk_shell.commands.conversions._bytes import ENDIAN, byte_order
from stk_shell.commands.conversions._convert import Actions, converted, unchanged
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.edit import Change
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Filesize, Value


class IntoBinary(Command):
    """Makes binary data."""

    name = "into binary"
    summary = "Make binary data of a text or a number."
    description = "A text becomes its UTF-8, an int, float or bool eight bytes."
    signature = Signature(
        types=(
            *(("binary", "binary"), ("int", "binary"), ("number", "binary"), ("string", "binary"), ("bool", "binary")),
            *(("filesize", "binary"), ("datetime", "binary"), ("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
        flags=(Flag("compact", "Leave out the zeros that only fill up a number.", short="c"), ENDIAN),
    )
    examples = (
        Example("'Zoë' | into binary", "A text.", "Zoë".encode()),
        Example("258 | into binary --compact --endian big", "An int.", b"\x01\x02"),
    )
    see_also = ("into int", "into string")

    def run(self, call: Call, data: Data) -> Data:
        """The bytes."""
        order, date = byte_order(call), formatter(PLAIN_DATE)
        compact = _compact(order) if call.switch("compact") else unchanged

        def of_int(number: int) -> Value:
            return compact(int(number).to_bytes(8, order, signed=True))

        actions: Actions = {
            bytes: compact,
            str: lambda text: compact(text.encode(errors="surrogatepass")),
            **dict.fromkeys((int, bool, Filesize), of_int),
            float: lambda number: compact(struct.pack("<d" if order == "little" else ">d", number)),
            datetime.datetime: lambda value: compact(date(value).encode()),
        }
        return converted(call, data, actions, "texts, numbers and dates")


def _compact(order: str) -> Change:
    """What leaves out the bytes that are zero at the insignificant end, but for one."""

    def compact(value: Value) -> Value:
        if not isinstance(value, bytes):
            return value
        return (value.rstrip(b"\0") if order == "little" else value.lstrip(b"\0")) or value[:1]

    return compact


COMMAND = IntoBinary()
