"""One word into a node, as the shape of its place asks."""

from __future__ import annotations

import re

from stk_shell.model import shape as shapes
from stk_shell.model.conform import Misfit, conform
from stk_shell.model.literals import exceeds, floating, integer, number_like
from stk_shell.model.shape import Shape
from stk_shell.model.span import Span
from stk_shell.model.syntax import Literal, Node, RangeNode
from stk_shell.parse import braces, brackets, pipelines
from stk_shell.parse.paths import read_cell_path, read_variable
from stk_shell.parse.state import State
from stk_shell.parse.strings import is_quoted, read_bare_interpolation, read_interpolation, read_quoted

CONSTANTS = {"true": True, "false": False, "null": None}


def read_value(state: State, span: Span, shape: Shape = shapes.ANY) -> Node:
    """A word as a value. What is computed (`$x`, `(...)`) is checked against the shape when it runs."""
    first = state.text[span.start]
    if first == "$":
        return _dollar(state, span)
    if first == "(":
        return read_range(state, span) or pipelines.read_parenthesized_access(state, span)
    if first == "[" and shape is not shapes.STRING:
        return brackets.read_list_access(state, span, shape.item or shapes.ANY)
    if first == "{" and shape is not shapes.STRING:
        return braces.read_braces(state, span, shape)
    return _by_shape(state, span, shape)


def _dollar(state: State, span: Span) -> Node:
    following = state.text[span.start + 1 : span.start + 2]
    if following in ("'", '"') and following:
        return read_interpolation(state, span)
    if following == ".":
        return Literal(span, read_cell_path(state, state.span(span.start + 2, span.end)))
    return read_range(state, span) or read_variable(state, span)


def _by_shape(state: State, span: Span, shape: Shape) -> Node:
    word = span.text
    if shape is shapes.CELL_PATH or shapes.CELL_PATH in shape.choices:
        path = read_cell_path(state, span)
        if state.watch is not None:
            state.watch.column(state, span, path)
        return Literal(span, path)
    if is_quoted(word):
        return _checked(state, read_quoted(state, span), shape)
    if _is_text(shape):
        return _bare(state, span)
    if word in CONSTANTS:
        return _checked(state, Literal(span, CONSTANTS[word]), shape)
    if word[:3] in ("0x[", "0b[", "0o["):
        return _checked(state, _binary(state, span), shape)
    ranged = read_range(state, span)
    if ranged is not None:
        return ranged
    value = number_like(word)
    if value is None and exceeds(word):
        return state.problem(f"`{word}` is too large", "invalid_literal", span, "64 bits do not hold this")
    return _checked(state, _bare(state, span) if value is None else Literal(span, value), shape)


def _is_text(shape: Shape) -> bool:
    """Whether a bare word is a text here, whatever it looks like."""
    return shape.name in ("string", "path", "uu")


def _bare(state: State, span: Span) -> Node:
    return read_bare_interpolation(state, span) if "(" in span.text else Literal(span, span.text)


def _checked(state: State, node: Node, shape: Shape) -> Node:
    """The node with its value as the shape wants it, unless it is a literal that can never have the shape."""
    if not isinstance(node, Literal):
        return node
    try:
        return Literal(node.span, conform(node.value, shape))
    except Misfit as misfit:
        if shapes.STRING in shape.choices and number_like(node.span.text) is not None:
            return Literal(node.span, node.span.text)
        sample = SAMPLES.get(shape.name)
        instead = node.span.replaced(sample) if sample else None
        headline, hint = f"{misfit.needed} is needed here", EXAMPLES.get(shape.name)
        return state.problem(headline, "parse_mismatch", node.span, misfit.given, hint, instead=instead)


SAMPLES = {
    "int": "10",
    "float": "1.5",
    "number": "10",
    "string": '"text"',
    "duration": "30min",
    "datetime": "2025-03-01",
    "filesize": "10kb",
    "bool": "true",
}
"""A value of each type, to show where one is missing or wrong."""

EXAMPLES = {
    "closure": "A closure is `{ ... }` or `{|x| ... }`.",
    "condition": 'A condition is like `name == "x"`, a closure like `{|row| $row.name == "x"}`.',
    "duration": "A duration is like `30min`, `1.5hr` or `7day`.",
    "datetime": "A date is like `2025-03-01` or `2025-03-01T08:30:00Z`.",
    "filesize": "A size is like `10kb`.",
    "int": "An int is like `10`; `($x | into int)` makes one of a text.",
}
"""What values of a shape look like."""

DIGITS = {"0x": (16, 2, "0-9a-fA-F"), "0b": (2, 8, "01"), "0o": (8, 3, "0-7")}
"""For each kind of binary: its base, the digits a byte has, and which they are."""


def _binary(state: State, span: Span) -> Node:
    base, width, digits = DIGITS[span.text[:2]]
    text = re.sub(r"[\s,]", "", span.text[3:].removesuffix("]"))
    if not re.fullmatch(f"[{digits}]*", text):
        return state.problem("these are no bytes", "invalid_binary_string", span, f"only {digits} can stand here")
    text = text.rjust(-(-len(text) // width) * width, "0")
    numbers = [int(text[at : at + width], base) for at in range(0, len(text), width)]
    if any(number > 255 for number in numbers):
        return state.problem("these are no bytes", "invalid_binary_string", span, "a byte ends at 0o377")
    return Literal(span, bytes(numbers))


def read_range(state: State, span: Span) -> Node | None:
    """`1..5`, `0..2..10`, `..<3`, `$a..($b - 1)`; None where the word is no range."""
    dots = [] if state.text.startswith("...", span.start) else _dots(state, span)
    if not dots or len(dots) > 2:
        return None
    edges = [span.start, *(edge for dot in dots for edge in dot), span.end]
    parts = [state.span(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    signs = [state.text[start:end] for start, end in dots]
    if not all(part.start == part.end or _is_bound(part.text) for part in parts) or not span.text.strip(".<="):
        return None
    nodes = [read_value(state, part, shapes.NUMBER) if part.start < part.end else None for part in parts]
    return RangeNode(span, nodes[0], nodes[1] if len(nodes) == 3 else None, nodes[-1], not signs[-1].endswith("<"))


def _dots(state: State, span: Span) -> list[tuple[int, int]]:
    """Start and end of each `..`, `..<` or `..=` outside of brackets."""
    found, at = [], span.start
    while at < span.end:
        if at in state.delimiters.ends:
            at = state.delimiters.ends[at]
        elif state.text.startswith("..", at):
            end = at + (3 if state.text[at + 2 : at + 3] in ("<", "=") and at + 2 < span.end else 2)
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _is_bound(text: str) -> bool:
    return text[0] in "$(" or integer(text) is not None or floating(text) is not None
