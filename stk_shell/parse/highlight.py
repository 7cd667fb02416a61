"""What each stretch of a program is, for colouring: found by the parser itself, so it is what would run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import groupby

from stk_shell.model import syntax
from stk_shell.model.command import CommandTable
from stk_shell.model.literals import number_like
from stk_shell.model.piece import Piece
from stk_shell.model.span import Source, Span
from stk_shell.model.syntax import Program
from stk_shell.model.values import CellPath
from stk_shell.parse import parse
from stk_shell.parse.delimiters import Delimiters, scan
from stk_shell.parse.lex import PARENTHESES, Kind, tokens
from stk_shell.parse.scope import Scope


def highlight(text: str, scope: Scope, commands: CommandTable) -> list[Piece]:
    """The stretches that have a colour, what is wrong among them, in order and without overlaps.

    The names that the program defines are put into the scope; give an inner one to be able to drop them.
    """
    source = Source(text)
    program = parse(source, scope, commands)
    places = [problem.labels[0].span for problem in program.problems if not problem.incomplete]
    wrong = [Piece(span.start, max(span.end, span.start + 1), "problem") for span in places]
    return _flat(_found(source, program) + wrong, len(text))


def stretches(source: Source, program: Program) -> list[Piece]:
    """The same of a program that is parsed, without what is wrong."""
    return _flat(_found(source, program), len(source.text))


def _found(source: Source, program: Program) -> list[Piece]:
    delimiters = scan(source)
    walk = _Walk(source, delimiters)
    with suppress(RecursionError):
        # Where operators or `else if` follow each other by the thousand, what lies deepest keeps its colour off.
        walk.block(program.block)
    return [*(Piece(start, end, "comment") for start, end in delimiters.comments.items()), *walk.pieces]


def _flat(pieces: list[Piece], length: int) -> list[Piece]:
    """Where stretches overlap, the one that was found later lies on top."""
    kinds = [""] * length
    for start, end, kind in pieces:
        kinds[start:end] = [kind] * (min(end, length) - start)
    flat: list[Piece] = []
    at = 0
    for kind, run in groupby(kinds):
        start, at = at, at + len(list(run))
        if kind:
            flat.append(Piece(start, at, kind))
    return flat


class _Walk:
    """Goes through the tree; what is not of this source (a default, an alias) is passed over."""

    def __init__(self, source: Source, delimiters: Delimiters) -> None:
        self.source = source
        self.delimiters = delimiters
        self.pieces: list[Piece] = []
        self.visitors: dict[type[syntax.Node], Callable[..., None]] = {
            syntax.Garbage: self.garbage,
            syntax.Literal: self.literal,
            syntax.Interpolation: self.interpolation,
            syntax.Variable: self.variable,
            syntax.Environment: self.variable,
            syntax.Facts: self.variable,
            syntax.Declaration: self.variable,
            syntax.ParameterNode: self.parameter,
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
                garbage = isinstance(stage.expression, syntax.Garbage)
                self.node(stage.expression.replace(span=stage.span) if garbage else stage.expression)

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

    def garbage(self, node: syntax.Garbage) -> None:
        """What could not be read is coloured by its look alone."""
        if node.span.source is self.source:
            for token in tokens(self.source, self.delimiters, node.span.start, node.span.end, PARENTHESES):
                if token.kind == Kind.WORD:
                    self.piece(
                        self.source.span(token.start, token.end), _look(self.source.text[token.start : token.end])
                    )

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

    def parameter(self, node: syntax.ParameterNode) -> None:
        # That of a row condition has the span of the whole.
        if node.span.text.strip("-.$?") == node.name:
            self.piece(node.span, "variable")
        self.node(node.default)

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
        signature = node.command.signature
        self.piece(node.head, "keyword" if signature.category == "language" else "command")
        words = {each.name: each.shape.word for each in signature.positionals if each.shape.name == "keyword"}
        for argument in node.arguments:
            text = argument.span.text
            if text.startswith("-") and signature.flag(argument.name):
                length = min((text + " ").index(" "), (text + "=").index("="))
                self.piece(self.source.span(argument.span.start, argument.span.start + length), "flag")
            elif argument.name in words:
                self.word_before(node.head.end, argument.span, words[argument.name])
            self.node(argument.value)

    def word_before(self, start: int, span: Span, word: str) -> None:
        """The keyword that stands before an argument: `else`, `in`, `catch`."""
        at = self.source.text.rfind(word, start, span.start)
        if span.source is self.source and at >= 0:
            self.piece(self.source.span(at, at + len(word)), "keyword")

    def assignment(self, node: syntax.Assignment) -> None:
        name = self.source.text[node.span.start : node.sign_span.start].rstrip()
        self.piece(self.source.span(node.span.start, node.span.start + len(name)), "variable")
        self.piece(node.sign_span, "operator")
        self.node(node.value)

    def definition(self, node: syntax.DefinitionNode) -> None:
        start = node.span.start
        self.piece(self.source.span(start, start + 3), "keyword")
        name = self.source.text.find(node.command.name, start + 3, node.span.end)
        if node.span.source is self.source and name >= 0:
            self.piece(self.source.span(name, name + len(node.command.name)), "command")
        self.node(node.function)


def _look(word: str) -> str:
    """The kind of a word by its first characters."""
    if word[0] in "\"'`" or word.startswith(('$"', "$'", "r#")):
        return "string"
    if word[0] == "$":
        return "variable"
    if word[0] == "-" and word.lstrip("-")[:1].isalpha():
        return "flag"
    return "number" if number_like(word) is not None else ""
