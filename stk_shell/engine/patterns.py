"""Compiling the arms of a `match`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stk_shell.model import syntax
from stk_shell.model.command import Evaluate, Frame, Step
from stk_shell.model.compare import equal
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.remedies import as_condition
from stk_shell.model.stream import Data
from stk_shell.model.values import Range, Value

if TYPE_CHECKING:
    from stk_shell.engine.compiler import Compiler

Matches = Callable[[Frame, Value], bool]
Holds = Callable[[Frame], bool]


def compile_arms(compiler: Compiler, node: syntax.MatchArms) -> Step:
    """The first arm whose pattern and condition hold gives the result, from what is piped in; none gives null."""
    arms, slot = [_arm(compiler, arm) for arm in node.arms], node.slot

    def step(frame: Frame, data: Data) -> Data:
        value = frame[slot]
        for matches, holds, result in arms:
            if matches(frame, value) and (holds is None or holds(frame)):
                return result(frame, data)
        return None

    return step


def _arm(compiler: Compiler, arm: syntax.Arm) -> tuple[Matches, Holds | None, Step]:
    holds = None if arm.guard is None else _guard(compiler, arm.guard)
    return _pattern(compiler, arm.pattern), holds, compiler.step(arm.result)


def _guard(compiler: Compiler, node: syntax.Node) -> Holds:
    """The condition behind a pattern."""
    evaluate, span = compiler.expression(node), node.span

    def holds(frame: Frame) -> bool:
        value = evaluate(frame)
        if isinstance(value, bool):
            return value
        label, meant = Label(span, f"this is {article(value)}"), as_condition(span.text, value)
        headline, instead = "the condition of an arm has to be true or false", span.replaced(meant) if meant else None
        raise RunError(headline, "match_guard_not_bool", (label,), instead=instead)

    return holds


def _pattern(compiler: Compiler, pattern: syntax.Pattern) -> Matches:
    if isinstance(pattern, syntax.ValuePattern):
        return _value(compiler.expression(pattern.value))
    if isinstance(pattern, syntax.VariablePattern):
        return _variable(pattern.slot)
    if isinstance(pattern, syntax.ListPattern):
        return _list(pattern, [_pattern(compiler, item) for item in pattern.items])
    if isinstance(pattern, syntax.RecordPattern):
        return _record([(name, _pattern(compiler, field)) for name, field in pattern.fields])
    if isinstance(pattern, syntax.Alternatives):
        choices = [_pattern(compiler, choice) for choice in pattern.patterns]
        return lambda frame, value: any(choice(frame, value) for choice in choices)
    return lambda frame, value: True


def _value(evaluate: Evaluate) -> Matches:
    """What is equal, or in the range. Where values are told apart, 1 and 1.0 are two, as in nushell."""

    def matches(frame: Frame, value: Value) -> bool:
        wanted = evaluate(frame)
        if isinstance(wanted, Range):
            return wanted == value or (type(value) is type(wanted.start) and value in wanted)
        return type(wanted) is type(value) and equal(wanted, value)

    return matches


def _variable(slot: int) -> Matches:
    def matches(frame: Frame, value: Value) -> bool:
        frame[slot] = value
        return True

    return matches


def _list(pattern: syntax.ListPattern, items: list[Matches]) -> Matches:
    count, rest_slot = len(items), pattern.rest_slot

    def matches(frame: Frame, value: Value) -> bool:
        if not isinstance(value, list) or len(value) < count or (len(value) > count and not pattern.open):
            return False
        if rest_slot is not None:
            frame[rest_slot] = value[count:]
        return all(item(frame, each) for item, each in zip(items, value, strict=False))

    return matches


def _record(fields: list[tuple[str, Matches]]) -> Matches:
    def matches(frame: Frame, value: Value) -> bool:
        return isinstance(value, dict) and all(name in value and field(frame, value[name]) for name, field in fields)

    return matches
