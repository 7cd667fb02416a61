"""Compiling `$x = ...` and its kin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stk_shell.engine.environment import existing
from stk_shell.engine.operands import OperandError
from stk_shell.engine.operations import located
from stk_shell.engine.operators import OPERATIONS
from stk_shell.model import syntax
from stk_shell.model.command import Frame, Step
from stk_shell.model.conform import article, is_a, with_article
from stk_shell.model.edit import put
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.stream import Data
from stk_shell.model.values import CellPath, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler


def compile_assignment(compiler: Compiler, node: syntax.Assignment) -> Step:
    """Set a variable, a cell of it, or a member of `$env`."""
    if node.slot is None:
        return _environment(compiler, node)
    value, path, slot = compiler.expression(node.value), node.path, node.slot

    def step(frame: Frame, data: Data) -> Data:
        new = value(frame)
        frame[slot] = _checked(node, _changed(node, frame[slot], path, new))
        return None

    return step


def _environment(compiler: Compiler, node: syntax.Assignment) -> Step:
    value, path, session = compiler.expression(node.value), node.path, compiler.session

    def step(frame: Frame, data: Data) -> Data:
        new, old = value(frame), session.environment
        changed = _changed(node, old, existing(old, path), new)
        session.environment = changed if isinstance(changed, dict) else old
        return None

    return step


def _changed(node: syntax.Assignment, old: Value, path: CellPath, new: Value) -> Value:
    """What holds the value after the assignment."""
    if node.sign != "=":
        new = _combined(node, follow(old, path, node.span), new)
    return put(old, path.members, new, node.span) if path.members else new


def _combined(node: syntax.Assignment, old: Value, new: Value) -> Value:
    sign = node.sign[:-1]
    try:
        return OPERATIONS[sign](old, new)
    except OperandError as error:
        target = syntax.Garbage(node.span.source.span(node.span.start, node.sign_span.start - 1))
        operation = syntax.Operation(node.span, sign, node.sign_span, target, node.value)
        raise located(error, operation, old, new) from None


def _checked(node: syntax.Assignment, value: Value) -> Value:
    """The value, if it has the type that the variable was made with."""
    if is_a(value, node.shape):
        return value
    labels = (Label(node.value.span, f"this is {article(value)}"), Label(node.sign_span, ""))
    hint = "`mut x: any = ...` makes a variable for values of any type."
    headline = f"the variable holds {with_article(str(node.shape))}, {article(value)} does not go in"
    raise RunError(headline, "operator_incompatible_types", labels, hint, instead=_for_any_type(node))


def _for_any_type(node: syntax.Assignment) -> str | None:
    """The line with the variable made for values of any type, where it is the line that makes it."""
    source, name = node.span.source, re.split(r"[.\s]", node.span.text[1:])[0]
    made = re.search(rf"\bmut\s+{re.escape(name)}(?:\s*:\s*[^=\s]+)?(?=\s*=)", source.text[: node.span.start])
    if made is None or source.line_of(made.start()) != source.line_of(node.span.start):
        return None
    return source.span(made.start(), made.end()).replaced(f"mut {name}: any")
