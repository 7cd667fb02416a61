"""Changing a variable: `$x = 1`, `$x.count += 1`, `$env.NAME = "value"`."""

from __future__ import annotations

import re

from stk_shell.model.shape import ANY
from stk_shell.model.span import Span
from stk_shell.model.syntax import Assignment, Garbage, Node
from stk_shell.model.values import CellPath
from stk_shell.parse import pipelines
from stk_shell.parse.paths import name_end, read_cell_path, unknown_variable
from stk_shell.parse.stages import LiteStage
from stk_shell.parse.state import State

EACH = r"(?P<before>.*;\s*)(?P<source>[^;]+)\|\s*each\s*\{\s*\|(?P<name>\w+)\|(?P<body>[^{}]*)\}\s*"
SIGNS = frozenset({"=", "+=", "-=", "*=", "/=", "++="})


def is_assignment(words: list[Span]) -> bool:
    """Whether the stage sets a variable."""
    return len(words) > 1 and words[1].text in SIGNS and words[0].text.startswith("$") and len(words[0].text) > 1


def read_assignment(state: State, words: list[Span], rest: list[LiteStage]) -> Node:
    """The variable, the sign, and the pipeline whose result is assigned."""
    target, sign = words[0], words[1]
    span = target.to(words[-1])
    if len(words) < 3:
        return state.problem(
            "a value is missing", "incomplete_math_expression", sign, "it goes behind this", incomplete=True
        )
    end = name_end(state, target.start + 1, target.end)
    name = state.text[target.start + 1 : end]
    path = CellPath(()) if end == target.end else read_cell_path(state, state.span(end + 1, target.end))
    value = pipelines.read_rest_of_pipeline(state, words[2:], rest)
    if name == "env":
        if not path.members:
            hint = "`$env.NAME = ...` sets one, `load-env` several."
            return state.problem(
                "`$env` cannot be replaced", "cannot_replace_env", target, "name a variable of it", hint
            )
        state.scope.function.sets_environment = True
        return Assignment(span, sign.text, sign, None, path, value, ANY)
    found = state.scope.variable(name)
    if found is None:
        return unknown_variable(state, state.span(target.start, end), name)
    if not found.mutable or found.function is not state.scope.function:
        return _fixed(state, words, name, mutable=found.mutable)
    return Assignment(span, sign.text, sign, found.slot, path, value, ANY if path.members else found.shape)


def _fixed(state: State, words: list[Span], name: str, *, mutable: bool) -> Garbage:
    if mutable:
        return state.problem(
            f"a closure cannot change `${name}`",
            "expected_keyword",
            words[0],
            "it belongs to the block around the closure",
            "A loop can, it is no closure: `for row in $rows { $total += $row.n }`. `reduce` needs no variable.",
            instead=_as_loop(words[0]),
        )
    made = re.search(rf"\blet\s+{re.escape(name)}\b", state.text[: words[0].start])
    instead = state.span(made.start(), made.start() + 3).replaced("mut") if made else None
    return state.problem(
        f"`${name}` cannot be changed",
        "assignment_requires_mutable_variable",
        words[0],
        "it was made with `let`",
        f"`mut {name} = ...` makes a variable that can change; `==` compares.",
        instead=instead,
    )


def _as_loop(target: Span) -> str | None:
    """The line with `... | each {|row| ... }` as a loop, if it is one that ends with it."""
    line = target.replaced(target.text) or ""
    match = re.fullmatch(EACH, line)
    if match is None:
        return None
    return f"{match['before']}for {match['name']} in ({match['source'].strip()}) {{ {match['body'].strip()} }}"
