"""Marks on what is being typed: the bracket that belongs to the one at the cursor, and the first mistake."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

from stk_shell.parse.live import Live
from stk_shell.repl.styles import class_of

NOWHERE = -1
"""The cursor of a text that nobody types any longer."""


class Marks(Processor):
    """Marks the bracket at the cursor and its partner, and underlines the first mistake."""

    def __init__(self, live: Live) -> None:
        self.live = live

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

    def _marks(self, document: Document) -> list[tuple[int, int, str]]:
        self.live.update(document.text)
        cursor = NOWHERE if get_app().is_done else document.cursor_position
        marks = []
        problem = self.live.first_problem(cursor)
        if problem is not None:
            marks.append((*problem, f"{class_of('problem')} underline"))
        for at in (cursor, cursor - 1):
            partner = self.live.partner(at)
            if partner is not None:
                return [*marks, *((each, each + 1, f"{class_of('bracket')} reverse") for each in (at, partner))]
        return marks


def _marked(parts: StyleAndTextTuples, start: int, end: int, style: str) -> StyleAndTextTuples:
    characters = explode_text_fragments(parts)
    for at in range(start, min(end, len(characters))):
        old, text, *_ = characters[at]
        characters[at] = (f"{old} {style}", text)
    return characters
