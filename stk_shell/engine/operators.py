"""What the operators do to values: two operands come in, a value or an error without a place goes out."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable

from stk_shell.engine.arithmetic import FLOATS, TABLES, Operation, from_table
from stk_shell.engine.operands import OPERANDS, OperandError, mismatch
from stk_shell.model.compare import equal, sort_key
from stk_shell.model.regexes import compiled
from stk_shell.model.types import KINDS
from stk_shell.model.values import Duration, Filesize, Range, Value

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
