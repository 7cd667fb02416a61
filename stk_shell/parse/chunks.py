"""The pipelines of a text, each cut out and read on its own."""

from __future__ import annotations

from stk_shell.model.command import CommandTable
from stk_shell.model.errors import Problem
from stk_shell.model.piece import Piece
from stk_shell.model.span import Source
from stk_shell.model.syntax import Program
from stk_shell.parse import parse
from stk_shell.parse.delimiters import OPENERS, scan
from stk_shell.parse.highlight import stretches
from stk_shell.parse.scope import Scope
from stk_shell.parse.stages import ends_of_pipelines
from stk_shell.parse.unclosed import CLOSERS


class Reading:
    """What the parser found in a pipeline. `names` are those it defines, each with all that may change about it."""

    __slots__ = ("names", "pieces", "program", "scope")

    def __init__(self, text: str, scope: Scope, commands: CommandTable) -> None:
        source = Source(text)
        self.program: Program = parse(source, scope, commands)
        self.pieces = stretches(source, self.program)
        self.scope = scope
        self.names: dict[str, object] = {
            f"${name}": (each.mutable, each.shape) for name, each in scope.variables.items()
        }
        self.names |= {name: each.command.signature for name, each in scope.commands.items()}
        self.names |= dict.fromkeys(scope.aliases, text)


class Chunk:
    """A pipeline, what stands before it, and the sign that ends it. Offsets count from its beginning.

    While it `waits`, the reading is that of an earlier text.
    """

    __slots__ = ("brackets", "pieces", "reading", "text", "waits")

    def __init__(self, text: str, brackets: dict[int, int] | None = None) -> None:
        self.text = text
        self.brackets = brackets
        """The ends of its brackets by their beginnings, once somebody has asked for them."""
        self.reading: Reading | None = None
        self.pieces: list[Piece] = []
        self.waits = True

    @property
    def names(self) -> dict[str, object]:
        """The names that it was found to define."""
        return self.reading.names if self.reading else {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found to be wrong with it."""
        return self.reading.program.problems if self.reading else ()

    def take(self, reading: Reading) -> None:
        """Know what a reading of its text has found."""
        self.reading, self.pieces, self.waits = reading, reading.pieces, False

    def partner(self, at: int) -> int | None:
        """Where the bracket stands that belongs to the one at an offset; None where there is none."""
        char = self.text[at]
        if char not in CLOSERS and char not in OPENERS:
            return None
        if self.brackets is None:
            self.brackets = scan(Source(self.text)).ends
        if char in CLOSERS:
            end = self.brackets.get(at, 0) - 1
            return end if end > at and self.text[end] == CLOSERS[char] else None
        pairs = self.brackets.items()
        return next((start for start, end in pairs if end == at + 1 and self.text[start] == OPENERS[char]), None)


def cut(text: str) -> tuple[list[Chunk], bool]:
    """The pipelines of a text, and whether the last one is ended."""
    source = Source(text)
    delimiters = scan(source)
    found = list(ends_of_pipelines(source, delimiters))
    ended = not text or found[-1:] == [len(text)]
    found += [] if ended else [len(text)]
    if len(found) == 1:
        return [Chunk(text, delimiters.ends)], ended
    return [Chunk(text[start:end]) for start, end in zip([0, *found], found, strict=False)], ended
