"""Arguments that say how many, and the error for a row of nothing."""

from __future__ import annotations

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError


def at_least_zero(call: Call, name: str) -> int | None:
    """The number, or None where it was not given.

    Raises:
        RunError: it is negative.
    """
    if not call.has(name):
        return None
    number = call.integer(name)
    if number < 0:
        label = Label(call.span(name), "this is below 0")
        raise RunError(f"`{call.command.name}` takes a number from 0 up", "needs_positive_value", (label,))
    return number


def at_least_one(call: Call, name: str) -> int:
    """The number.

    Raises:
        RunError: it is 0 or negative.
    """
    number = at_least_zero(call, name)
    if number:
        return number
    raise RunError(
        f"`{call.command.name}` takes a number from 1 up", "incorrect_value", (Label(call.span(name), "this is 0"),)
    )


LONGEST_TEXT = 2**30
"""How many characters a text may be told to have; PostgreSQL holds no longer one either."""


def text_length(call: Call, name: str) -> int:
    """The number as the length that a text is to have.

    Raises:
        RunError: it is negative, or larger than is reasonable.
    """
    length = at_least_zero(call, name) or 0
    if length > LONGEST_TEXT:
        label = Label(call.span(name), f"at most {LONGEST_TEXT}")
        raise RunError("no text can be as long as that", "incorrect_value", (label,))
    return length


def empty_input(call: Call) -> RunError:
    """The error for asking nothing for a row."""
    label = Label(call.head, "nothing comes in here")
    hint = f"`{call.command.name} 1` gives an empty list instead of an error."
    return RunError(f"there is no {call.command.name} row: the list is empty", "access_beyond_end", (label,), hint)
