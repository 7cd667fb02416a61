"""The parameters of closures and definitions: names, types, defaults, flags, and what their comments say."""

from __future__ import annotations

import re

from stk_shell.model import shape as shapes
from stk_shell.model.known import known_kind
from stk_shell.model.shape import Shape
from stk_shell.model.span import Span
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Garbage, Node, ParameterNode
from stk_shell.parse import values
from stk_shell.parse.lex import LIST, word
from stk_shell.parse.state import State

SEPARATORS = re.compile(r"[\s,]+")
NAME = re.compile(r"(?P<mark>\.\.\.|--?)?\$?(?P<name>[^\s:=,|()\[\]{}#?<>@$]+)(?P<optional>\?)?")
SHORT = re.compile(r"\s*\(-(\w)\)")
COLON = re.compile(r"\s*:\s*")
EQUALS = re.compile(r"\s*=\s*")
COMMENT = re.compile(r"[ \t,]*#[ \t]?(.*)")
TYPE_NAME = re.compile(r"[\w-]+")

TYPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        *(shapes.ANY, shapes.NOTHING, shapes.INT, shapes.FLOAT, shapes.NUMBER, shapes.BOOL, shapes.STRING),
        *(shapes.DATETIME, shapes.DURATION, shapes.FILESIZE, shapes.RANGE, shapes.BINARY, shapes.RECORD),
        *(shapes.TABLE, shapes.LIST, shapes.CELL_PATH, shapes.CLOSURE, shapes.PATH),
    )
} | {"directory": shapes.PATH, "glob": shapes.STRING}
"""What the name of a type asks of an argument."""


RESERVED = {"in": "what is piped in", "env": "the environment", "nu": "what stk knows of itself and the system"}
"""Variables that are always there, and what they hold."""


def refused_name(state: State, span: Span, name: str) -> Garbage | None:
    """The problem of a variable that would hide one of stk's own; None where the name is free."""
    if name not in RESERVED:
        return None
    headline = f"`${name}` is a name of stk's own"
    return state.problem(headline, "name_is_builtin_var", span, "choose another", f"It holds {RESERVED[name]}.")


OTHER_NAMES = {
    **dict.fromkeys(("integer", "long", "bigint"), "int"),
    **dict.fromkeys(("str", "text", "varchar", "char"), "string"),
    **dict.fromkeys(("double", "decimal", "real"), "float"),
    **dict.fromkeys(("date", "time", "timestamp"), "datetime"),
    **dict.fromkeys(("array", "vec", "tuple"), "list"),
    **dict.fromkeys(("object", "dict", "map", "struct"), "record"),
    **dict.fromkeys(("function", "lambda", "block"), "closure"),
    **dict.fromkeys(("bytes", "blob"), "binary"),
    **dict.fromkeys(("null", "none", "void", "unit"), "nothing"),
    "boolean": "bool",
}
"""Types by the names that other languages have for them."""


class ParameterText(Struct):
    """A parameter as read, with what a help page needs beside the node."""

    node: ParameterNode
    short: str = ""
    sentence: str = ""


def read_closure_parameters(state: State, start: int, end: int) -> tuple[tuple[ParameterNode, ...], int]:
    """The parameters between bars, declared in the current scope, and where the body begins."""
    at = _skip(state, start, end)
    if state.text.startswith("||", at):
        return (), at + 2
    if not state.text.startswith("|", at):
        return (), start
    close = _closing_bar(state, at + 1, end)
    given = read_parameters(state, at + 1, close)
    return tuple(parameter.node for parameter in given), min(close + 1, end)


def _skip(state: State, at: int, end: int) -> int:
    match = SEPARATORS.match(state.text, at, end)
    return match.end() if match else at


def _closing_bar(state: State, at: int, end: int) -> int:
    start = at - 1
    while at < end and state.text[at] != "|":
        at = state.delimiters.ends.get(at, at + 1)
    if at >= end:
        state.problem(
            "the parameters of a closure end with `|`", "unclosed", state.span(start, start + 1), "none follows"
        )
    return min(at, end)


def read_parameters(state: State, start: int, end: int) -> list[ParameterText]:
    """Every parameter between two offsets, declared in the current scope."""
    given: list[ParameterText] = []
    at = _skip(state, start, end)
    while at < end:
        comment = COMMENT.match(state.text, at, end)
        if comment:
            at = comment.end()
        else:
            parameter, at = _read_parameter(state, at, end)
            given.append(parameter)
        at = _skip(state, at, end)
    return given


def _read_parameter(state: State, start: int, end: int) -> tuple[ParameterText, int]:
    name = NAME.match(state.text, start, end)
    if name is None:
        token = word(state.source, state.delimiters, start, end, LIST)
        span = state.span(token.start, token.end)
        state.problem("a parameter needs a name", "parse_mismatch", span, "this is none", "[name: string, --flag: int]")
        return ParameterText(ParameterNode(span, "", state.scope.function.new_slot(), shapes.ANY)), token.end
    at, short = name.end(), ""
    if shortcut := SHORT.match(state.text, at, end):
        at, short = shortcut.end(), shortcut[1]
    shape, at = _read_type(state, at, end)
    default, at = _read_default(state, at, end, shape)
    comment = COMMENT.match(state.text, at, end)
    node = _node(state, name, shape, default)
    return ParameterText(node, short, comment[1].strip() if comment else ""), comment.end() if comment else at


def _read_type(state: State, at: int, end: int) -> tuple[Shape | None, int]:
    colon = COLON.match(state.text, at, end)
    if colon is None:
        return None, at
    stop = type_end(state.text, colon.end(), end)
    shape = read_type(state, state.span(colon.end(), stop))
    if state.text.startswith("@", stop):
        # What nushell would complete the argument with: the name of a command, or a list.
        stop = word(state.source, state.delimiters, stop + 1, end, LIST).end
    return shape, stop


def type_end(text: str, at: int, end: int) -> int:
    """Where the type that begins at an offset ends: at the first blank or sign outside of its angle brackets."""
    depth = 0
    while at < end and (depth or text[at] not in " \t\r\n,=|)]{#@"):
        depth += {"<": 1, ">": -1}.get(text[at], 0)
        at += 1
    return at


def read_type(state: State, span: Span) -> Shape:
    """`int`, `list<string>`, `record<name: string>`, `oneof<int, string>`."""
    match = TYPE_NAME.match(span.text)
    name = match.group() if match else ""
    inside = span.text[len(name) + 1 : -1].strip() if span.text.endswith(">") else ""
    if name == "oneof":
        offset = span.start + len(name) + 1
        parts = [state.span(offset + start, offset + stop) for start, stop in _split(span.text[len(name) + 1 : -1])]
        return shapes.one_of(*(read_type(state, part) for part in parts))
    if name not in TYPES:
        near = OTHER_NAMES.get(name.lower()) or nearest(name, [*TYPES, "oneof"])
        label = f"did you mean `{near}`?" if near else "unknown"
        hint = None if near else f"Types are {', '.join(f'`{each}`' for each in sorted(TYPES))} and `oneof<...>`."
        instead = span.replaced(near) if near else None
        state.problem(f"there is no type `{span.text}`", "unknown_type", span, label, hint, instead=instead)
        return shapes.ANY
    if name == "list" and inside:
        start = span.start + span.text.index(inside)
        return shapes.list_of(read_type(state, state.span(start, start + len(inside))))
    return TYPES[name].replace(fields=_fields(state, span, name)) if inside and name in WITH_FIELDS else TYPES[name]


WITH_FIELDS = frozenset({"record", "table"})


def _fields(state: State, span: Span, name: str) -> tuple[tuple[str, Shape], ...]:
    """`name: string, n: int`, as it stands in `record<...>`; a field without a type may hold anything."""
    offset, fields = span.start + len(name) + 1, []
    for start, stop in _split(span.text[len(name) + 1 : -1]):
        field, colon, type_text = span.source.text[offset + start : offset + stop].partition(":")
        begin = offset + stop - len(type_text.lstrip())
        shape = read_type(state, state.span(begin, offset + stop)) if colon else shapes.ANY
        fields.append((field.strip().strip("\"'`"), shape))
    return tuple(fields)


def _split(text: str) -> list[tuple[int, int]]:
    """Start and end of each part between commas outside of angle brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate([*text, ","]):
        depth += {"<": 1, ">": -1}.get(char, 0)
        if char == "," and depth <= 0:
            part = text[start:at]
            parts.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
            start = at + 1
    return parts


def _read_default(state: State, at: int, end: int, shape: Shape | None) -> tuple[Node | None, int]:
    equals = EQUALS.match(state.text, at, end)
    if equals is None or equals.end() >= end:
        return None, at
    token = word(state.source, state.delimiters, equals.end(), end, LIST)
    return values.read_value(state, state.span(token.start, token.end), shape or shapes.ANY), token.end


def _node(state: State, name: re.Match[str], shape: Shape | None, default: Node | None) -> ParameterNode:
    span = state.span(name.start(), name.end())
    kind = "required"
    if name["mark"] == "...":
        kind = "rest"
    elif name["mark"]:
        kind = "switch" if shape is None and default is None else "flag"
        if shape is shapes.BOOL:
            hint = f"[{span.text}] is a switch: true where it is given, false where not."
            state.problem("a switch has no type", "parse_mismatch", span, "leave out `: bool`", hint)
    elif name["optional"] or default is not None:
        kind = "optional"
    info = state.scope.declare(name["name"].replace("-", "_") if name["mark"] else name["name"])
    return ParameterNode(span, name["name"], info.slot, shape or implied_shape(default), kind, default)


def implied_shape(value: Node | None) -> Shape:
    """What a name without a type takes: what is of its value's type; anything where that is null or not known."""
    known = known_kind(value)
    return shapes.ANY if known in (None, "nothing") else TYPES.get(known or "", shapes.ANY)
