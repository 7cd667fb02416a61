"""The Python text of an expression for many rows, by the types that the first of them has."""

from __future__ import annotations

import datetime
import math
import struct
from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import NoReturn, TypeAlias

from stk_shell.model import syntax
from stk_shell.model.batches import Rows, Unfit
from stk_shell.model.known import only_expression
from stk_shell.model.regexes import compiled
from stk_shell.model.syntax import Node
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value

Written: TypeAlias = "Callable[[Rows], list[Value]]"
"""A function of many rows."""


class _Piece:
    """Python text of an expression, and the type of its value. What is `checked` needs no look at the type."""

    __slots__ = ("checked", "constant", "text", "type")

    def __init__(self, text: str, type_: type, *, checked: bool = True, constant: Value = None) -> None:
        self.text = text
        self.type = type_
        self.checked = checked
        self.constant = constant


def _unfit() -> NoReturn:
    raise Unfit


NUMBERS = frozenset({int, float})
ORDERED = frozenset({int, float, str, Duration, Filesize, datetime.datetime})
INTS_OF_LATER = frozenset({"+", "-", "*"})
PYTHON_SIGNS = {"mod": "%"}
CHECKED_INT = f"(t if {INT_MIN} <= (t := %s) <= {INT_MAX} else unfit())"
TOGETHER = 1024
"""How many integers are looked at together: they stay in the nearest cache meanwhile."""
PACK = struct.Struct(f"{TOGETHER}q").pack


class Writer:
    """Writes one function, by the types in a row and in what the closure caught."""

    def __init__(self, row_slots: set[int], row: Value, caught: dict[int, Value]) -> None:
        self.row_slots = row_slots
        self.row = row
        self.caught = caught
        self.columns: dict[str, str] = {}
        self.names: dict[str, object] = {
            "unfit": _unfit,
            "int64": _all_in_64_bits,
        }
        self.names |= {type_.__name__: type_ for type_ in (Duration, Filesize, datetime.datetime)}

    def maker(self, node: Node, what: str) -> Callable[..., Written]:
        """The function that takes what the closure caught, and gives the function of the rows."""
        text = self.filtering(node) if what == "kept" else self.mapping(node, present=what == "present")
        given = ", ".join(f"c{slot}" for slot in self.caught)
        namespace = dict(self.names)
        # The text is put together here from names, numbers and quoted strings alone.
        exec(_code(f"def make({given}):\n def batch(rows):\n  return {text}\n return batch"), namespace)  # noqa: S102
        maker: Callable[..., Written] = namespace["make"]  # type: ignore[assignment]
        return maker

    def bound(self) -> str:
        """The loops that give the columns of a row their names."""
        return "".join(f" for {name} in [{text}]" for text, name in self.columns.items())

    def filtering(self, node: Node) -> str:
        """The list of the rows for which the expression is true."""
        condition = self.of(self.piece(node), bool)
        return f"[r for r in rows{self.bound()} if {condition}]"

    def mapping(self, node: Node, *, present: bool) -> str:
        """The list of the expression's results; `present` leaves out those that are null."""
        piece, together = self.outermost(node)
        if piece.checked or not present:
            return f"{together}([{piece.text} for r in rows{self.bound()}])"
        return f"[x for r in rows{self.bound()} for x in [{piece.text}] if x is not None]"

    def outermost(self, node: Node) -> tuple[_Piece, str]:
        """An expression, and what looks at its results for all rows together."""
        if isinstance(node, syntax.Operation) and node.sign in INTS_OF_LATER:
            left, right = self.piece(node.left), self.piece(node.right)
            if left.type is int and right.type is int:
                return _Piece(self.combined(left, node.sign, right), int), "int64"
        return self.piece(node), ""

    def piece(self, node: Node) -> _Piece:
        """Any expression; raises `Unfit` for what is not written here."""
        write = PIECES.get(type(node))
        if write is None:
            raise Unfit
        return write(self, node)

    def constant(self, value: object) -> str:
        """The name of a value that the text refers to."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def literal(self, node: syntax.Literal) -> _Piece:
        value = node.value
        if type(value) in (bool, int, str) or (type(value) is float and math.isfinite(value)):
            return _Piece(repr(value), type(value), constant=value)
        if type(value) in ORDERED:
            return _Piece(self.constant(value), type(value))
        raise Unfit

    def variable(self, node: syntax.Variable) -> _Piece:
        if node.slot in self.row_slots:
            return _Piece("r", type(self.row), checked=False)
        return _Piece(f"c{node.slot}", type(self.caught[node.slot]))

    def access(self, node: syntax.Access) -> _Piece:
        """A column, bound to a name for the row."""
        if not isinstance(node.head, syntax.Variable):
            raise Unfit
        head = self.variable(node.head)
        value: Value = self.row if head.text == "r" else self.caught[node.head.slot]
        text = head.text
        for member in node.path.members:
            if not isinstance(member.value, str) or member.ignore_case or not isinstance(value, dict):
                raise Unfit
            text += f".get({member.value!r})" if member.optional else f"[{member.value!r}]"
            value = value.get(member.value) if member.optional else value[member.value]
        name = self.columns.setdefault(text, f"v{len(self.columns)}")
        return _Piece(name, type(value), checked=False)

    def guarded(self, piece: _Piece) -> str:
        """The text, with a look at the type where that is not certain."""
        if piece.checked:
            return _operand(piece)
        return f"({piece.text} if {piece.text}.__class__ is {self.name_of(piece.type)} else unfit())"

    def combined(self, left: _Piece, sign: str, right: _Piece) -> str:
        """Two operands and what is between them, with one look at the types of both."""
        unsure = {piece.text: piece for piece in (left, right) if not piece.checked}.values()
        text = f"{_operand(left)} {sign} {_operand(right)}"
        if not unsure:
            return text
        fits = " and ".join(f"{piece.text}.__class__ is {self.name_of(piece.type)}" for piece in unsure)
        return f"({text} if {fits} else unfit())"

    def of(self, piece: _Piece, type_: type) -> str:
        """The text, if the piece is of the type."""
        if piece.type is not type_:
            raise Unfit
        return self.guarded(piece)

    def name_of(self, type_: type) -> str:
        if type_ not in ORDERED and type_ is not bool:
            raise Unfit
        return type_.__name__

    def negation(self, node: syntax.Not) -> _Piece:
        return _Piece(f"not {self.of(self.piece(node.operand), bool)}", bool)

    def subexpression(self, node: syntax.Subexpression) -> _Piece:
        inner = only_expression(node.block)
        if inner is None:
            raise Unfit
        return self.piece(inner)

    def record(self, node: syntax.RecordNode) -> _Piece:
        entries = []
        for entry in node.entries:
            if not (isinstance(entry, syntax.Entry) and isinstance(entry.key, syntax.Literal)):
                raise Unfit
            if not isinstance(entry.key.value, str):
                raise Unfit
            entries.append(f"{entry.key.value!r}: {self.piece(entry.value).text}")
        return _Piece("{" + ", ".join(entries) + "}", dict)

    def items(self, node: syntax.ListNode) -> _Piece:
        if any(isinstance(item, syntax.Spread) for item in node.items):
            raise Unfit
        return _Piece("[" + ", ".join(self.piece(item).text for item in node.items) + "]", list)

    def interpolation(self, node: syntax.Interpolation) -> _Piece:
        parts = []
        for part in map(self.piece, node.parts):
            if part.type not in (str, int):
                raise Unfit
            text = self.constant(part.constant) if isinstance(part.constant, str) else self.guarded(part)
            parts.append("{" + text + "}")
        return _Piece('f"' + "".join(parts) + '"', str)

    def operation(self, node: syntax.Operation) -> _Piece:
        sign = node.sign
        if sign in ("in", "not-in"):
            return self.membership(node)
        left, right = self.piece(node.left), self.piece(node.right)
        if sign in ("==", "!="):
            return self.equality(sign, left, right)
        if sign in ("<", "<=", ">", ">="):
            self.comparable(left, right)
            return _Piece(self.combined(left, sign, right), bool)
        if sign in ("and", "or"):
            return _Piece(f"{self.of(left, bool)} {sign} {self.of(right, bool)}", bool)
        if sign in ("+", "-", "*", "/", "mod"):
            return self.arithmetic(sign, left, right)
        return self.text_operation(sign, left, right)

    def comparable(self, left: _Piece, right: _Piece) -> None:
        same = left.type is right.type and left.type in ORDERED
        if not same and not {left.type, right.type} <= NUMBERS:
            raise Unfit

    def equality(self, sign: str, left: _Piece, right: _Piece) -> _Piece:
        if isinstance(left.constant, str) or isinstance(right.constant, str):
            # Nothing but a text is equal to a text, in Python as here.
            return _Piece(f"{_operand(left)} {sign} {_operand(right)}", bool)
        if not (left.type is bool and right.type is bool):
            self.comparable(left, right)
        return _Piece(self.combined(left, sign, right), bool)

    def arithmetic(self, sign: str, left: _Piece, right: _Piece) -> _Piece:
        text = self.combined(left, PYTHON_SIGNS.get(sign, sign), right)
        if sign == "+" and left.type is str and right.type is str:
            return _Piece(text, str)
        if not {left.type, right.type} <= NUMBERS:
            raise Unfit
        if sign == "/" or float in (left.type, right.type):
            return _Piece(text, float)
        return _Piece(text if sign == "mod" else CHECKED_INT % text, int)

    def text_operation(self, sign: str, left: _Piece, right: _Piece) -> _Piece:
        text = self.of(left, str)
        if sign in ("=~", "!~") and isinstance(right.constant, str):
            try:
                search = self.constant(compiled(right.constant).search)
            except ValueError:
                # The long way says what is wrong with the pattern.
                raise Unfit from None
            return _Piece(f"{search}({text}) is {'not ' if sign == '=~' else ''}None", bool)
        if sign in ("starts-with", "ends-with"):
            return _Piece(f"{text}.{sign.replace('-', '')}({self.of(right, str)})", bool)
        raise Unfit

    def membership(self, node: syntax.Operation) -> _Piece:
        """`in` a list of texts that is written down: nothing but a text is equal to one of them."""
        values = [item.value if isinstance(item, syntax.Literal) else None for item in _written_items(node.right)]
        if not values or not all(isinstance(value, str) for value in values):
            raise Unfit
        sign = "in" if node.sign == "in" else "not in"
        return _Piece(f"{_operand(self.piece(node.left))} {sign} {self.constant(frozenset(map(str, values)))}", bool)


def _operand(piece: _Piece) -> str:
    """The text as it can stand beside an operator."""
    return f"({piece.text})" if " " in piece.text else piece.text


def _written_items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, syntax.ListNode) else ()


@lru_cache(maxsize=256)
def _code(text: str) -> CodeType:
    """The compiled text: who types a line once more need not wait for it."""
    return compile(text, "<batch>", "exec")


def _all_in_64_bits(values: list[int]) -> list[int]:
    """The integers, if each has 64 bits: their binary form is refused for others, at the speed of C."""
    whole = len(values) - len(values) % TOGETHER
    try:
        for start in range(0, whole, TOGETHER):
            PACK(*values[start : start + TOGETHER])
        struct.pack(f"{len(values) - whole}q", *values[whole:])
    except struct.error:
        raise Unfit from None
    return values


PIECES: dict[type[Node], Callable[..., _Piece]] = {
    syntax.Literal: Writer.literal,
    syntax.Variable: Writer.variable,
    syntax.Access: Writer.access,
    syntax.Not: Writer.negation,
    syntax.Subexpression: Writer.subexpression,
    syntax.RecordNode: Writer.record,
    syntax.ListNode: Writer.items,
    syntax.Interpolation: Writer.interpolation,
    syntax.Operation: Writer.operation,
}
"""How each kind of expression is written."""
