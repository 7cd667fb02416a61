"""Where chance comes from, and the error for a choice of nothing."""

from __future__ import annotations

from random import SystemRandom

from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError

CHANCE = SystemRandom()
"""The system's own source, which nobody can foresee."""


def empty_range(call: Call) -> RunError:
    """The error for a range with nothing in it."""
    label = Label(call.span("range"), "nothing is in this one")
    return RunError("there is nothing to choose from", "invalid_range", (label,), "The smaller number goes first.")
