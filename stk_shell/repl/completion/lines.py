"""The lines of the menu: a name with the typed letters marked, and what it is as far as there is room."""

from __future__ import annotations

from itertools import groupby

from prompt_toolkit.completion import Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples

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
    widest = max((display_width(each.label) for each in found), default=0)
    if width - widest - BESIDE < ENOUGH and any(each.about for each in found):
        widest = min(widest, width // 2)
    widest = min(widest, width - BESIDE)
    room = width - widest - BESIDE
    return [
        Completion(
            each.text,
            start_position=min(each.start - document.cursor_position, 0),
            display=_label(each, document, widest, marked=at < MARKED),
            display_meta=clip(each.about, room) if room >= ENOUGH else "",
        )
        for at, each in enumerate(found)
    ]


def _label(suggestion: Suggestion, document: Document, room: int, *, marked: bool) -> StyleAndTextTuples:
    label = clip(suggestion.label, room)
    begin = typed(document, suggestion).lstrip("\"'`") if marked else ""
    bold = places(begin, label) if begin else set()
    runs = groupby(enumerate(label), key=lambda letter: "bold" if letter[0] in bold else "")
    return [(style, "".join(letter for _, letter in run)) for style, run in runs]
