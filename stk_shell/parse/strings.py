"""Quoted strings, their escapes, and strings with expressions in them."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage, Interpolation, Literal, Node
from stk_shell.parse import pipelines
from stk_shell.parse.delimiters import scan_group
from stk_shell.parse.state import State

ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    **{char: char for char in "\"'\\/(){}$^#|~"},
}
ESCAPE = re.compile(r"\\(u\{[^}]*\}?|.?)", re.DOTALL)
QUOTES = "\"'`"


def is_quoted(word: str) -> bool:
    """Whether the word is a string in quotes, without expressions."""
    return word[0] in QUOTES or word.startswith("r#")


def read_quoted(state: State, span: Span) -> Node:
    """A string in double, single or back quotes, or a raw one."""
    word, start = span.text, span.start
    end = state.delimiters.ends.get(start, span.end)
    if word.startswith("r#"):
        hashes = len(word[1:]) - len(word[1:].lstrip("#"))
        inside = span.source.span(start + hashes + 2, max(end - hashes - 1, start + hashes + 2))
    else:
        closed = end - start > 1 and state.text[end - 1] == word[0]
        inside = span.source.span(start + 1, end - 1 if closed else end)
    if end < span.end:
        return _something_behind(state, state.span(end, span.end), start)
    text = unescape(state, inside) if word[0] == '"' else inside.text
    return Literal(span, text)


def _something_behind(state: State, span: Span, start: int) -> Garbage:
    """Note that a string, which begins at `start`, ends before its word does: often at a quote that it should hold."""
    line_end = state.text.find("\n", start)
    line_end = line_end if line_end >= 0 else len(state.text)
    quote, label, instead = state.text[start], "separate it with a blank, or join with `+`", None
    other = "'" if quote == '"' else '"'
    if span.text[0] == quote and other not in span.text:
        # `'it''s'`, as in SQL.
        whole = state.span(start, span.end)
        inside = whole.text[1:-1].replace(quote * 2, quote)
        label = f"a text with `{quote}` goes in `{other}`"
        instead = whole.replaced(f"{other}{inside}{other}") if other not in inside else None
    elif quote == "'" and span.text[0].isalpha():
        last = state.text.rfind("'", span.end, line_end)
        whole = state.span(start, max(last + 1, span.end))
        label = "a text with an apostrophe goes in double quotes"
        instead = whole.replaced(f'"{whole.text.strip(chr(39))}"')
    elif method := _method(state, span.text):
        label, instead = f"did you mean `| {method}`?", span.replaced(f" | {method}")
    elif span.text[0] in "\"'$":
        instead = span.replaced(f" + {span.text}")
    headline, code = "there is something right behind a string", "extra_token_after_closing_delimiter"
    return state.problem(headline, code, span, label, instead=instead)


def _method(state: State, text: str) -> str | None:
    """The command that is meant by `.length` behind a string."""
    from stk_shell.model.meanings import methods

    names = methods(text[1:], "string") if text[0] == "." else []
    return next((name for name in names if state.commands.find(name)), None)


def unescape(state: State, inside: Span) -> str:
    """The text between double quotes, with its escapes resolved."""
    if "\\" not in inside.text:
        return inside.text

    def resolve(match: re.Match[str]) -> str:
        escape = match[1]
        if escape in ESCAPES:
            return ESCAPES[escape]
        if escape.startswith("u{") and escape.endswith("}"):
            char = _code_point(escape[2:-1])
            if char is not None:
                return char
        where = inside.source.span(inside.start + match.start(), inside.start + match.end())
        state.problem(
            f"`{match[0]}` is no escape",
            "invalid_escape",
            where,
            help=r"A backslash is `\\`, a character by its number is `\u{1f600}`. In single quotes nothing is escaped.",
        )
        return ""

    return ESCAPE.sub(resolve, inside.text)


def _code_point(digits: str) -> str | None:
    if not re.fullmatch(r"[0-9a-fA-F]{1,6}", digits):
        return None
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else None


def read_interpolation(state: State, span: Span) -> Node:
    """`$"..."` or `$'...'`: parentheses in it are expressions, unless escaped in the double-quoted kind."""
    start = span.start + 1
    quote, end = state.text[start], state.delimiters.ends.get(start, span.end)
    if end < span.end:
        return _something_behind(state, state.span(end, span.end), start)
    closed = end - start > 1 and state.text[end - 1] == quote
    return Interpolation(span, _parts(state, start + 1, end - 1 if closed else end, escapes=quote == '"'))


def read_bare_interpolation(state: State, span: Span) -> Node:
    """A bare word with parentheses in it: `file-(1 + 1).txt`, which is `file-2.txt`."""
    return Interpolation(span, _parts(state, span.start, span.end, escapes=False))


def _parts(state: State, start: int, end: int, *, escapes: bool) -> tuple[Node, ...]:
    parts: list[Node] = []
    at = begin = start
    while at < end:
        char = state.text[at]
        if char == "\\" and escapes:
            at += 2
        elif char == "(":
            _add_text(state, parts, begin, at, escapes=escapes)
            close = _closing(state, at, end)
            parts.append(pipelines.read_parenthesized(state, state.span(at, close)))
            at = begin = close
        else:
            at += 1
    _add_text(state, parts, begin, end, escapes=escapes)
    return tuple(parts)


def _add_text(state: State, parts: list[Node], begin: int, end: int, *, escapes: bool) -> None:
    if begin < end:
        span = state.span(begin, end)
        parts.append(Literal(span, unescape(state, span) if escapes else span.text))


def _closing(state: State, start: int, end: int) -> int:
    """The end of a parenthesis inside a string."""
    if start in state.delimiters.ends:
        return min(state.delimiters.ends[start], end)
    # The scan of the whole text took it for text.
    found = scan_group(state.source, start, end)
    state.delimiters.ends.update(found.ends)
    state.delimiters.comments.update(found.comments)
    if found.problems:
        state.problem(
            "a parenthesis in a string is not closed",
            "unbalanced_delimiter",
            state.span(start, start + 1),
            "`)` is missing for this",
            """A parenthesis that is meant as text is `\\(`, in double quotes.""",
            instead=state.span(end, end).replaced(")"),
        )
    return found.ends[start]
