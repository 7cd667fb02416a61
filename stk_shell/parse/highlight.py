"""What each stretch of a program is, for colouring: found by the parser itself, so it is what would run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from stk_shell.model import syntax
from stk_shell.model.command import CommandTable
from stk_shell.model.span import Source, Span
from stk_shell.model.struct import Struct
from stk_shell.model.values import CellPath
from stk_shell.parse import parse
from stk_shell.parse.delimiters import scan
from stk_shell.parse.scope import Scope


class Piece(Struct):
    """A stretch of the text and what it is.

    Kinds are command, keyword, flag, string, number, constant, variable, column, operator, comment and error.
    """

    start: int
    end: int
    kind: str


def highlight(text: str, scope: Scope, commands: CommandTable) -> list[Piece]:
    """The stretches that have a colour, in order, without overlaps."""
    source = Source(text)
    program = parse(source, Scope(scope), commands)
    pieces = [Piece(start, end, "comment") for start, end in scan(source).comments.items()]
    walk = _Walk(source)
    with suppress(RecursionError):
        # Where operators or `else if` follow each other by the thousand, what lies deepest keeps its colour off.
        walk.block(program.block)
    pieces += walk.pieces
    for problem in program.problems:
        if not problem.incomplete:
            span = problem.labels[0].span
            pieces.append(Piece(span.start, max(span.end, span.start + 1), "error"))
    return _flat(pieces, len(text))


def _flat(pieces: list[Piece], length: int) -> list[Piece]:
    """Where stretches overlap, the one that was found later lies on top."""
    kinds: list[str] = [""] * length
    for piece in pieces:
        kinds[piece.start : piece.end] = [piece.kind] * (min(piece.end, length) - piece.start)
    flat: list[Piece] = []
    start = 0
    for at in range(1, length + 1):
        if at == length or kinds[at] != kinds[start]:
            if kinds[start]:
                flat.append(Piece(start, at, kinds[start]))
            start = at
    return flat


class _Walk:
    """Goes through the tree; what is not of this source (a default, an alias) is passed over."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pieces: list[Piece] = []
        self.visitors: dict[type[syntax.Node], Callable[..., None]] = {
            syntax.Literal: self.literal,
            syntax.Interpolation: self.interpolation,
            syntax.Variable: self.variable,
            syntax.Environment: self.variable,
            syntax.Facts: self.variable,
            syntax.Declaration: self.variable,
            syntax.Access: self.access,
            syntax.Operation: self.operation,
            syntax.Not: self.negation,
            syntax.Call: self.call,
            syntax.Assignment: self.assignment,
            syntax.DefinitionNode: self.definition,
        }

    def block(self, block: syntax.Block) -> None:
        for pipeline in block.pipelines:
            for stage in pipeline.stages:
                self.node(stage.expression)

    def node(self, node: object) -> None:
        """The stretches of a node: by its own rule, or those of whatever nodes it holds."""
        visit = self.visitors.get(type(node))  # type: ignore[arg-type]
        if visit is not None:
            visit(node)
        elif isinstance(node, syntax.Block):
            self.block(node)
        elif isinstance(node, syntax.Node):
            for field in node._fields:
                self.node(getattr(node, field))
        elif isinstance(node, tuple):
            for each in node:
                self.node(each)

    def piece(self, span: Span, kind: str) -> None:
        if span.source is self.source and span.start < span.end:
            self.pieces.append(Piece(span.start, span.end, kind))

    def literal(self, node: syntax.Literal) -> None:
        value = node.value
        if isinstance(value, str):
            kind = "string"
        elif isinstance(value, CellPath):
            kind = "column"
        else:
            kind = "constant" if value is None or isinstance(value, bool) else "number"
        self.piece(node.span, kind)

    def interpolation(self, node: syntax.Interpolation) -> None:
        self.piece(node.span, "string")
        for part in node.parts:
            if not isinstance(part, syntax.Literal):
                self.piece(part.span, "")
                self.node(part)

    def variable(self, node: syntax.Node) -> None:
        self.piece(node.span, "variable")

    def access(self, node: syntax.Access) -> None:
        self.node(node.head)
        for member in node.path.members:
            if member.span is not None:
                self.piece(member.span, "column")

    def operation(self, node: syntax.Operation) -> None:
        self.node(node.left)
        self.piece(node.sign_span, "operator")
        self.node(node.right)

    def negation(self, node: syntax.Not) -> None:
        self.piece(self.source.span(node.span.start, node.span.start + 3), "operator")
        self.node(node.operand)

    def call(self, node: syntax.Call) -> None:
        self.piece(node.head, "keyword" if node.command.signature.category == "language" else "command")
        for argument in node.arguments:
            text = argument.span.text
            if text.startswith("-") and node.command.signature.flag(argument.name):
                length = min((text + " ").index(" "), (text + "=").index("="))
                self.piece(self.source.span(argument.span.start, argument.span.start + length), "flag")
            self.node(argument.value)

    def assignment(self, node: syntax.Assignment) -> None:
        self.piece(self.source.span(node.span.start, node.sign_span.start), "variable")
        self.piece(node.sign_span, "operator")
        self.node(node.value)

    def definition(self, node: syntax.DefinitionNode) -> None:
        self.piece(self.source.span(node.span.start, node.span.start + 3), "keyword")
        self.node(node.function.body)
