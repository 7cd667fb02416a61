"""Marks on what is being typed: the bracket that belongs to the one at the cursor, the first mistake, and tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from prompt_toolkit.application import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.processors import Processor, TabsProcessor, Transformation, TransformationInput

from stk_shell.parse.live import Live
from stk_shell.repl.styles import class_of

Mark: TypeAlias = tuple[int, int, str]
"""Where it begins and ends, and its style."""

NOWHERE = -1
"""The cursor of a text that nobody types any longer."""


class Marks(Processor):
    """Marks the bracket at the cursor and its partner, and underlines the first mistake."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.known: tuple[tuple[str, int, int], list[Mark]] | None = None

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line with its marks."""
        document, number = transformation_input.document, transformation_input.lineno
        first = document.translate_row_col_to_index(number, 0)
        last = first + len(document.lines[number])
        parts = transformation_input.fragments
        for start, end, style in self._marks(document):
            if start < last and end > first:
                parts = _marked(parts, max(start, first) - first, min(end, last) - first, style)
        return Transformation(parts)

    def _marks(self, document: Document) -> list[Mark]:
        """All marks of the text; each line of it asks."""
        self.live.update(document.text)
        cursor = NOWHERE if get_app().is_done else document.cursor_position
        state = (document.text, cursor, self.live.accepted)
        if self.known is None or self.known[0] != state:
            self.known = state, [*_problem(self.live, cursor), *_brackets(self.live, cursor)]
        return self.known[1]


class Tabs(TabsProcessor):
    """Shows tabs as blanks. Lines without any are left alone, because taking one apart costs time at every key."""

    def __init__(self) -> None:
        super().__init__(char1=" ", char2=" ")

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line with blanks for tabs."""
        if "\t" in transformation_input.document.lines[transformation_input.lineno]:
            return super().apply_transformation(transformation_input)
        return Transformation(transformation_input.fragments)


def _problem(live: Live, cursor: int) -> Iterator[Mark]:
    problem = live.first_problem(cursor)
    if problem is not None:
        yield (*problem, f"{class_of('problem')} underline")


def _brackets(live: Live, cursor: int) -> Iterator[Mark]:
    """The bracket at the cursor, or else the one before it, and its partner."""
    for at in (cursor, cursor - 1):
        partner = live.partner(at)
        if partner is not None:
            for each in (at, partner):
                yield each, each + 1, f"{class_of('bracket')} reverse"
            return


def _marked(parts: StyleAndTextTuples, start: int, end: int, style: str) -> StyleAndTextTuples:
    """The parts with the style on what is between two offsets."""
    marked: StyleAndTextTuples = []
    at = 0
    for old, text, *_ in parts:
        first, last = (min(max(each - at, 0), len(text)) for each in (start, end))
        pieces = ((old, text[:first]), (f"{old} {style}", text[first:last]), (old, text[last:]))
        marked += [piece for piece in pieces if piece[1]]
        at += len(text)
    return marked
