"""What gives names to values: `let`, `mut` and `const`."""

from __future__ import annotations

import re

from stk_shell.model.command import Command
from stk_shell.model.span import Span
from stk_shell.model.syntax import Argument, Call, Declaration, Garbage, Node
from stk_shell.parse import pipelines
from stk_shell.parse.parameters import implied_shape, read_type, refused_name
from stk_shell.parse.stages import LiteStage
from stk_shell.parse.state import State

WORDS = frozenset({"let", "mut", "const"})
NAME = re.compile(r"[^\s\d.$\"'`()\[\]{}|;#+*/^=!<>&-][^\s.$\"'`()\[\]{}|;#+*/^=!<>&-]*")


def read_variable(state: State, command: Command, words: list[Span], rest: list[LiteStage]) -> Node:
    """`let NAME: TYPE = PIPELINE`; `rest` are the pipeline's further stages."""
    head = words[0]
    sign = next((at for at, word in enumerate(words) if word.text == "="), None)
    if sign is None or sign == 1:
        return _no_sign(state, words)
    if sign == len(words) - 1:
        return state.problem("a value is missing", "missing_positional", words[sign], "behind this", incomplete=True)
    value = _read_value(state, words[sign + 1 :], rest, constant=head.text == "const")
    declaration = _declare(state, head.text, words[1].to(words[sign - 1]), value)
    given = (Argument(declaration.span, "name", declaration), Argument(value.span, "value", value))
    return Call(head.to(words[-1]), head, command, given)


UNCLEAR = r"(?s)(?P<name>\$?[^\s=:]+(?:\s*:\s*[^\s=]+)?)\s*(?:==|:=|=|\s)\s*(?P<value>\S.*)"


def _no_sign(state: State, words: list[Span]) -> Garbage:
    """Note that there is no `=` with blanks around it between a name and a value."""
    head = words[0]
    rest = head.source.span(head.end, words[-1].end)
    match = re.fullmatch(UNCLEAR, rest.text.strip())
    instead = rest.replaced(f" {match['name']} = {match['value']}") if match else None
    return state.problem(
        f"`{head.text}` needs a name, `=` and a value",
        "missing_positional",
        words[1].to(words[-1]) if len(words) > 1 else head,
        "`NAME = VALUE`, with blanks around the sign",
        None if instead else f"{head.text} total = 5",
        instead=instead,
    )


def _read_value(state: State, words: list[Span], rest: list[LiteStage], *, constant: bool) -> Node:
    outer, state.only_constants = state.only_constants, constant
    try:
        return pipelines.read_rest_of_pipeline(state, words, rest)
    finally:
        state.only_constants = outer


def _declare(state: State, word: str, span: Span, value: Node) -> Node:
    text, _, type_text = span.text.partition(":")
    name = text.strip().removeprefix("$")
    shape = implied_shape(value)
    if type_text.strip():
        start = span.end - len(type_text.lstrip())
        shape = read_type(state, state.span(start, span.end))
    if state.watch is not None:
        state.watch.bound[name] = value
    wrong = refused_name(state, span, name) or _no_name(state, span, name)
    if wrong is not None:
        return wrong
    info = state.scope.declare(name, mutable=word == "mut", shape=shape, constant=value if word == "const" else None)
    return Declaration(span, name, info.slot, shape)


def _no_name(state: State, span: Span, name: str) -> Garbage | None:
    """The problem of a word that cannot name a variable."""
    if NAME.fullmatch(name):
        return None
    parts = re.findall(r"\w+", name)
    better = "_".join(parts).lstrip("0123456789_") if parts else ""
    return state.problem(
        f"`{name}` cannot be the name of a variable",
        "variable_not_valid",
        span,
        "a name has letters, digits and `_`",
        instead=span.replaced(span.text.replace(name, better, 1)) if better else None,
    )
