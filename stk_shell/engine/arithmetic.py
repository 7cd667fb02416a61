"""What arithmetic does to values, by the types of both operands."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable
from types import NoneType
from typing import TypeAlias

from stk_shell.engine.operands import OperandError, mismatch
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value

Operation: TypeAlias = Callable[[Value, Value], Value]
Table: TypeAlias = "dict[tuple[type, type], Callable[..., Value]]"


def whole(value: int) -> int:
    """The integer, if 64 bits hold it."""
    if INT_MIN <= value <= INT_MAX:
        return value
    raise OperandError("operator_overflow", "the result does not fit into a 64-bit integer")


def cut(value: float) -> int:
    """The number without what is behind its point, if 64 bits hold it."""
    if math.isfinite(value):
        return whole(int(value))
    raise OperandError("operator_overflow", "the result does not fit into a 64-bit integer")


def divided(amount: int, number: float) -> int:
    """An amount divided by a number, cut to a whole one."""
    if type(number) is int:
        quotient = abs(amount) // abs(number)
        return quotient if (amount < 0) is (number < 0) else -quotient
    return cut(amount / number)


def elapsed(later: datetime.datetime, earlier: datetime.datetime) -> Duration:
    """The time from one date to another."""
    delta = later - earlier
    return Duration(whole((delta.days * 86_400 + delta.seconds) * 1_000_000_000 + delta.microseconds * 1_000))


def shifted(date: datetime.datetime, duration: int) -> datetime.datetime:
    """The date that lies a duration (nanoseconds) later, to the microsecond."""
    try:
        return date + datetime.timedelta(microseconds=duration // 1_000)
    except OverflowError:
        raise OperandError("operator_overflow", "the result is no date between the years 1 and 9999") from None


def power(base: int, exponent: int) -> int:
    """Base to the exponent, in integers."""
    if exponent < 0:
        raise OperandError("incorrect_value", "an integer cannot be raised to a negative power", 1)
    if exponent > 64 and abs(base) > 1:
        raise OperandError("operator_overflow", "the result does not fit into a 64-bit integer")
    return whole(base**exponent)


def shift_left(value: int, places: int) -> int:
    """The value shifted left; bits beyond the 64th are lost, as they are in nushell."""
    shifted = (value << _places(places)) & 0xFFFF_FFFF_FFFF_FFFF
    return shifted - (1 << 64) if shifted > INT_MAX else shifted


def shift_right(value: int, places: int) -> int:
    """The value shifted right; the sign stays."""
    return value >> _places(places)


def _places(places: int) -> int:
    if 0 <= places < 64:
        return places
    raise OperandError("operator_overflow", "an integer has 64 bits: it can be shifted by 0 to 63", 1)


def float_power(base: float, exponent: float) -> float:
    """Base to the exponent, in floats."""
    try:
        result = float(base) ** exponent
    except ZeroDivisionError:
        raise OperandError("division_by_zero", "division by zero", 1) from None
    except OverflowError:
        return float("inf")
    return result if isinstance(result, float) else float("nan")


FLOATS = ((int, float), (float, int), (float, float))
UNITS = (Duration, Filesize)


def _per_unit(same: Callable[[type[int]], Callable[..., Value]]) -> Table:
    return {(unit, unit): same(unit) for unit in UNITS}


def _scaled(scale: Callable[..., int], *, both_ways: bool) -> Table:
    """A duration or filesize with a number beside it; `scale` gives the amount in the unit."""
    table: Table = {}
    for unit in UNITS:
        for number in (int, float):
            table[unit, number] = lambda a, b, unit=unit: unit(whole(scale(int(a), b)))
            if both_ways:
                table[number, unit] = lambda a, b, unit=unit: unit(whole(scale(int(b), a)))
    return table


TABLES: dict[str, Table] = {
    "+": {
        (int, int): lambda a, b: whole(a + b),
        **dict.fromkeys((*FLOATS, (str, str)), operator.add),
        **_per_unit(lambda unit: lambda a, b: unit(whole(int(a) + int(b)))),
        (datetime.datetime, Duration): shifted,
        (Duration, datetime.datetime): lambda a, b: shifted(b, a),
    },
    "-": {
        (int, int): lambda a, b: whole(a - b),
        **dict.fromkeys(FLOATS, operator.sub),
        **_per_unit(lambda unit: lambda a, b: unit(whole(int(a) - int(b)))),
        (datetime.datetime, Duration): lambda a, b: shifted(a, -b),
        (datetime.datetime, datetime.datetime): elapsed,
    },
    "*": {
        (int, int): lambda a, b: whole(a * b),
        **dict.fromkeys(FLOATS, operator.mul),
        **_scaled(lambda amount, number: cut(amount * number), both_ways=True),
    },
    "/": {
        (int, int): lambda a, b: a / b,
        **dict.fromkeys(FLOATS, operator.truediv),
        **_per_unit(lambda unit: lambda a, b: int(a) / int(b)),
        **_scaled(divided, both_ways=False),
    },
    "//": {
        (int, int): lambda a, b: whole(a // b),
        **dict.fromkeys(FLOATS, operator.floordiv),
        **_per_unit(lambda unit: lambda a, b: int(a) // int(b)),
        **_scaled(lambda amount, number: cut(amount // number), both_ways=False),
    },
    "mod": {
        (int, int): operator.mod,
        **dict.fromkeys(FLOATS, operator.mod),
        **_per_unit(lambda unit: lambda a, b: unit(int(a) % int(b))),
        **_scaled(lambda amount, number: cut(amount % number), both_ways=False),
    },
    "**": {(int, int): power, **dict.fromkeys(FLOATS, float_power)},
    "++": dict.fromkeys(((str, str), (list, list), (bytes, bytes)), operator.add),
    "starts-with": {(str, str): str.startswith, (NoneType, str): lambda text, start: None},
    "ends-with": {(str, str): str.endswith, (NoneType, str): lambda text, end: None},
    "xor": {(bool, bool): operator.ne},
    "bit-and": {(int, int): operator.and_},
    "bit-or": {(int, int): operator.or_},
    "bit-xor": {(int, int): operator.xor},
    "bit-shl": {(int, int): shift_left},
    "bit-shr": {(int, int): shift_right},
}


def from_table(sign: str) -> Operation:
    """The operator as a function that looks up what to do by the types of its operands."""
    table = TABLES[sign]

    def operate(left: Value, right: Value) -> Value:
        action = table.get((type(left), type(right)))
        if action is None:
            raise mismatch(sign, left, right)
        try:
            return action(left, right)
        except ZeroDivisionError:
            raise OperandError("division_by_zero", "division by zero", 1) from None

    return operate
