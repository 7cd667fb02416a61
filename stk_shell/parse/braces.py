"""Braces: records, closures, and blocks that run where they stand."""

from __future__ import annotations

import re

from stk_shell.model import shape as shapes
from stk_shell.model.errors import Label, Problem
from stk_shell.model.shape import Shape
from stk_shell.model.span import Span
from stk_shell.model.syntax import ClosureNode, Entry, Handler, Literal, Node, RecordNode, Spread
from stk_shell.parse import calls, parameters, pipelines, values
from stk_shell.parse.brackets import inner_end, is_spread
from stk_shell.parse.lex import KEY, LIST, Kind
from stk_shell.parse.paths import access
from stk_shell.parse.scope import Input
from stk_shell.parse.state import State
from stk_shell.parse.unknown import subcommands

KEY_WORD = r"[a-zA-Z_][\w-]*|\"[^\"]*\"|'[^']*'"


def read_braces(state: State, span: Span, shape: Shape) -> Node:
    """A record or a closure, by its look and by what is asked for; a cell path may follow a record."""
    end = state.delimiters.ends.get(span.start, span.end)
    inner = state.span(span.start, end)
    wants_closure = shape in (shapes.CLOSURE, shapes.CONDITION)
    looks_like_record = _looks_like_record(state, inner)
    if looks_like_record is False or (wants_closure and not looks_like_record):
        return (None if wants_closure else _meant_record(state, inner)) or read_closure(state, inner)
    if wants_closure:
        return state.problem(
            "a closure is needed here",
            "type_mismatch",
            inner,
            "this is a record",
            "A closure is `{ ... }` or `{|x| ... }`.",
        )
    return access(state, read_record(state, inner), span, end)


def _meant_record(state: State, span: Span) -> Node | None:
    """The problem of a record without its colon, `{a 1}` or `{a = 1}`; None where the braces hold something else."""
    words: list[Span] = []
    at, end = span.start + 1, inner_end(state, span)
    while len(words) < 4 and (word := _next(state, at, end, key=True)) is not None:
        words.append(word)
        at = word.end
    signs = [word.text for word in words[1:-1]]
    if len(words) not in (2, 3) or signs not in ([], ["="], ["=>"]) or not re.fullmatch(KEY_WORD, words[0].text):
        return None
    if calls.find_command(state, words) or subcommands(state, words[0].text):
        return None
    gap = state.span(words[0].end, words[-1].start)
    headline, label = "a record is made of keys and values", "`:` goes behind the key"
    return state.problem(headline, "parse_mismatch", words[0], label, instead=gap.replaced(": "))


def _looks_like_record(state: State, span: Span) -> bool | None:
    """None for empty braces, which can be either."""
    end = inner_end(state, span)
    first = _next(state, span.start + 1, end, key=True)
    if first is None:
        return None
    second = _next(state, first.end, end, key=True)
    return is_spread(first) or (second is not None and second.text == ":" and first.text not in ("|", "||"))


def is_block(state: State, span: Span) -> bool:
    """Whether braces that may be a block or a record are a block: they hold no keys and values."""
    return _looks_like_record(state, span) is not True


def read_record(state: State, span: Span) -> Node:
    """`{key: value, ...$other}`."""
    at, end = span.start + 1, inner_end(state, span)
    entries: list[Node] = []
    while (key := _next(state, at, end, key=True)) is not None:
        if is_spread(key):
            spread = _next(state, at, end, key=False) or key
            entries.append(Spread(spread, values.read_value(state, state.span(spread.start + 3, spread.end))))
            at = spread.end
            continue
        entry, at = _read_entry(state, key, end)
        entries.append(entry)
    node = RecordNode(span, tuple(entries))
    _check_keys(state, node)
    return node


def _read_entry(state: State, key: Span, end: int) -> tuple[Node, int]:
    colon = _next(state, key.end, end, key=True)
    if colon is None or colon.text != ":":
        known = state.scope.variable(key.text) is not None
        garbage = state.problem(
            "a record is made of keys and values",
            "parse_mismatch",
            key,
            "`:` and a value go behind this",
            instead=key.replaced(f"{key.text}: {f'${key.text}' if known else 'null'}"),
        )
        return garbage, key.end if colon is None else max(colon.start, key.end)
    value = _next(state, colon.end, end, key=False)
    if value is None:
        return state.problem("a value is missing", "parse_mismatch", colon, "it goes behind this colon"), colon.end
    node = values.read_value(state, key, shapes.STRING if key.text[0] not in "$(" else shapes.ANY)
    return Entry(key.to(value), node, values.read_value(state, value)), value.end


def _next(state: State, at: int, end: int, *, key: bool) -> Span | None:
    """The next word: up to a colon where it is a key."""
    for token in state.tokens(at, end, KEY if key else LIST):
        if token.kind != Kind.COMMENT:
            return state.span(token.start, token.end)
    return None


def _check_keys(state: State, record: RecordNode) -> None:
    seen: dict[object, Span] = {}
    for entry in record.entries:
        if isinstance(entry, Entry) and isinstance(entry.key, Literal):
            name = entry.key.value
            if name in seen:
                labels = (Label(entry.key.span, "again here"), Label(seen[name], "first here"))
                state.problems.append(
                    Problem(f"the record has two values for `{entry.key.span.text}`", "column_defined_twice", labels)
                )
            seen.setdefault(name, entry.key.span)


def read_closure(state: State, span: Span) -> Node:
    """`{|x, y| ... }` or `{ ... }`."""
    with state.function_scope():
        end = inner_end(state, span)
        given, start = parameters.read_closure_parameters(state, span.start + 1, end)
        if state.watch is not None:
            state.watch.parameters = tuple(each.name for each in given)
        return ClosureNode(span, state.function(span, given, pipelines.read_block(state, start, end)))


def read_handler(state: State, span: Span) -> Node:
    """`{|error| ... }` as a block of the function around it, with an `$in` of its own."""
    with state.inner_scope() as scope:
        scope.input = Input(scope.function)
        end = inner_end(state, span)
        given, start = parameters.read_closure_parameters(state, span.start + 1, end)
        block = pipelines.read_block(state, start, end)
        return Handler(span, given[0].slot if given else None, scope.input.slot, block)
