"""Compiling operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.engine.operands import OperandError
from stk_shell.engine.operators import EXAMPLES, OPERATIONS, check_types
from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.known import known_kind
from stk_shell.model.remedies import as_condition
from stk_shell.model.stream import collect, cut_note_of
from stk_shell.model.types import kind
from stk_shell.model.values import INT_MAX, INT_MIN, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler


def compile_not(compiler: Compiler, node: syntax.Not) -> Evaluate:
    """`not` of a bool."""
    operand, span = compiler.expression(node.operand), node.operand.span

    def evaluate(frame: Frame) -> Value:
        value = operand(frame)
        if value is True or value is False:
            return not value
        from stk_shell.engine.remedies import negated

        label, instead = Label(span, f"this is {article(value)}"), negated(span, value)
        raise RunError("`not` needs a bool", "cant_convert", (label,), instead=instead)

    return evaluate


def compile_operation(compiler: Compiler, node: syntax.Operation) -> Evaluate:
    """An operator with its operands; `and` and `or` look at the right one only where they must."""
    left, right = _operand(compiler, node.left), _operand(compiler, node.right)
    _check_known_types(node)
    if node.sign in ("and", "or"):
        return _logic(node, left, right)
    if node.sign in ("+", "-"):
        return _whole_numbers(node, left, right)
    operate = OPERATIONS[node.sign]

    def evaluate(frame: Frame) -> Value:
        first, second = left(frame), right(frame)
        try:
            return operate(first, second)
        except OperandError as error:
            raise located(error, node, first, second) from None

    return evaluate


def _operand(compiler: Compiler, node: syntax.Node) -> Evaluate:
    """The value of an operand; all rows of a pipeline count there, so that it is told where a default limit cut it."""
    if not isinstance(node, syntax.Subexpression):
        return compiler.expression(node)
    step, session = compiler.step(node), compiler.session

    def evaluate(frame: Frame) -> Value:
        data = step(frame, None)
        note = cut_note_of(data)
        if note is not None:
            session.note_cut(note)
        return collect(data)

    return evaluate


def _check_known_types(node: syntax.Operation) -> None:
    """Refuse operands whose types are known, and never go together, before anything runs."""
    sides = ((node.left, known_kind(node.left)), (node.right, known_kind(node.right)))
    if node.sign in ("and", "or"):
        for operand, name in sides:
            if name in EXAMPLES and name != "bool":
                raise _no_bool(node, operand, _example(operand, name))
    elif all(name in EXAMPLES for _, name in sides):
        left, right = (_example(operand, str(name)) for operand, name in sides)
        try:
            check_types(node.sign, left, right)
        except OperandError as error:
            raise located(error, node, left, right) from None


def _example(operand: syntax.Node, kind_name: str) -> Value:
    """The value that is written down, or one of its type."""
    return operand.value if isinstance(operand, syntax.Literal) else EXAMPLES[kind_name]


def _whole_numbers(node: syntax.Operation, left: Evaluate, right: Evaluate) -> Evaluate:
    """Sums and differences, mostly of ints."""
    operate, adds = OPERATIONS[node.sign], node.sign == "+"

    def evaluate(frame: Frame) -> Value:
        first, second = left(frame), right(frame)
        if type(first) is int and type(second) is int:
            result = first + second if adds else first - second
            if INT_MIN <= result <= INT_MAX:
                return result
        try:
            return operate(first, second)
        except OperandError as error:
            raise located(error, node, first, second) from None

    return evaluate


def _logic(node: syntax.Operation, left: Evaluate, right: Evaluate) -> Evaluate:
    decisive = node.sign == "or"

    def evaluate(frame: Frame) -> Value:
        first = left(frame)
        if first is decisive:
            return decisive
        if not isinstance(first, bool):
            raise _no_bool(node, node.left, first)
        second = right(frame)
        if not isinstance(second, bool):
            raise _no_bool(node, node.right, second)
        return second

    return evaluate


def _no_bool(node: syntax.Operation, operand: syntax.Node, value: Value) -> RunError:
    labels = Label(operand.span, f"this is {article(value)}"), Label(node.sign_span, f"`{node.sign}` takes bools")
    hint = "`default false` puts a value in the place of null." if value is None else None
    headline = f"`{node.sign}` does not work on {article(value)}"
    text = operand.span.text
    meant: str | None
    other = node.left if operand is node.right else node.right
    if isinstance(operand, syntax.Literal) and isinstance(other, syntax.Operation) and text[0] in "\"'0123456789":
        meant = f"{other.left.span.text} {other.sign} {text}"
        hint = f"On each side of `{node.sign}` stands a whole condition."
    elif isinstance(operand, syntax.Literal):
        meant = f"$it.{text}" if text == value else None
        hint = "Only the first column of a condition can stand alone." if meant else hint
    else:
        meant = as_condition(text, value)
    instead = operand.span.replaced(meant) if meant else None
    return RunError(headline, "operator_unsupported_type", labels, hint, instead=instead)


HINTS = {
    frozenset({"datetime", "string"}): "`(date now) - 1day` is a day ago; `2026-11-21` is a date.",
    frozenset({"int", "string"}): "`into int` makes a number of a text, `into string` a text of a number.",
    frozenset({"string"}): "`into int` makes a number of a text, `into datetime` a date.",
    frozenset({"datetime", "int"}): "How long is written with a unit: `30day`, `12hr`.",
    frozenset({"duration", "int"}): "A duration has a unit: `30sec`, `5min`.",
    frozenset({"filesize", "int"}): "A size has a unit: `10kb`.",
    frozenset({"float", "string"}): "`into float` makes a number of a text.",
}
"""What to do about two types that do not go together."""


def located(error: OperandError, node: syntax.Operation, left: Value, right: Value) -> RunError:
    """The error with the operands and the operator under it, and what to type instead."""
    from stk_shell.engine.remedies import instead

    headline, code, hint = error.headline, error.code, ALONE.get(error.code)
    if code == "division_by_zero":
        labels: tuple[Label, ...] = (Label(node.right.span, "this is zero"),)
    elif code == "operator_overflow":
        labels = (Label(node.span, "here"),)
    elif code in ALONE:
        labels = (Label(node.right.span, "this"),)
    else:
        labels, hint = _operands(error, node, left, right), _hint(node, left, right)
    return RunError(headline, code, labels, hint, instead=instead(error, node, left, right))


ALONE: dict[str, str | None] = {
    "division_by_zero": "`try` goes on where a division fails.",
    "operator_overflow": "Floats reach further, with 15 digits.",
    "unsupported_input": "`\\` before a sign takes it as it is.",
    "incorrect_value": None,
}
"""Errors that are about one value, or the result, and no matter of types; and what to do about them."""


def _operands(error: OperandError, node: syntax.Operation, left: Value, right: Value) -> tuple[Label, ...]:
    """The types of the operands, with a word on the one at fault, or on the operator."""
    labels = [Label(node.left.span, kind(left)), Label(node.sign_span, ""), Label(node.right.span, kind(right))]
    if error.side is not None:
        operand, value = ((node.left, left), (node.right, right))[error.side]
        labels[2 * error.side] = Label(operand.span, f"this is {article(value)}")
    if node.sign == "xor":
        labels[1] = Label(node.sign_span, "`xor` takes bools")
    if error.headline.startswith("cannot compare"):
        labels[1] = Label(node.sign_span, f"{node.sign} needs two of a kind")
    return tuple(labels)


def _hint(node: syntax.Operation, left: Value, right: Value) -> str | None:
    kinds = {kind(left), kind(right)}
    if left is None or right is None:
        return "`default` puts a value in the place of null."
    if node.sign == "+" and "list" in kinds:
        return "`++` joins lists, `append` adds an item."
    return HINTS.get(frozenset(kinds))
