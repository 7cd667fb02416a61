"""Closures as people from elsewhere write them, where a command takes one."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

ARROW = re.compile(r"\(?(?P<names>[\w, ]+)\)?\s*=>\s*(?P<body>.+)", re.DOTALL)
BARS_IN_PARENTHESES = re.compile(r"\(\s*\|(?P<names>[^|]*)\|\s*(?P<body>.*)\)", re.DOTALL)
BARS_BEFORE_BRACES = re.compile(r"\s*\|(?P<names>[\w, ]+)\|\s*\{(?P<body>[^{}]*)\}")
COLUMN = re.compile(r"[\"'`]?(?P<name>[a-zA-Z_][\w-]*)[\"'`]?")
COMPARED = re.compile(
    r"(?P<name>[a-zA-Z_][\w.]*)\s+(?P<rest>(?:[=!<>]=|[<>]|[=!]~|in|not-in|has|starts-with)\s.+)", re.DOTALL
)
HINT = "It stands in braces, its parameters between bars: `{|row| $row.name }`."


def note_lambda(state: State, head: Span, words: list[Span]) -> Garbage | None:
    """Note that the words are a closure by another spelling; None where they may be one."""
    place = words[0].to(words[-1])
    meant = _meant(state, place.text)
    if meant is None:
        return None
    headline, label, instead = "a closure is needed here", "this is none", place.replaced(meant)
    if COMPARED.fullmatch(place.text):
        label = "this is a condition"
    if head.text == "filter" and COMPARED.fullmatch(place.text):
        headline, label, instead = "`filter` takes a closure", "`where` takes such a condition", head.replaced("where")
    return state.problem(headline, "parse_mismatch", place, label, HINT, instead=instead)


def _meant(state: State, text: str) -> str | None:
    if text[0] == "$":
        name = re.split(r"[.?!\s]", text[1:])[0]
        return None if not name.isidentifier() or state.scope.variable(name) else f"{{|{name}| {text} }}"
    if match := BARS_IN_PARENTHESES.fullmatch(text):
        return f"{{|{match['names'].strip()}| {match['body'].strip()} }}"
    if match := ARROW.fullmatch(text):
        names = [name.strip() for name in match["names"].split(",")]
        body = re.sub(rf"(?<![$\w.])({'|'.join(map(re.escape, names))})\b", r"$\1", match["body"].strip())
        return f"{{|{', '.join(names)}| {body} }}"
    if match := COMPARED.fullmatch(text):
        return f"{{|row| $row.{match['name']} {match['rest']} }}"
    match = COLUMN.fullmatch(text)
    return f"{{|row| $row.{match['name']} }}" if match else None


def note_bars(state: State, before: Span) -> Garbage | None:
    """Note that the parameters stand before the braces, behind a span: `|row| { ... }`; None where they do not."""
    match = BARS_BEFORE_BRACES.match(state.text, before.end)
    if match is None:
        return None
    place = state.span(match.end() - len(match.group().lstrip()), match.end())
    instead = place.replaced(f"{{|{match['names'].strip()}| {match['body'].strip()} }}")
    return state.problem(
        "a closure is needed here", "parse_mismatch", place, "the bars go inside", HINT, instead=instead
    )
