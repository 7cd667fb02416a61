"""Lists and tables."""

from __future__ import annotations

from stk_shell.model.errors import Label, Problem
from stk_shell.model.shape import ANY, Shape
from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage, ListNode, Literal, Node, Spread, TableNode
from stk_shell.parse import values
from stk_shell.parse.lex import LIST
from stk_shell.parse.paths import access
from stk_shell.parse.state import State


def read_list_access(state: State, span: Span, item: Shape = ANY) -> Node:
    """`[...]`, with an optional cell path behind it; each item is read as the shape says."""
    end = state.delimiters.ends.get(span.start, span.end)
    return access(state, read_list(state, state.span(span.start, end), item), span, end)


def read_list(state: State, span: Span, item: Shape = ANY) -> Node:
    """A list, or a table where the first list inside ends with a semicolon: `[[a b]; [1 2]]`."""
    words = state.words(span.start + 1, inner_end(state, span), LIST)
    if len(words) > 1 and words[1].text == ";" and words[0].text.startswith("["):
        return _read_table(state, span, words)
    sign = next((word for word in words if word.text == ";"), None)
    if sign is not None:
        return _semicolon(state, sign)
    return ListNode(span, tuple(read_item(state, word, item) for word in words if word.text != "|"))


def _semicolon(state: State, sign: Span) -> Garbage:
    hint = "A list is `[1 2]`. A table has its columns in a list before the semicolon: `[[a b]; [1 2]]`."
    return state.problem("a list has no `;`", "parse_mismatch", sign, "a blank or a comma separates items", hint)


def inner_end(state: State, span: Span) -> int:
    """Where what the brackets hold ends, also if they are never closed."""
    closed = span.end - span.start > 1 and state.text[span.end - 1] in ")]}"
    return span.end - 1 if closed else span.end


def read_item(state: State, word: Span, shape: Shape = ANY) -> Node:
    """An item, or `...$list`."""
    if is_spread(word):
        return Spread(word, values.read_value(state, state.span(word.start + 3, word.end)))
    return values.read_value(state, word, shape)


def is_spread(word: Span) -> bool:
    """Whether the word is three dots and something computed or a list."""
    text = word.text
    return text.startswith("...") and text[3:4] in ("$", "(", "[", "{") and len(text) > 3


def _read_table(state: State, span: Span, words: list[Span]) -> Node:
    columns = _cells(state, words[0])
    for column in columns:
        if isinstance(column, Literal) and not isinstance(column.value, str):
            hint = f'Put it in quotes: "{column.span.text}".'
            return state.problem("a column is named by a text", "parse_mismatch", column.span, "this is none", hint)
    rows = []
    for word in words[2:]:
        if not word.text.startswith("["):
            return state.problem(
                "a table's rows are lists", "parse_mismatch", word, "`[...]` is needed here", "[[a b]; [1 2] [3 4]]"
            )
        row = _cells(state, word)
        if len(row) != len(columns):
            return _wrong_length(state, words[0], word, len(columns), len(row))
        rows.append(row)
    return TableNode(span, columns, tuple(rows))


def _cells(state: State, span: Span) -> tuple[Node, ...]:
    return tuple(values.read_value(state, word) for word in state.words(span.start + 1, inner_end(state, span), LIST))


def _wrong_length(state: State, header: Span, row: Span, columns: int, cells: int) -> Garbage:
    code = "extra_columns" if cells > columns else "missing_columns"
    labels = (Label(row, f"{cells} values"), Label(header, f"{columns} columns"))
    problem = Problem(f"this row has {cells} values for {columns} columns", code, labels, "`null` fills a gap.")
    state.problems.append(problem)
    return Garbage(row)
