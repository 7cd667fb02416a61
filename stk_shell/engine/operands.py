"""What operators can stand between, and the error for what they cannot."""

from __future__ import annotations

from collections.abc import Container

from stk_shell.model.conform import article
from stk_shell.model.types import KINDS
from stk_shell.model.values import Value

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
