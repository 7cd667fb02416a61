"""The pipelines of a text, each cut out and read on its own."""

from __future__ import annotations

import re
from bisect import bisect_left

from stk_shell.model.command import CommandTable
from stk_shell.model.errors import Problem
from stk_shell.model.piece import Piece
from stk_shell.model.span import Source
from stk_shell.model.syntax import Program
from stk_shell.parse import parse
from stk_shell.parse.delimiters import OPENERS, scan
from stk_shell.parse.highlight import stretches
from stk_shell.parse.lex import tokens
from stk_shell.parse.scope import Scope
from stk_shell.parse.stages import ends
from stk_shell.parse.unclosed import CLOSERS

WORD = re.compile(r"[\w-]+")


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

    `ends` are those of its strings and brackets. While it `waits`, the reading is that of an earlier text.
    """

    __slots__ = ("ends", "pieces", "reading", "text", "waits")

    def __init__(self, text: str, ends: dict[int, int]) -> None:
        self.text = text
        self.ends = ends
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
        if char in CLOSERS:
            end = self.ends.get(at, 0) - 1
            return end if end > at and self.text[end] == CLOSERS[char] else None
        if char in OPENERS:
            starts = (start for start, end in self.ends.items() if end == at + 1 and self.text[start] == OPENERS[char])
            return next(starts, None)
        return None


def cut(text: str) -> tuple[list[Chunk], bool]:
    """The pipelines of a text, and whether the last one is ended."""
    source = Source(text)
    delimiters = scan(source)
    found = list(ends(tokens(source, delimiters, 0, len(text))))
    ended = not text or found[-1:] == [len(text)]
    found += [] if ended else [len(text)]
    if len(found) == 1:
        return [Chunk(text, delimiters.ends)], ended
    places = sorted(delimiters.ends.items())
    chunks: list[Chunk] = []
    start = at = 0
    for end in found:
        behind = bisect_left(places, (end, 0), at)
        chunks.append(Chunk(text[start:end], {one - start: other - start for one, other in places[at:behind]}))
        start, at = end, behind
    return chunks, ended


def moved(old: str, pieces: list[Piece], new: str) -> list[Piece]:
    """The pieces of a text that has changed at one place, as far as they are still there."""
    start = _common(old, new)
    same = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    end, shift = len(old) - same, len(new) - len(old)
    grows = WORD.fullmatch(new, start, len(new) - same) is not None
    first, last = bisect_left(pieces, (start,)), bisect_left(pieces, (end,))
    kept = pieces[:first]
    if kept and (kept[-1].end > start or (kept[-1].end == start and grows)):
        around = kept.pop()
        if around.end >= end:
            kept.append(around._replace(end=around.end + shift))
    return [*kept, *(Piece(start + shift, end + shift, kind) for start, end, kind in pieces[last:])]


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
