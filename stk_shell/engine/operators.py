"""What the operators do to values: two operands come in, a value or an error without a place goes out."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable, Container
from types import NoneType
from typing import TypeAlias

from stk_shell.model.compare import equal, sort_key
from stk_shell.model.conform import article
from stk_shell.model.regexes import compiled
from stk_shell.model.types import KINDS
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Range, Value

Operation: TypeAlias = Callable[[Value, Value], Value]
Table: TypeAlias = "dict[tuple[type, type], Callable[..., Value]]"

ANYTHING = frozenset(KINDS.values())
SCALARS = frozenset({"bool", "int", "float", "string", "duration", "filesize", "datetime"})
AMOUNTS = frozenset({"int", "float", "duration", "filesize"})
CONTAINERS = frozenset({"string", "list", "record", "range"})

OPERANDS: dict[str, tuple[Container[str], Container[str]]] = {
    "+": (SCALARS - {"bool"}, SCALARS - {"bool"}),
    "-": (AMOUNTS | {"datetime"}, AMOUNTS | {"datetime"}),
    **dict.fromkeys(("*", "/", "//", "mod"), (AMOUNTS, AMOUNTS)),
    "**": ({"int", "float"}, {"int", "float"}),
    "++": ({"string", "list", "binary"}, {"string", "list", "binary"}),
    **dict.fromkeys(("<", "<=", ">", ">="), (SCALARS, SCALARS)),
    **dict.fromkeys(("=~", "!~", "starts-with", "ends-with"), ({"string"}, {"string"})),
    **dict.fromkeys(("not-starts-with", "not-ends-with"), ({"string"}, {"string"})),
    **dict.fromkeys(("in", "not-in"), (ANYTHING, CONTAINERS)),
    **dict.fromkeys(("has", "not-has"), (CONTAINERS, ANYTHING)),
    **dict.fromkeys(("and", "or", "xor"), ({"bool"}, {"bool"})),
    **dict.fromkeys(("bit-and", "bit-or", "bit-xor", "bit-shl", "bit-shr"), ({"int"}, {"int"})),
}
"""The types that each operator takes on its left and on its right, for telling an operand that never fits from a pair
that does not fit together; those of == and != are all."""


class OperandError(Exception):
    """Operands that an operator cannot work on; the evaluator knows where they stand.

    `code` ends the diagnostic's code, `side` is the operand at fault (0 left, 1 right) where it is one alone.
    """

    def __init__(self, code: str, headline: str, side: int | None = None) -> None:
        super().__init__(headline)
        self.code = code
        self.headline = headline
        self.side = side


def mismatch(sign: str, left: Value, right: Value) -> OperandError:
    """The error for operands of the wrong types."""
    kinds = KINDS[type(left)], KINDS[type(right)]
    for side, allowed in enumerate(OPERANDS[sign]):
        if kinds[side] not in allowed:
            return OperandError(
                "operator_unsupported_type", f"`{sign}` does not work on {article((left, right)[side])}", side
            )
    if sign in ("<", "<=", ">", ">="):
        return OperandError("operator_incompatible_types", f"cannot compare {kinds[0]} with {kinds[1]}")
    return OperandError("operator_incompatible_types", f"`{sign}` does not work between {kinds[0]} and {kinds[1]}")


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


COMPARABLE = frozenset(
    {(kind, kind) for kind in (bool, int, float, str, Duration, Filesize, datetime.datetime)} | set(FLOATS)
)
ORDERED = (list, dict, Range, bytes)


def comparison(sign: str, compare: Callable[..., bool]) -> Operation:
    """An ordering operator: null on either side gives null, values of different types cannot be compared."""

    def operate(left: Value, right: Value) -> Value:
        pair = type(left), type(right)
        if pair in COMPARABLE:
            return compare(left, right)
        if left is None or right is None:
            return None
        if pair[0] is pair[1] and pair[0] in ORDERED:
            return compare(sort_key(left), sort_key(right))
        raise mismatch(sign, left, right)

    return operate


def contains(container: Value, item: Value) -> bool | None:
    """Whether the container holds the item; None where they do not go together."""
    if isinstance(container, list):
        return any(equal(item, each) for each in container)
    if isinstance(container, Range):
        return item in container
    if isinstance(container, (str, dict)) and isinstance(item, str):
        return item in container
    return None


def membership(sign: str, *, container_first: bool) -> Operation:
    """`in` and `has`."""

    def operate(left: Value, right: Value) -> Value:
        found = contains(left, right) if container_first else contains(right, left)
        if found is None:
            raise mismatch(sign, left, right)
        return found

    return operate


def matches(left: Value, right: Value) -> Value:
    """Whether the regular expression on the right is found in the text on the left."""
    if left is None and isinstance(right, str):
        return None
    if not (isinstance(left, str) and isinstance(right, str)):
        raise mismatch("=~", left, right)
    try:
        return compiled(right).search(left) is not None
    except ValueError as error:
        raise OperandError("unsupported_input", f"`{right}` is no regular expression: {error}", 1) from None


def negated(operate: Operation, sign: str, plain: str) -> Operation:
    """The opposite of an operator; its errors name the sign that the user wrote."""

    def opposite(left: Value, right: Value) -> Value:
        try:
            result = operate(left, right)
        except OperandError as error:
            raise OperandError(error.code, error.headline.replace(f"`{plain}`", f"`{sign}`"), error.side) from None
        return None if result is None else not result

    return opposite


OPERATIONS: dict[str, Operation] = {
    **{sign: from_table(sign) for sign in TABLES},
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": comparison("<", operator.lt),
    "<=": comparison("<=", operator.le),
    ">": comparison(">", operator.gt),
    ">=": comparison(">=", operator.ge),
    "=~": matches,
    "in": membership("in", container_first=False),
    "has": membership("has", container_first=True),
}
OPERATIONS |= {
    sign: negated(OPERATIONS[plain], sign, plain)
    for sign, plain in (
        ("!~", "=~"),
        ("not-in", "in"),
        ("not-has", "has"),
        ("not-starts-with", "starts-with"),
        ("not-ends-with", "ends-with"),
    )
}
"""Every operator but `and` and `or`, which do not always look at their right side."""

EXAMPLES: dict[str, Value] = {
    "nothing": None,
    "bool": True,
    "int": 1,
    "float": 1.0,
    "string": "a",
    "binary": b"a",
    "datetime": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
    "duration": Duration(1),
    "filesize": Filesize(1),
    "range": Range(1, None, 2),
    "list": [],
    "record": {},
}
"""A value of each type that an operator may take."""

WRONG_TYPES = frozenset({"operator_unsupported_type", "operator_incompatible_types"})


def check_types(sign: str, left: Value, right: Value) -> None:
    """Ask whether the operator takes values of the types that these two have, as far as the types alone tell.

    Raises:
        OperandError: it never does.
    """
    if left is not None and right is not None:
        for value, allowed in zip((left, right), OPERANDS.get(sign, ()), strict=False):
            if KINDS[type(value)] not in allowed:
                raise mismatch(sign, left, right)
    try:
        OPERATIONS[sign](left, right)
    except OperandError as error:
        if error.code in WRONG_TYPES:
            raise
