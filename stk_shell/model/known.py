"""What type an expression surely has: as much as can be read off the program before it runs."""

from __future__ import annotations

from stk_shell.model import syntax
from stk_shell.model.types import KINDS, kind

ALWAYS_BOOL = frozenset({"==", "!=", "and", "or", "xor", "in", "not-in", "has", "not-has"})
"""Operators that give a bool or fail; the others that compare give null for null."""

ARITHMETIC = frozenset({"+", "-", "*", "//", "mod", "**"})
NUMBERS = frozenset({"int", "float"})
TYPES = frozenset(KINDS.values())


def known_kind(node: syntax.Node | None) -> str | None:
    """The type name of the node's value, without what is inside; None where only running tells."""
    if isinstance(node, syntax.Literal):
        return kind(node.value)
    if isinstance(node, syntax.Variable):
        return node.shape.name if node.shape.name in TYPES else None
    if isinstance(node, syntax.Subexpression):
        return known_kind(only_expression(node.block))
    if isinstance(node, syntax.Operation):
        return node.kind
    return None if node is None else BY_LOOK.get(type(node))


BY_LOOK: dict[type[syntax.Node], str] = {
    syntax.ListNode: "list",
    syntax.TableNode: "list",
    syntax.RecordNode: "record",
    syntax.RangeNode: "range",
    syntax.Interpolation: "string",
    syntax.ClosureNode: "closure",
    syntax.Not: "bool",
}
"""What is of one type, whatever it holds."""


def operation_kind(sign: str, left: syntax.Node, right: syntax.Node) -> str | None:
    """The type that an operator gives, if it is certain."""
    if sign in ALWAYS_BOOL:
        return "bool"
    sides = {known_kind(left), known_kind(right)}
    if not sides <= NUMBERS:
        return None
    if sign == "/":
        return "float"
    return ("float" if "float" in sides else "int") if sign in ARITHMETIC else None


def literal(node: syntax.Node | None) -> syntax.Literal | None:
    """The value that is written down in a pipeline of nothing else."""
    if isinstance(node, syntax.Subexpression):
        return literal(only_expression(node.block))
    return node if isinstance(node, syntax.Literal) else None


def only_expression(block: syntax.Block) -> syntax.Node | None:
    """The one expression that the block consists of; None where there is more, or nothing."""
    stages = block.pipelines[0].stages if len(block.pipelines) == 1 else ()
    return stages[0].expression if len(stages) == 1 else None


def result_kind(block: syntax.Block) -> str | None:
    """The type of what the block gives, as far as its last pipeline tells."""
    stages = block.pipelines[-1].stages if block.pipelines else ()
    return known_kind(stages[0].expression) if len(stages) == 1 else None
