"""The lines of the menu: a name with the typed letters marked, and what it is as far as there is room."""

from __future__ import annotations

from itertools import groupby

from prompt_toolkit.completion import Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples

from stk_shell.render.cells import visible
from stk_shell.render.width import clip, display_width
from stk_shell.repl.completion.matching import Suggestion, places

MARKED = 200
"""In how many lines the letters are marked."""

BESIDE = 5
"""The columns for the blanks beside a name and what it is, and for the scroll bar."""

ENOUGH = 10
"""With fewer columns, nothing that stands beside a name says anything."""


def typed(document: Document, suggestion: Suggestion) -> str:
    """What a suggestion would take the place of."""
    return document.text[suggestion.start : document.cursor_position]


def shown(found: list[Suggestion], document: Document, width: int) -> list[Completion]:
    """A line for each suggestion, for a terminal of that width."""
    labels = [visible(each.label) for each in found]
    widest = max(map(display_width, labels), default=0)
    if width - widest - BESIDE < ENOUGH and any(each.about for each in found):
        widest = min(widest, width // 2)
    widest = min(widest, width - BESIDE)
    room = width - widest - BESIDE
    return [
        Completion(
            each.text,
            start_position=min(each.start - document.cursor_position, 0),
            display=_marked(clip(label, widest), typed(document, each) if at < MARKED else ""),
            display_meta=clip(visible(each.about), room) if room >= ENOUGH else "",
        )
        for at, (each, label) in enumerate(zip(found, labels, strict=True))
    ]


def _marked(label: str, begin: str) -> StyleAndTextTuples:
    """A name with the letters in bold that are typed."""
    begin = begin.lstrip("\"'`")
    bold = places(begin, label) if begin else set()
    runs = groupby(enumerate(label), key=lambda letter: "bold" if letter[0] in bold else "")
    return [(style, "".join(letter for _, letter in run)) for style, run in runs]
