"""Reading TOML."""

from __future__ import annotations

import datetime
import tomllib

from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.values import INT_MAX, INT_MIN, Record, Value


def read_toml(text: str, place: Span) -> Record:
    """The record of a TOML text. Dates without an offset are in UTC; times of a day are texts.

    Raises:
        RunError: it is no TOML.
    """
    try:
        return {name: _value(item) for name, item in tomllib.loads(text.removeprefix("\ufeff")).items()}
    except ValueError as error:
        why, _, where = str(error).partition(" (at ")
    except RecursionError:
        why, where = "it is nested too deeply", ""
    label = Label(place, where.removesuffix(")"))
    raise RunError(f"this is no TOML: {why[:1].lower()}{why[1:]}", "cant_convert", (label,))


def _value(value: object) -> Value:
    if isinstance(value, dict):
        return {name: _value(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time(), datetime.UTC)
    if isinstance(value, int) and not INT_MIN <= value <= INT_MAX:
        raise ValueError("A whole number has 64 bits")
    return value if isinstance(value, (bool, int, float, str)) else str(value)
