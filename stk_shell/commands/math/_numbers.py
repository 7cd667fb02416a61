"""Numbers of one kind, and what is calculated of them inside 64 bits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import accumulate
from typing import cast

from stk_shell.commands._cells import unsupported
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.numbers import are_small_integers
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value

NUMBERS: dict[frozenset[type], type] = {
    frozenset({int}): int,
    frozenset({float}): float,
    frozenset({int, float}): float,
}
MEASURES: dict[frozenset[type], type] = {frozenset({Duration}): Duration, frozenset({Filesize}): Filesize}
"""The type of what is calculated, by the types that go in."""

TO_INTS = (("number", "int"), ("list<number>", "list<int>"), ("range", "list<number>"))
"""What goes in and comes out where numbers are made whole."""


def numbers(call: Call, values: list[Value], *, measures: bool = False) -> tuple[type, list[float]]:
    """The numbers among values, which have to be all of them, and the type of what is calculated from them.

    With `measures`, they may be durations or sizes, too, but all of one kind.

    Raises:
        RunError: there is another value among them.
    """
    if are_small_integers(values):
        return int, cast("list[float]", values)
    types = frozenset(map(type, values))
    kind = NUMBERS.get(types) or (MEASURES.get(types) if measures else None)
    if kind is not None:
        return kind, cast("list[float]", values)
    first = type(values[0])
    allowed = {first} if measures and first in (Duration, Filesize) else {int, float}
    wrong = next(value for value in values if type(value) not in allowed)
    raise unsupported(call, wrong, "numbers, durations or sizes, all of one kind" if measures else "numbers")


def total(call: Call, values: list[Value]) -> int | float:
    """The sum of numbers, durations or sizes.

    Raises:
        RunError: they are not of one kind, or the sum does not fit into 64 bits.
    """
    kind, summands = numbers(call, values, measures=True)
    if kind is float:
        # Built-in sums of floats are not the same in all versions of Python.
        return deque(accumulate(summands, initial=0), maxlen=1)[0]
    return in_64_bits(call, cast("int", sum(summands)), kind)


def in_64_bits(call: Call, number: int, kind: type = int) -> int:
    """The number as an int or a measure.

    Raises:
        RunError: it is too large.
    """
    if INT_MIN <= number <= INT_MAX:
        return cast("int", kind(number))
    label = Label(call.head, "the result does not fit into a 64-bit integer")
    hint = "Floats reach further: `each { into float }` makes them." if kind is int else None
    raise RunError("the numbers are too large", "operator_overflow", (label,), hint)


def shared(number: float, count: int, kind: type) -> Value:
    """The number divided by a count; measures are cut to whole ones."""
    if kind in (int, float):
        return number / count
    part = abs(int(number)) // count
    return cast("int", kind(part if number >= 0 else -part))


def change_numbers(call: Call, data: Data, new: Callable[[float], Value]) -> Data:
    """What a function makes of each number."""

    def changed(value: Value) -> Value:
        if type(value) in (int, float):
            return new(cast("float", value))
        raise unsupported(call, value, "numbers")

    return mapped(data, changed) if is_list_like(data) else changed(collect(data))


def as_int(call: Call, number: float, rounded: Callable[[float], float]) -> Value:
    """The whole number that a function rounds to; an int stays as it is.

    Raises:
        RunError: it does not fit into 64 bits.
    """
    if isinstance(number, int):
        return number
    if INT_MIN <= number <= INT_MAX:
        return int(rounded(number))
    label = Label(call.head, "the result does not fit into a 64-bit integer")
    raise RunError(f"{number} is beyond all integers", "operator_overflow", (label,))


def undefined(call: Call, number: float, wanted: str) -> RunError:
    """The error for a number that has no result; `wanted` stands in a sentence."""
    label = Label(call.head, f"{number} comes in here")
    return RunError(f"`{call.command.name}` is defined for {wanted}", "unsupported_input", (label,))
