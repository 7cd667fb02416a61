"""The command `into string`."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from functools import partial

from stk_shell.commands._cells import CELLS
from stk_shell.commands._strftime import PLAIN_DATE, formatter
from stk_shell.commands.conversions._convert import Actions, converted, unchanged
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.text import number, scalar
from stk_shell.model.values import CellPath, Closure, Duration, Filesize, Range, Value


class IntoString(Command):
    """Makes texts."""

    name = "into string"
    summary = "Make a text of a value."
    description = """For dates and numbers in a form of your own, there are `format date` and `fill`; for tables,
`to json` and its like."""
    signature = Signature(
        types=(
            *((name, "string") for name in ("binary", "int", "number", "string", "bool", "filesize", "datetime")),
            *((name, "string") for name in ("duration", "cell-path")),
            *(("range", "list<string>"), ("list<any>", "list<string>"), ("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
        flags=(
            Flag("decimals", "How many digits of a number are behind its point.", INT, "d"),
            Flag("group-digits", "Put a comma between the thousands of an int.", short="g"),
        ),
    )
    examples = (
        Example("[1 2.50 true 90min] | into string", "Each item of a list.", ["1", "2.5", "true", "1hr 30min"]),
        Example("2.345 | into string --decimals 1", "A rounded number.", "2.3"),
        Example("[[uu n]; [a1 7]] | into string n", "A column.", [{"uu": "a1", "n": "7"}]),
    )
    fails = "A list, record or closure where a single value is needed is an error, and binary data is."
    see_also = ("into int", "format date", "to text")

    def run(self, call: Call, data: Data) -> Data:
        """The texts."""
        decimals = _decimals(call)
        refuse = partial(_refuse, call)
        actions: Actions = {
            **dict.fromkeys((bool, Duration, Filesize, Range, CellPath, type(None)), scalar),
            **dict.fromkeys((bytes, list, dict, Closure), refuse),
            str: unchanged,
            int: _int_writer(decimals, grouped=call.switch("group-digits")),
            float: _short if decimals is None else partial(_rounded, decimals),
            datetime.datetime: formatter(PLAIN_DATE),
        }
        return converted(call, data, actions, "single values")


def _decimals(call: Call) -> int | None:
    if not call.has("decimals"):
        return None
    decimals = call.integer("decimals")
    if 0 <= decimals <= 1000:
        return decimals
    label = Label(call.span("decimals"), "from 0 to 1000")
    raise RunError(f"a number cannot have {decimals} decimals", "type_mismatch", (label,))


def _int_writer(decimals: int | None, *, grouped: bool) -> Callable[[int], str]:
    behind = "." + "0" * decimals if decimals else ""
    return lambda value: (f"{value:,}" if grouped else str(value)) + behind


def _short(value: float) -> str:
    """The fewest digits that mean the number, without an exponent."""
    text = repr(value)
    if "e" not in text or not math.isfinite(value):
        return number(value).removesuffix(".0")
    from decimal import Decimal

    return format(Decimal(text), "f")


def _rounded(decimals: int, value: float) -> str:
    return f"{value:.{decimals}f}" if math.isfinite(value) else number(value)


def _refuse(call: Call, value: Value) -> Value:
    hint = "`to json` or `to nuon` make a text of it, `format pattern` one of a row's columns."
    label = Label(call.head, f"{article(value)} comes in here")
    headline = f"{article(value)} does not become a text"
    raise RunError(headline, "cant_convert", (label,), hint if isinstance(value, (list, dict)) else None)


COMMAND = IntoString()
