"""The arms of a `match`: patterns, conditions and results."""

from __future__ import annotations

from stk_shell.model.span import Span
from stk_shell.model.syntax import (
    Alternatives,
    Anything,
    Arm,
    ListPattern,
    MatchArms,
    Node,
    Pattern,
    RecordPattern,
    Subexpression,
    ValuePattern,
    VariablePattern,
)
from stk_shell.parse import braces, expressions, pipelines, values
from stk_shell.parse.brackets import inner_end
from stk_shell.parse.lex import KEY, LIST
from stk_shell.parse.state import State


def read_arms(state: State, span: Span) -> Node:
    """`{ 1 | 2 => ..., [$a, ..$rest] if $a > 3 => ..., _ => ... }`."""
    if span.text[0] != "{":
        return state.problem("the arms of `match` stand in braces", "parse_mismatch", span, "`{ 1 => ..., _ => ... }`")
    words = state.words(span.start + 1, inner_end(state, span), LIST)
    arms: list[Arm] = []
    at = 0
    while at < len(words):
        arm, at = _read_arm(state, words, at)
        if arm is not None:
            arms.append(arm)
    return MatchArms(span, tuple(arms), state.scope.function.new_slot())


def _read_arm(state: State, words: list[Span], at: int) -> tuple[Arm | None, int]:
    arrow = next((index for index in range(at, len(words)) if words[index].text == "=>"), None)
    if arrow is None or arrow == at or arrow + 1 >= len(words):
        begun = not state.text[words[-1].end :].strip()
        where = words[at].to(words[-1]) if arrow is None else words[arrow]
        headline, label = "an arm of `match` is not complete", "`PATTERN => RESULT`"
        state.problem(headline, "parse_mismatch", where, label, incomplete=begun)
        return None, len(words)
    with state.inner_scope():
        condition = next((index for index in range(at, arrow) if words[index].text == "if"), arrow)
        pattern = _read_alternatives(state, words[at:condition], words[condition])
        guard = expressions.read_expression(state, words[condition + 1 : arrow]) if condition + 1 < arrow else None
        result = _read_result(state, words[arrow + 1])
    return Arm(words[at].to(words[arrow + 1]), pattern, guard, result), arrow + 2


def _read_result(state: State, word: Span) -> Node:
    if word.text[0] == "{" and braces.is_block(state, word):
        return Subexpression(word, pipelines.read_braced_block(state, word))
    return values.read_value(state, word)


def _read_alternatives(state: State, words: list[Span], after: Span) -> Pattern:
    if words and words[0].text == ";":
        state.problem("`;` separates no arms", "parse_mismatch", words[0], "a comma or a new line does")
    choices = [word for word in words if word.text not in ("|", ";")]
    if not choices:
        state.problem("a pattern is missing", "parse_mismatch", after, "before this")
        return Anything(after)
    patterns = tuple(read_pattern(state, word) for word in choices)
    return patterns[0] if len(patterns) == 1 else Alternatives(choices[0].to(choices[-1]), patterns)


def read_pattern(state: State, span: Span) -> Pattern:
    """A value, `$name`, `_`, a list or a record of patterns."""
    text = span.text
    if text == "_":
        return Anything(span)
    if text[0] == "$" and text[1:].isidentifier():
        return VariablePattern(span, state.scope.declare(text[1:]).slot)
    if text[0] == "[":
        return _read_list(state, span)
    if text[0] == "{":
        return _read_record(state, span)
    return ValuePattern(span, values.read_value(state, span))


def _read_list(state: State, span: Span) -> Pattern:
    words = state.words(span.start + 1, inner_end(state, span), LIST)
    items: list[Pattern] = []
    for word in words:
        if word.text.startswith(".."):
            name = word.text.lstrip(".").removeprefix("$")
            return ListPattern(span, tuple(items), True, state.scope.declare(name).slot if name else None)
        items.append(read_pattern(state, word))
    return ListPattern(span, tuple(items))


def _read_record(state: State, span: Span) -> Pattern:
    words = state.words(span.start + 1, inner_end(state, span), KEY)
    fields: list[tuple[str, Pattern]] = []
    at = 0
    while at < len(words):
        name = words[at].text.strip("\"'`").removeprefix("$")
        if at + 2 < len(words) and words[at + 1].text == ":":
            fields.append((name, read_pattern(state, words[at + 2])))
            at += 3
        else:
            fields.append((name, VariablePattern(words[at], state.scope.declare(name).slot)))
            at += 1
    return RecordPattern(span, tuple(fields))
