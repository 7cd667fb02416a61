"""What conversions share: an action for each type of value, and numbers in texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from stk_shell.commands._cells import EMPTY_TEXT, change_cells, unsupported
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.stream import Data
from stk_shell.model.suggest import nearest
from stk_shell.model.values import INT_MAX, INT_MIN, Value

Actions: TypeAlias = "Mapping[type, Callable[..., Value]]"
"""What is made of a value, by its Python type."""

FLOAT = re.compile(r"[+-]?(?:inf|infinity|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)", re.IGNORECASE | re.ASCII)
"""A number as text: without underscores, and with nothing beside it."""

COMMA = re.compile(r"[+-]?\d+,\d{1,2}")
"""A number with a comma before its fraction; where three digits follow, it may part thousands."""

LONGEST_SHOWN = 60
"""How much of a text an error quotes."""


def converted(call: Call, data: Data, actions: Actions, wanted: str) -> Data:
    """The data with each value, or each named cell, converted.

    `wanted` stands in the error for other types: `texts and numbers`.

    Raises:
        RunError: there is no action for the type of a value.
    """

    def convert(value: Value) -> Value:
        action = actions.get(type(value))
        if action is None:
            raise unsupported(call, value, wanted)
        return action(value)

    return change_cells(call, data, convert)


def unchanged(value: Value) -> Value:
    """The action for what has the type already."""
    return value


def cannot_convert(
    call: Call, text: str, wanted: str, hint: str | None = None, *, code: str = "cant_convert"
) -> RunError:
    """The error for a text that does not hold what is asked for; `wanted` stands in a sentence: `float`."""
    if not text.strip():
        return _empty_text(call, wanted, code)
    from stk_shell.model.spellings import quoted, with_units

    meant = with_units(text) or (text.replace(",", ".") if COMMA.fullmatch(text.strip()) else None)
    place = quoted(call.head, text) if meant else None
    if meant:
        hint = f"It is written `{meant}`." + (f" {hint}" if hint else "")
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    label = Label(call.head, f"`{shown}` comes in here")
    instead = place.replaced(f'"{meant}"') if place else None
    return RunError(f"`{shown}` is no {wanted}", code, (label,), hint, instead=instead)


def _empty_text(call: Call, wanted: str, code: str) -> RunError:
    """The error for an empty text, such as an empty cell of a CSV file."""
    label = Label(call.head, "an empty text comes in here")
    cells = f" {call.span('cells').text}" if call.given("cells") else ""
    instead = call.head.replaced(f"default --empty 0{cells} | {call.head.text}") if "number" in wanted else None
    return RunError(f"an empty text is no {wanted}", code, (label,), EMPTY_TEXT, instead=instead)


def incorrect_value(call: Call, headline: str, hint: str | None = None) -> RunError:
    """The error for a value of the right type that cannot be."""
    return RunError(headline, "incorrect_value", (Label(call.head, "it comes in here"),), hint)


def unknown_column(call: Call, name: str, columns: tuple[str, ...]) -> RunError:
    """The error for a record with a column that means nothing to the command."""
    near = nearest(name, columns)
    label = Label(call.head, f"did you mean `{near}`?" if near else "a record comes in here")
    hint = f"The columns are {', '.join(columns)}."
    return RunError(f"`{name}` is none of the columns", "unsupported_input", (label,), hint)


def floating(text: str) -> float | None:
    """The number that a text holds, if it is one."""
    text = text.strip()
    return float(text) if FLOAT.fullmatch(text) else None


def clamped(number: float) -> int:
    """The whole part of a number, or the nearest end of 64 bits; 0 for what is no number."""
    if number != number:
        return 0
    return INT_MAX if number >= INT_MAX else INT_MIN if number <= INT_MIN else int(number)
