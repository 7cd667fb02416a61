"""Where chance comes from, and the error for a choice of nothing."""

from __future__ import annotations

from random import SystemRandom

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.text import plain

CHANCE = SystemRandom()
"""The system's own source, which nobody can foresee."""


def empty_range(call: Call) -> RunError:
    """The error for a range with nothing in it."""
    label = Label(call.span("range"), "there is nothing to choose from")
    headline = f"nothing is in the range `{plain(call.value('range'))}`"
    return RunError(headline, "invalid_range", (label,), "The smaller number goes first.")
