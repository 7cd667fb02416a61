"""Operators between values, by precedence; and row conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stk_shell.model import shape as shapes
from stk_shell.model.known import operation_kind
from stk_shell.model.literals import date_mistake
from stk_shell.model.span import Span
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import (
    Access,
    Block,
    ClosureNode,
    Garbage,
    Literal,
    Node,
    Not,
    Operation,
    ParameterNode,
    Pipeline,
    Stage,
    Variable,
)
from stk_shell.parse import calls, values
from stk_shell.parse.paths import read_cell_path
from stk_shell.parse.state import State

if TYPE_CHECKING:
    from stk_shell.parse.places import Watch

PRECEDENCE: dict[str, int] = {
    "**": 100,
    **dict.fromkeys(("*", "/", "//", "mod"), 95),
    **dict.fromkeys(("+", "-"), 90),
    **dict.fromkeys(("bit-shl", "bit-shr"), 85),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "=~", "!~", "like", "not-like", "++"), 80),
    **dict.fromkeys(("in", "not-in", "has", "not-has"), 80),
    **dict.fromkeys(("starts-with", "not-starts-with", "ends-with", "not-ends-with"), 80),
    "bit-and": 75,
    "bit-xor": 70,
    "bit-or": 60,
    "and": 50,
    "xor": 45,
    "or": 40,
}
"""How strongly each operator binds, as in nushell."""

FILE_NAME = r"[\w./~-]*[a-zA-Z_][\w-]*\.[a-zA-Z]{2,5}"
JOINING = frozenset({"and", "or", "xor"})
"""The operators between conditions."""

SYNONYMS = {"like": "=~", "not-like": "!~"}


class _Sign(Struct):
    """An operator in the program."""

    text: str
    span: Span
    precedence: int


def read_expression(state: State, words: list[Span], row: int | None = None) -> Node:
    """Values with operators between them.

    In a row condition, `row` is the slot of the row: bare words on the left of an operator are columns of it.
    """
    reader = _Reader(state, words, row)
    return reader.read()


class _Reader:
    """Operator precedence by two stacks, as the field's textbooks have it."""

    def __init__(self, state: State, words: list[Span], row: int | None) -> None:
        self.state = state
        self.words = words
        self.row = row
        self.at = 0
        self.operands: list[Node] = []
        self.signs: list[_Sign] = []

    def read(self) -> Node:
        if self.row is not None and self.words[0].text in PRECEDENCE and self.state.watch is None:
            from stk_shell.parse.foreign import nothing_before

            return nothing_before(self.state, self.words[0])
        self.operands.append(self.operand())
        while self.at < len(self.words):
            sign = self.sign()
            if sign is None:
                return Garbage(self.words[0].to(self.words[-1]))
            self.fold(sign)
            self.signs.append(sign)
            self.operands.append(self.operand())
        self.fold(None)
        return self.as_column(self.operands[0]) if self.row is not None else self.operands[0]

    def operand(self) -> Node:
        negations = []
        while self.at < len(self.words) and self.words[self.at].text == "not":
            negations.append(self.words[self.at])
            self.at += 1
        if self.at >= len(self.words):
            return self.missing()
        if self.words[self.at].text in ("if", "match") and self.at < len(self.words) - 1:
            node = calls.read_call(self.state, self.words[self.at :])
            self.at = len(self.words)
        else:
            if self.state.watch is not None:
                self.watch_operand(self.state.watch, self.words[self.at])
            node = self.value(self.words[self.at])
            self.at += 1
        for negation in reversed(negations):
            node = Not(negation.to(node.span), self.as_column(node) if self.row is not None else node)
        return node

    def value(self, word: Span) -> Node:
        if word.text[0] == "!" and word.text[1:2] in ("$", "("):
            from stk_shell.parse.strays import note_negation

            return note_negation(self.state, word)
        if word.text[0].isdigit() and date_mistake(word.text):
            from stk_shell.parse.strays import note_date

            return note_date(self.state, word)
        return values.read_value(self.state, word)

    def watch_operand(self, watch: Watch, word: Span) -> None:
        """Note what can stand in the place of an operand: a column, or what is like another operand."""
        before = self.signs[-1].text if self.signs else "and"
        if before not in JOINING:
            watch.compared(self.state, word, self.as_column(self.operands[-1]))
        elif self.row is not None and word.text[0] not in "$(" and watch.holds(word):
            watch.column(self.state, word, read_cell_path(self.state, word))

    def is_file(self, at: int) -> bool:
        """Whether the last word looks like the name of a file."""
        return at == len(self.words) - 1 and re.fullmatch(FILE_NAME, self.words[at].text) is not None

    def missing(self) -> Garbage:
        last = self.words[-1]
        return self.state.problem(
            "the expression is not complete",
            "incomplete_math_expression",
            last,
            "a value goes behind this",
            incomplete=last.end == len(self.state.text.rstrip()),
        )

    def sign(self) -> _Sign | None:
        span = self.words[self.at]
        text = span.text
        if self.state.watch is not None:
            before = self.signs[-1].text if self.signs else ""
            self.state.watch.operator(self.state, span, self.as_column(self.operands[-1]), before)
        if text not in PRECEDENCE:
            from stk_shell.parse.foreign import no_operator

            no_operator(self.state, self.words, self.at, PRECEDENCE)
            return None
        if text == ">" and self.row is None and self.is_file(self.at + 1):
            from stk_shell.parse.foreign import redirection

            redirection(self.state, self.words[self.at :])
            return None
        self.at += 1
        return _Sign(SYNONYMS.get(text, text), span, PRECEDENCE[text])

    def fold(self, following: _Sign | None) -> None:
        """Join what binds more strongly than the operator that follows; `**` groups from the right."""
        while self.signs and self.binds_first(self.signs[-1], following):
            sign, right, left = self.signs.pop(), self.operands.pop(), self.operands.pop()
            if self.row is not None and sign.text in ("in", "not-in"):
                self.check_membership(sign, left, right)
            left = self.as_column(left) if self.row is not None else left
            span = left.span.to(right.span)
            kind = operation_kind(sign.text, left, right)
            self.operands.append(Operation(span, sign.text, sign.span, left, right, kind))

    def check_membership(self, sign: _Sign, left: Node, right: Node) -> None:
        """Note that a text stands where the column should, and the column where the list should."""
        if not (isinstance(left, Literal) and isinstance(right, Literal) and isinstance(right.value, str)):
            return
        if left.span.text[0] not in "\"'" or right.span.text[0] in "\"'":
            return
        whole, has = left.span.to(right.span), sign.text.replace("in", "has")
        headline, label = "the column stands on the left of an operator", f"this is a text, `{right.value}` the column"
        hint, instead = "`has` asks a list for an item, and a text for a part.", f"{right.value} {has} {left.span.text}"
        self.state.problem(headline, "parse_mismatch", left.span, label, hint, instead=whole.replaced(instead))

    @staticmethod
    def binds_first(sign: _Sign, following: _Sign | None) -> bool:
        if following is None or sign.precedence > following.precedence:
            return True
        return sign.precedence == following.precedence and sign.text != "**"

    def as_column(self, node: Node) -> Node:
        """A word where a column is meant: `name` in `where name == "x"`."""
        if isinstance(node, Literal) and isinstance(node.value, str) and self.row is not None:
            path = read_cell_path(self.state, node.span)
            return Access(node.span, Variable(node.span, "it", self.row), path)
        return node


def _is_variable(word: str) -> bool:
    """Whether the word is a variable alone that may hold a condition."""
    return word.startswith("$") and "." not in word and word != "$it"


def read_condition(state: State, words: list[Span]) -> Node:
    """What `where` keeps: `name == "x" and created > $since`, or a closure, or a variable that holds one."""
    if len(words) == 1 and words[0].text.startswith("{"):
        return values.read_value(state, words[0], shapes.CLOSURE)
    if len(words) == 1 and _is_variable(words[0].text) and state.watch is None:
        return values.read_value(state, words[0], shapes.CONDITION)
    span = words[0].to(words[-1])
    with state.function_scope() as scope:
        row = scope.declare("it")
        expression = read_expression(state, words, row.slot)
        body = Block(span, (Pipeline(span, (Stage(span, expression),)),))
        parameter = ParameterNode(span, "it", row.slot, shapes.ANY)
        return ClosureNode(span, state.function(span, (parameter,), body))
