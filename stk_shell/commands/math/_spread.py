"""How far numbers are spread around their average."""

from __future__ import annotations

import math
from typing import cast

from stk_shell.commands.math._numbers import numbers
from stk_shell.commands.math._reduce import WHOLES
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.values import Value

SPREAD = Signature(
    types=(("list<number>", "number"), *WHOLES),
    category="math",
    flags=(Flag("sample", "Take the numbers as a sample: divide by one less than there are.", short="s"),),
)
"""What the commands about it take."""


def variance(call: Call, values: list[Value]) -> float:
    """The variance of numbers, exact where they are integers.

    Raises:
        RunError: there is another value among them, or one number as a sample.
    """
    kind, known = numbers(call, values)
    divisor = len(known) - call.switch("sample")
    if divisor == 0:
        label = Label(call.head, "one number is no sample")
        raise RunError("a sample needs at least two numbers", "division_by_zero", (label,))
    if kind is int:
        whole = cast("list[int]", known)
        return (len(whole) * sum(number * number for number in whole) - sum(whole) ** 2) / (len(whole) * divisor)
    return _squares(known) / divisor


def _squares(known: list[float]) -> float:
    """The sum of the squared distances from the average."""
    try:
        mean = math.fsum(known) / len(known)
        return math.fsum([(number - mean) * (number - mean) for number in known])
    except (OverflowError, ValueError):
        # Infinite numbers, or such as are beyond all floats together.
        return math.nan
