"""The command `into filesize`."""

from __future__ import annotations

import re
from functools import partial

from stk_shell.commands._cells import CELLS
from stk_shell.commands.conversions._convert import Actions, cannot_convert, clamped, converted, unchanged
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.literals import BYTES
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import INT_MAX, Filesize, Value

SIZE = re.compile(r"([+-]?)(\d+\.?\d*|\.\d+)\s*((?:[kmgtpe]i?)?b?)", re.IGNORECASE | re.ASCII)


class IntoFilesize(Command):
    """Makes filesizes."""

    name = "into filesize"
    summary = "Make a filesize of a text or a number of bytes."
    signature = Signature(
        types=(
            *(("int", "filesize"), ("number", "filesize"), ("string", "filesize"), ("filesize", "filesize")),
            *(("list<any>", "list<filesize>"), ("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
    )
    examples = (
        Example("'1.5 kB' | into filesize", "A text, with or without a unit.", Filesize(1500)),
        Example("[2048 '2KiB'] | into filesize", "Each item of a list.", [Filesize(2048), Filesize(2048)]),
    )
    fails = "A text that is no size is an error."
    see_also = ("format filesize", "into int")

    def run(self, call: Call, data: Data) -> Data:
        """The sizes."""
        actions: Actions = {
            Filesize: unchanged,
            int: Filesize,
            float: lambda number: Filesize(clamped(number)),
            str: partial(_of_text, call),
        }
        return converted(call, data, actions, "texts and numbers")


def _of_text(call: Call, text: str) -> Value:
    match = SIZE.fullmatch(text.replace(",", "").strip())
    size = _bytes(match[2], match[3].lower()) if match else None
    if match is None or size is None or size > INT_MAX:
        hint = "A size is like `1500`, `1.5 kB` or `2 MiB`."
        raise cannot_convert(call, text, "size", hint)
    return Filesize(-size if match[1] == "-" else size)


def _bytes(number: str, unit: str) -> int | None:
    """A number of units in bytes; only what has a unit may have a fraction."""
    if not unit:
        return int(number) if number.isdecimal() and len(number) < 20 else None
    size = float(number) * BYTES[unit if unit.endswith("b") else f"{unit}b"]
    return int(size) if size < INT_MAX else None


COMMAND = IntoFilesize()
