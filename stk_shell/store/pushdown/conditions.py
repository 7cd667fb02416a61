"""Conditions of `where` as SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from stk_shell.model import syntax
from stk_shell.model.errors import StkError
from stk_shell.model.known import only_expression
from stk_shell.model.source import Declined
from stk_shell.model.syntax import INPUT_SLOT, Node
from stk_shell.model.values import CellPath, PathMember, Value, Written
from stk_shell.store.pushdown.cells import BOOL, JSON, Cell, Columns, Values, cell_at, either
from stk_shell.store.pushdown.comparisons import Verdict, compared, holds, inverted, is_true

Side: TypeAlias = "Cell | Value"

KNOWN = frozenset({"dates", "conversions", "strings", "math"})
"""The categories of commands whose results depend on nothing but what goes in, and on the clock."""

NAMELESS = PathMember("")
"""The step to a value that flows without a name."""

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Conditions:
    """Translates the body of a closure about a row."""

    def __init__(self, written: Written, columns: Columns, scalar: Cell | None, values: Values) -> None:
        """`scalar` is the cell where values flow instead of rows."""
        function = written.function
        if len(function.parameters) > 1:
            raise Declined
        self.row_slots = {INPUT_SLOT, *(parameter.slot for parameter in function.parameters)}
        self.written = written
        self.columns = columns
        self.scalar = scalar
        self.values = values

    def verdict(self) -> Verdict:
        """The whole condition.

        Raises:
            Declined: it says something that SQL would not do the same.
        """
        body = only_expression(self.written.function.body)
        if body is None:
            raise Declined
        return self.of(body)

    def of(self, node: Node) -> Verdict:
        """Any part of it that is true or false."""
        node = self.unwrapped(node)
        if isinstance(node, syntax.Not):
            return inverted(self.of(node.operand).strict())
        if isinstance(node, syntax.Operation):
            return self.operation(node)
        side = self.side(node)
        if isinstance(side, Cell):
            if side.kind not in (BOOL, JSON):
                raise Declined
            return is_true(side)
        if not isinstance(side, bool):
            raise Declined
        return Verdict(str(side).lower())

    def unwrapped(self, node: Node) -> Node:
        """What stands in brackets, where a row is mentioned there."""
        while isinstance(node, syntax.Subexpression) and not self.is_closed(node):
            inner = only_expression(node.block)
            if inner is None:
                raise Declined
            node = inner
        return node

    def operation(self, node: syntax.Operation) -> Verdict:
        """Two parts and what is between them."""
        if node.sign in ("and", "or"):
            return self.logic(node)
        left, right = self.side(node.left), self.side(node.right)
        sign = node.sign
        if isinstance(left, Cell) == isinstance(right, Cell):
            raise Declined
        if sign in FLIPPED:
            if isinstance(left, Cell):
                return compared(sign, left, _constant(right), self.values)
            return compared(FLIPPED[sign], _cell(right), left, self.values)
        return holds(sign, left, right, self.values)

    def logic(self, node: syntax.Operation) -> Verdict:
        """`and` and `or`: the right side is only looked at where the left one does not decide."""
        left, right = self.of(node.left).strict(), self.of(node.right).strict()
        decides = left.sure() if node.sign == "and" else f"not {left.sure()}"
        doubt = right.doubt and f"({decides} and {right.doubt})"
        truth = f"({left.truth} {node.sign} {right.truth})"
        return Verdict(truth, doubt=either(left.doubt, doubt), nullable=left.nullable or right.nullable)

    def side(self, node: Node) -> Side:
        """A cell of the row, or a value that no row has to do with."""
        node = self.unwrapped(node)
        if self.is_row(node):
            if self.scalar is None:
                raise Declined
            return self.scalar
        if isinstance(node, syntax.Access) and self.is_row(node.head):
            return self.cell(node.path)
        if not self.is_closed(node):
            raise Declined
        try:
            return self.written.evaluate(node)
        except StkError:
            raise Declined from None

    def cell(self, path: CellPath) -> Cell:
        """The cell at a path from the row."""
        if self.scalar is not None:
            return cell_at({"": self.scalar}, CellPath((NAMELESS, *path.members)), self.values)
        return cell_at(self.columns, path, self.values)

    def is_row(self, node: Node) -> bool:
        """Whether it is the row itself."""
        return isinstance(node, syntax.Variable) and node.slot in self.row_slots

    def is_closed(self, node: object) -> bool:
        """Whether no row is mentioned, so that the value is the same for all."""
        if isinstance(node, syntax.Variable):
            return node.slot not in self.row_slots
        if isinstance(node, syntax.Call):
            return node.slot is None and node.command.signature.category in KNOWN and self.is_closed(node.arguments)
        if isinstance(node, tuple):
            return all(map(self.is_closed, node))
        is_closed: Callable[..., bool] | None = PARTS.get(type(node))
        return is_closed is not None and is_closed(self, node)


def _constant(side: Side) -> Value:
    if isinstance(side, Cell):
        raise Declined
    return side


def _cell(side: Side) -> Cell:
    if not isinstance(side, Cell):
        raise Declined
    return side


PARTS: dict[type, Callable[..., bool]] = {
    type(None): lambda conditions, node: True,
    syntax.Literal: lambda conditions, node: True,
    syntax.Access: lambda conditions, node: conditions.is_closed(node.head),
    syntax.ListNode: lambda conditions, node: conditions.is_closed(node.items),
    syntax.Not: lambda conditions, node: conditions.is_closed(node.operand),
    syntax.Operation: lambda conditions, node: conditions.is_closed((node.left, node.right)),
    syntax.Interpolation: lambda conditions, node: conditions.is_closed(node.parts),
    syntax.Argument: lambda conditions, node: not node.spread and conditions.is_closed(node.value),
    syntax.Stage: lambda conditions, node: node.input_slot is None and conditions.is_closed(node.expression),
    syntax.Pipeline: lambda conditions, node: conditions.is_closed(node.stages),
    syntax.Block: lambda conditions, node: not node.definitions and conditions.is_closed(node.pipelines),
    syntax.Subexpression: lambda conditions, node: conditions.is_closed(node.block),
}
"""Whether each kind of node is closed."""
