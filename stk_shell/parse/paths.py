"""Variables, and cell paths behind them or on their own."""

from __future__ import annotations

from stk_shell.model.literals import integer
from stk_shell.model.span import Span
from stk_shell.model.suggest import nearest
from stk_shell.model.syntax import Access, Environment, Facts, Garbage, Node, Variable
from stk_shell.model.values import CellPath, PathMember
from stk_shell.parse.state import State
from stk_shell.parse.strings import unescape

QUOTES = "\"'`"
COMPARING = frozenset("=<>~")
"""Characters of operators that compare, which no plain name has."""


def read_variable(state: State, span: Span) -> Node:
    """`$name` with an optional cell path."""
    end = name_end(state, span.start + 1, span.end)
    if state.watch is not None and end == span.end:
        state.watch.variable(state, span)
    head = variable(state, state.span(span.start, end))
    return access(state, head, span, end)


def name_end(state: State, start: int, end: int) -> int:
    """Where the name that begins at `start` ends: at the first dot."""
    dot = state.text.find(".", start, end)
    return end if dot < 0 else dot


def variable(state: State, span: Span) -> Node:
    """The variable of that name (the span begins with `$`)."""
    name = span.text[1:]
    if name.endswith(("?", "!")):
        name = name[:-1]
    if name == "in":
        return Variable(span, "in", state.scope.input.use())
    if name in ("env", "nu"):
        return Environment(span) if name == "env" else Facts(span)
    found = state.scope.variable(name)
    if found is None:
        return unknown_variable(state, span, name)
    if state.only_constants and found.constant is None:
        return state.problem(
            f"`${name}` is no constant",
            "not_a_constant",
            span,
            "it is only known when the program runs",
            f"`let` names what is computed; `const {name} = ...` fixes a value.",
        )
    if found.mutable and found.function is not state.scope.function:
        return state.problem(
            f"a closure cannot use the changing variable `${name}`",
            "expected_keyword",
            span,
            "it may have changed by the time the closure runs",
            f"Copy it first: `let {name}_now = ${name}`, or use a `for` loop, which is no closure.",
        )
    return Variable(span, name, found.slot, found.shape)


def unknown_variable(state: State, span: Span, name: str) -> Garbage:
    """Note that no variable has the name."""
    from stk_shell.parse import glued

    found = glued.note(state, span, glued.COMPARISON, glued.ARITHMETIC)
    if found is not None:
        return found
    meant, hint = _near_variable(state, name)
    return state.problem(
        f"there is no variable `${name}`",
        "variable_not_found",
        span,
        f"did you mean `{meant}`?" if meant else "not defined here",
        hint,
        instead=span.replaced(meant) if meant else None,
    )


def _near_variable(state: State, name: str) -> tuple[str | None, str | None]:
    """What was probably meant, and what else to say."""
    from stk_shell.model.spellings import with_dots

    path = with_dots(f"${name}")
    if path is not None and state.scope.variable(path[1:].split(".")[0]):
        return path, None
    words = name[1:-1].split() if name[:1] == "(" else []
    if any(state.commands.find(" ".join(words[:count])) for count in range(1, len(words) + 1)):
        return name, "A command whose result is meant stands in parentheses."
    if name == "it":
        inside = state.scope.function.outer is not None
        return "$in" if inside else None, "`$it` is the row in a condition. A closure names it: `{|row| $row.name }`."
    if name[:1] == "{" and name[1:-1].isidentifier():
        return f"${name[1:-1]}", "The name stands behind the `$` as it is."
    near = nearest(name, dict.fromkeys(["in", "env", "nu", *state.scope.variable_names()]))
    if near is None and name.isupper() and len(name) > 1:
        return f"$env.{name}", "Variables of the environment are in `$env`."
    return near and f"${near}", f"`let {name} = ...` defines it." if near is None and name.isidentifier() else None


def access(state: State, head: Node, span: Span, start: int) -> Node:
    """The node with the cell path that begins (with a dot) at `start`, if there is one."""
    if start >= span.end:
        return head
    if state.text[start] != ".":
        return _something_behind(state, state.span(start, span.end))
    path = read_cell_path(state, state.span(start + 1, span.end))
    if state.watch is not None:
        state.watch.member(state, span, head, path)
    return Access(span, head, path)


def _something_behind(state: State, behind: Span) -> Garbage:
    from stk_shell.model.spellings import with_dots

    meant = with_dots(behind.text)
    return state.problem(
        "there is something right behind a value",
        "extra_token_after_closing_delimiter",
        behind,
        f"did you mean `{meant}`?" if meant else "a blank, an operator or a `.` has to come first",
        instead=behind.replaced(meant) if meant else None,
    )


def read_cell_path(state: State, span: Span) -> CellPath:
    """Members between dots: names, quoted names, row numbers, each with `?` (optional) or `!` (any case) behind it."""
    members: list[PathMember] = []
    at = span.start
    while at <= span.end:
        end = _member_end(state, at, span.end)
        members.append(_member(state, state.span(at, end)))
        at = end + 1
    return CellPath(tuple(members))


def _member_end(state: State, start: int, end: int) -> int:
    at = start
    while at < end and state.text[at] != ".":
        at = min(state.delimiters.ends.get(at, at + 1), end)
    return at


def _member(state: State, span: Span) -> PathMember:
    text = span.text
    body = text.rstrip("?!")
    marks = text[len(body) :]
    where = state.span(span.start, span.start + len(body)) if body else span
    if not body:
        state.problem("a column name is missing", "parse_mismatch", span, "a name or a row number goes here")
        return PathMember("", span=span)
    if body[0] in QUOTES:
        inside = state.span(where.start + 1, where.end - 1)
        name = unescape(state, inside) if body[0] == '"' else inside.text
        return PathMember(name, "?" in marks, "!" in marks, where)
    if not COMPARING.isdisjoint(text):
        from stk_shell.parse import glued

        glued.note(state, span, glued.COMPARISON)
    number = integer(body) if body.isdigit() else None
    return PathMember(body if number is None else number, "?" in marks, "!" in marks, where)
