"""Painting: each part of an output in the colour of its role."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct
from stk_shell.render.theme import Theme, load_theme

if TYPE_CHECKING:
    from stk_shell.model.piece import ReadPieces

PROGRAM = "program"
"""The role of what could be typed at the prompt: each stretch of it has a colour of its own."""


class Palette(Struct):
    """Paints texts, or leaves them as they are. `read` finds the stretches of programs."""

    color: bool
    theme: Theme = load_theme()
    read: ReadPieces | None = None

    def paint(self, role: str, text: str) -> str:
        """The text in the colour of its role, line by line: a pager shows each on its own."""
        if not (self.color and text):
            return text
        if role == PROGRAM:
            return self.stretches(text, self.kinds(text))
        code = self.theme.codes[role]
        if not code:
            return text
        return "\n".join(f"\x1b[{code}m{line}\x1b[0m" if line else line for line in text.split("\n"))

    def kinds(self, program: str) -> list[str]:
        """For each character of a program, what it is part of; empty where that has no colour."""
        kinds = [""] * len(program)
        if self.color and self.read is not None:
            for start, end, kind in self.read(program):
                kinds[start:end] = [kind] * (end - start)
        return kinds

    def stretches(self, text: str, kinds: Iterable[str]) -> str:
        """A text of whose characters each has a kind, painted; no colour goes on over the end of a line."""
        if not self.color:
            return text
        runs = groupby(zip(text, kinds, strict=True), key=lambda pair: "" if pair[0] == "\n" else pair[1])
        texts = [(kind, "".join(char for char, _ in run)) for kind, run in runs]
        return "".join(self.paint(kind, run) if kind else run for kind, run in texts)


PLAIN = Palette(False)
"""No colours."""
