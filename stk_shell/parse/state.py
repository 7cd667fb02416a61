"""What the parser's functions share: the source, its delimiters, the scope, and the problems found so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stk_shell.model.command import CommandTable
from stk_shell.model.errors import Label, Problem
from stk_shell.model.span import Source, Span
from stk_shell.model.syntax import Block, Function, Garbage, ParameterNode
from stk_shell.parse.delimiters import Delimiters
from stk_shell.parse.lex import COMMAND, Kind, Mode, Token, tokens
from stk_shell.parse.scope import FunctionScope, Scope

if TYPE_CHECKING:
    from stk_shell.parse.places import Watch


class State:
    """One parse of one source."""

    __slots__ = ("commands", "delimiters", "files", "only_constants", "problems", "scope", "source", "text", "watch")

    def __init__(
        self,
        source: Source,
        delimiters: Delimiters,
        scope: Scope,
        commands: CommandTable,
        files: tuple[str, ...] = (),
    ) -> None:
        """`files` are the paths of those that are being read, the outermost first."""
        self.files = files
        self.only_constants = False
        """Whether what is read has to be known before the program runs."""
        self.source = source
        self.text = source.text
        self.delimiters = delimiters
        self.scope = scope
        self.commands = commands
        self.problems: list[Problem] = list(delimiters.problems)
        self.watch: Watch | None = None
        """Who wants to know what can stand at the end of the text."""

    def problem(
        self,
        headline: str,
        code: str,
        span: Span,
        label: str = "",
        help: str | None = None,
        *,
        incomplete: bool = False,
        instead: str | None = None,
    ) -> Garbage:
        """Note what is wrong; gives the node that stands for what could not be read."""
        self.problems.append(Problem(headline, code, (Label(span, label),), help, incomplete, instead))
        return Garbage(span)

    def span(self, start: int, end: int) -> Span:
        """A span of the source."""
        return Span(start, end, self.source)

    def words(self, start: int, end: int, mode: Mode = COMMAND) -> list[Span]:
        """The words between two offsets; signs that end words count as words, comments and newlines do not."""
        skip = (Kind.COMMENT, Kind.NEWLINE)
        return [self.span(token.start, token.end) for token in self.tokens(start, end, mode) if token.kind not in skip]

    def tokens(self, start: int, end: int, mode: Mode = COMMAND) -> Iterator[Token]:
        """The tokens between two offsets."""
        return tokens(self.source, self.delimiters, start, end, mode)

    @contextmanager
    def inner_scope(self) -> Iterator[Scope]:
        """A scope for a block in the same function."""
        outer = self.scope
        self.scope = Scope(outer)
        try:
            yield self.scope
        finally:
            self.scope = outer

    @contextmanager
    def function_scope(self) -> Iterator[Scope]:
        """A scope for a function with a frame of its own."""
        outer = self.scope
        self.scope = Scope(outer, FunctionScope(outer.function))
        try:
            yield self.scope
        finally:
            self.scope = outer

    def function(self, span: Span, parameters: tuple[ParameterNode, ...], body: Block) -> Function:
        """The function whose scope is the current one."""
        function, uses_input = self.scope.function, self.scope.input.used
        captures = tuple(function.captures.items())
        return Function(span, parameters, body, captures, function.size, uses_input, function.sets_environment)
