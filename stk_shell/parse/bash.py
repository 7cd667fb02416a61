"""Blocks, variables and redirections as bash has them."""

from __future__ import annotations

import re

from stk_shell.model.literals import number_like
from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

BEGIN = re.compile(r"\s*;\s*(?:do|then)\b")
END = {"then": re.compile(r"\bfi\b"), "do": re.compile(r"\bdone\b")}
ELSE = re.compile(r"\belse\b")
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
    word = "then" if head.text == "if" else "do"
    at = state.text.index(word, before.end)
    place = state.span(at, at + len(word))
    end = END[word].search(state.text, place.end)
    instead = None
    if end is not None:
        body = [_plain(part) for part in ELSE.split(state.text[place.end : end.start()])]
        meant = f"{_plain_head(head.to(before).text)} {' else '.join(f'{{ {part} }}' for part in body)}"
        instead = state.span(head.start, end.end()).replaced(meant)
    label = "a block in braces goes here, without a `;` before it"
    return state.problem(f"there is no `{word}`", "parse_mismatch", place, label, instead=instead)


def _plain(body: str) -> str:
    return body.strip().removesuffix(";").strip()


def _plain_head(text: str) -> str:
    """`for` with its items in brackets, and the test of an `if` as a condition."""
    text = ITEMS.sub(lambda items: f"{items[1]} [{items[2].strip()}]", text)
    return TEST.sub(lambda test: " ".join(COMPARISONS.get(word, word) for word in test[1].split()), text)


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
    if match is None or number_like(match["name"]) is not None:
        return False
    of_errors = match["from"] in ("2", "e", "err", "&", "all")
    label = "errors never mix with results" if of_errors else "`... | save FILE` writes a file"
    start = word.start
    while of_errors and start and state.text[start - 1] == " ":
        start -= 1
    instead = state.span(start, word.end).replaced("" if of_errors else f"| save {match['name']}")
    state.problem("there is no redirection", "redirection", word, label, instead=instead)
    return True
