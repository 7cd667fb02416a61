"""Blocks, variables and redirections as bash has them."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

BEGIN = re.compile(r"\s*;\s*(?:do|then)\b")
LOOP = re.compile(r"(?P<head>(?:for|while)\s+[^;\n]+?)\s*;\s*do\s+(?P<body>.+?)\s*;?\s*done\b")
BRANCH = re.compile(
    r"(?P<head>if\s+[^;\n]+?)\s*;\s*then\s+(?P<body>.+?)\s*;?\s*(?:;\s*else\s+(?P<other>.+?)\s*;?\s*)?\bfi\b"
)
ITEMS = re.compile(r"(for\s+\w+\s+in)\s+([^$(\[{]+)")
TEST = re.compile(r"\[\[?\s+(.+?)\s+\]\]?")
COMPARISONS = {"-eq": "==", "-ne": "!=", "-lt": "<", "-le": "<=", "-gt": ">", "-ge": ">=", "=": "=="}

ASSIGNED = re.compile(r"(?P<name>[A-Z_][A-Z0-9_]*)=(?P<value>.*)", re.DOTALL)
REDIRECTED = re.compile(r"(?P<sign>(?P<from>[12&]|o|e|out|err|all)?>{1,2})(?P<name>&\d|[\w~-]*[./][\w~./-]+)")


def begins_block(state: State, before: Span) -> bool:
    """Whether `; do` or `; then` stands behind a word."""
    return BEGIN.match(state.text, before.end) is not None


def note_block(state: State, head: Span, before: Span) -> Garbage:
    """Note that the block of a command begins with `; do` or `; then`, behind a word."""
    match = (BRANCH if head.text == "if" else LOOP).match(state.text, head.start)
    word = "then" if head.text == "if" else "do"
    at = state.text.index(word, before.end)
    place = state.span(at, at + len(word))
    instead = state.span(head.start, match.end()).replaced(_with_braces(match)) if match else None
    label = "a block in braces goes here, without a `;` before it"
    return state.problem(f"there is no `{word}`", "parse_mismatch", place, label, instead=instead)


def _with_braces(match: re.Match[str]) -> str:
    parts = match.groupdict()
    head = ITEMS.sub(lambda items: f"{items[1]} [{items[2].strip()}]", match["head"])
    head = TEST.sub(lambda test: " ".join(COMPARISONS.get(word, word) for word in test[1].split()), head)
    other = f" else {{ {parts['other']} }}" if parts.get("other") else ""
    return f"{head} {{ {match['body']} }}{other}"


def assignment_of_bash(state: State, words: list[Span]) -> Garbage | None:
    """Note that the words set a variable of the environment: `NAME=value`, or that with `export` before it."""
    word = words[1] if words[0].text == "export" and len(words) > 1 else words[0]
    match = ASSIGNED.fullmatch(word.text)
    if match is None:
        return None
    value = match["value"].removeprefix("$") if match["value"].startswith("$(") else match["value"]
    value = value if value[:1] in tuple("\"'$(") else f'"{value}"'
    meant = f"$env.{match['name']} = {value}"
    label, instead = "`$env.NAME = ...` sets a variable of the environment", words[0].to(word).replaced(meant)
    return state.problem(f"`{words[0].text}` is not a command", "unknown_command", word, label, instead=instead)


def glued_redirection(state: State, word: Span) -> bool:
    """Note that the word is a redirection, as `>file` and `2>/dev/null` are; gives whether it is."""
    match = REDIRECTED.fullmatch(word.text)
    if match is None:
        return False
    of_errors = match["from"] in ("2", "e", "err", "&", "all")
    label = "errors never mix with results" if of_errors else "`... | save FILE` writes a file"
    start = word.start
    while of_errors and start and state.text[start - 1] == " ":
        start -= 1
    instead = state.span(start, word.end).replaced("" if of_errors else f"| save {match['name']}")
    state.problem("there is no redirection", "redirection", word, label, instead=instead)
    return True
