"""The units of durations, as arguments of commands and as columns of records."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import NANOSECONDS
from stk_shell.model.text import UNITS

UNIT_NAMES = ", ".join(name for name, _ in reversed(UNITS))
"""The units, for a sentence."""

COLUMNS = dict(
    zip(
        ("week", "day", "hour", "minute", "second", "millisecond", "microsecond", "nanosecond"),
        (length for _, length in UNITS),
        strict=True,
    )
)
"""The columns of a duration as a record, with the nanoseconds that each counts."""


def unit(call: Call, name: str) -> int:
    """The length in nanoseconds of the unit that an argument names.

    Raises:
        RunError: there is no such unit.
    """
    word = call.text(name)
    length = NANOSECONDS.get(word.lower())
    if length is None:
        label = Label(call.span(name), "none of the units")
        raise RunError(f"`{word}` is no unit of time", "invalid_unit", (label,), f"The units are {UNIT_NAMES}.")
    return length
