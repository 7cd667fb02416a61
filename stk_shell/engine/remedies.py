"""The line to type instead of an operation that fails, where it can be told from the operands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stk_shell.engine.operands import OperandError
from stk_shell.model import syntax
from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import number_like
from stk_shell.model.meanings import methods
from stk_shell.model.regexes import mended
from stk_shell.model.remedies import as_condition, piped
from stk_shell.model.span import Span
from stk_shell.model.spellings import DAYS, with_units
from stk_shell.model.types import kind
from stk_shell.model.values import Value

if TYPE_CHECKING:
    from stk_shell.model.command import CommandTable

INTO = frozenset({"int", "float", "datetime", "duration", "filesize", "bool"})
"""Types that a command `into ...` makes of a text."""

UNITS = {"duration": "sec", "filesize": "kb", "datetime": "day"}
"""The unit that a plain number is given beside a value of a type."""

NEUTRAL = {"string": '""', "list": "[]", "record": "{}", "bool": "false"}
"""What stands in for a null beside a value of a type; elsewhere 0 does."""


COMPARED = re.compile(
    r"""\s+(?:[=!]=|[=!]~|[<>]=?|(?:not-)?(?:in|has)|starts-with|ends-with)\s+("[^"]*"|'[^']*'|[^\s)}]+)"""
)
"""An operator that compares, and what it compares with."""


def negated(operand: Span, value: Value) -> str | None:
    """The line with a condition behind `not`, where a value that is none stands."""
    compared = COMPARED.match(operand.source.text, operand.end)
    if compared is not None:
        # `not` belongs to what stands right behind it alone.
        whole = operand.source.span(operand.start, compared.end())
        return whole.replaced(f"({piped(whole.text)})")
    meant = as_condition(operand.text, value)
    return operand.replaced(f"({meant})") if meant else None


def instead(error: OperandError, node: syntax.Operation, left: Value, right: Value) -> str | None:
    """The line with the operation as it was probably meant; None where that cannot be told."""
    if error.code == "division_by_zero":
        return _span(node).replaced(f"(try {{ {_text(node)} }} catch {{ null }})") if _stands_alone(node) else None
    if error.code == "operator_overflow":
        return _in_floats(node)
    if error.code == "unsupported_input" and isinstance(right, str):
        return node.right.span.replaced(f"'{mended(right)}'") if "'" not in right else None
    if left is None or right is None:
        return _without_null(node, left, right)
    if node.sign in ("+", "++") and "list" in (kind(left), kind(right)):
        return _joined_lists(node, left, right)
    for mine, value, other in ((node.left, left, right), (node.right, right, left)):
        if isinstance(value, str) and not isinstance(other, str):
            return _beside_text(node, mine, value, other)
    if {kind(left), kind(right)} == {"datetime", "duration"}:
        return _ago(node, left, right)
    if isinstance(left, str) and isinstance(right, str):
        return _both_texts(node, left, right)
    for mine, value, other in ((node.left, left, right), (node.right, right, left)):
        if type(value) is int and kind(other) in UNITS:
            return _with_unit(node, mine, kind(other))
    return None


def _ago(node: syntax.Operation, left: Value, right: Value) -> str | None:
    """A time compared with a duration: with the time that so long ago was."""
    mine, length = (node.left, left) if kind(left) == "duration" else (node.right, right)
    if not isinstance(mine, syntax.Literal) or not isinstance(length, int) or node.sign not in ("<", "<=", ">", ">="):
        return None
    return mine.span.replaced(f"((date now) - {mine.span.text.removeprefix('-')})")


def _with_unit(node: syntax.Operation, mine: syntax.Node, other: str) -> str | None:
    """The line with a unit behind a number that stands beside a value of another type."""
    if node.sign in ("*", "/") or (other == "datetime" and node.sign not in ("+", "-")):
        return None
    if isinstance(mine, syntax.Literal):
        return mine.span.replaced(f"{mine.span.text}{UNITS[other]}")
    return mine.span.replaced(f"({mine.span.text} * 1{UNITS[other]})")


def _both_texts(node: syntax.Operation, left: str, right: str) -> str | None:
    """The line with both texts as the numbers or dates that they hold."""
    kinds = {_held(left), _held(right)}
    wanted = next(iter(kinds)) if len(kinds) == 1 else "float" if kinds == {"int", "float"} else None
    if wanted is None:
        return None
    sides = [
        text if isinstance(side, syntax.Literal) else f"({piped(side.span.text)} | into {wanted})"
        for side, text in ((node.left, left), (node.right, right))
    ]
    return _span(node).replaced(f"{sides[0]} {node.sign} {sides[1]}")


def _held(text: str) -> str | None:
    """The type of the value that a text holds."""
    value = number_like(text) if text else None
    return None if value is None else kind(value)


def _span(node: syntax.Operation) -> Span:
    return node.left.span.to(node.right.span)


def _text(node: syntax.Operation) -> str:
    return _span(node).text


def _stands_alone(node: syntax.Operation) -> bool:
    """Whether the operation means the same inside of a block: bare columns of a row do not."""
    return not any(isinstance(side, syntax.Access) and side.span == side.head.span for side in (node.left, node.right))


def _in_floats(node: syntax.Operation) -> str | None:
    literal = next((side for side in (node.left, node.right) if isinstance(side, syntax.Literal)), None)
    if literal is not None and literal.span.text.lstrip("+-").isdigit():
        return literal.span.replaced(f"{literal.span.text}.0")
    text = node.left.span.text
    return node.left.span.replaced(f"({piped(text)} | into float)") if node.sign not in ("bit-shl", "bit-shr") else None


def _without_null(node: syntax.Operation, left: Value, right: Value) -> str | None:
    """The operand that is null, with what stands in for it."""
    mine, other = (node.left, right) if left is None else (node.right, left)
    if isinstance(mine, syntax.Literal):
        return None
    return mine.span.replaced(f"({piped(mine.span.text)} | default {NEUTRAL.get(kind(other), '0')})")


def _joined_lists(node: syntax.Operation, left: Value, right: Value) -> str | None:
    sides = [
        side.span.text if isinstance(value, list) else f"[{side.span.text}]"
        for side, value in ((node.left, left), (node.right, right))
    ]
    return _span(node).replaced(f"{sides[0]} ++ {sides[1]}")


def _beside_text(node: syntax.Operation, mine: syntax.Node, text: str, other: Value) -> str | None:
    """A text beside a value of another type: the text as that type, or where they are joined, the value as a text."""
    wanted, theirs = kind(other), node.right if mine is node.left else node.left
    if isinstance(mine, syntax.Literal):
        meant = _meant(text, wanted)
        if meant is not None:
            return mine.span.replaced(meant)
    length = _meant(text, "duration") if wanted == "datetime" and isinstance(mine, syntax.Literal) else None
    if length is not None:
        return mine.span.replaced(length if node.sign in ("+", "-") else f"((date now) - {length})")
    if node.sign == "+" and isinstance(theirs, syntax.Literal):
        return theirs.span.replaced(f'"{theirs.span.text}"')
    if node.sign == "+":
        return theirs.span.replaced(f"({piped(theirs.span.text)} | into string)")
    if isinstance(mine, syntax.Literal) or wanted not in INTO:
        return None
    return mine.span.replaced(f"({piped(mine.span.text)} | into {wanted})")


def called_as_method(error: RunError, node: syntax.Access, value: Value, commands: CommandTable) -> RunError:
    """The error for a cell that is not there, with the command that its name has: `$list.length`, as elsewhere."""
    from stk_shell.engine.calls import input_check

    place = node.path.members[-1].span
    if error.instead or place is None or not error.labels or error.labels[0].span != place:
        return error
    if place.text == "it" and not isinstance(value, dict):
        error.labels = (Label(place, "did you mean `$it`?"),)
        error.help, error.instead = "`$it` is the row that the condition is about.", place.replaced("$it")
        return error
    target = value if len(node.path.members) == 1 else None
    for name in methods(place.text, kind(target)):
        command = commands.find(name)
        if command is not None and command.signature.required() == 0 and input_check(command)(target):
            break
    else:
        return error
    if isinstance(target, dict) and not any(given == "record" for given, _ in command.signature.types):
        return error
    before = node.span.source.span(node.span.start, place.start - 1)
    meant = f"{before.text} | {command.name}"
    alone = node.span.text == node.span.source.text.strip()
    error.labels = (Label(place, f"did you mean `| {command.name}`?"), *error.labels[1:])
    error.instead = before.to(place).replaced(meant if alone else f"({meant})")
    return error


def _meant(text: str, wanted: str) -> str | None:
    """The value of a type that a text is meant to be, as the language writes it."""
    if _looks_like(text, wanted):
        return text
    if wanted == "datetime" and text.lower() in DAYS:
        return DAYS[text.lower()]
    with_point = text.replace(",", ".")
    if _looks_like(with_point, wanted):
        return with_point
    amount = with_units(text)
    return amount if amount and " " not in amount and wanted in ("duration", "filesize") else None


def _looks_like(text: str, wanted: str) -> bool:
    value = number_like(text) if text else None
    return value is not None and (kind(value) == wanted or {kind(value), wanted} <= {"int", "float"})
