"""Colours: what each part of an output is painted with."""

from __future__ import annotations

from stk_shell.model.struct import Struct

CODES = {
    "error": "1;31",
    "warning": "33",
    "label": "35",
    "second": "36",
    "place": "2",
    "help": "36",
    "header": "1;32",
    "index": "1;32",
    "note": "2",
    "title": "1",
    "example": "36",
    "flag": "36",
    "type": "34",
}
"""The terminal's own colours by role, as SGR codes: readable on dark and on light."""


class Palette(Struct):
    """Paints texts, or leaves them as they are."""

    color: bool

    def paint(self, role: str, text: str) -> str:
        """The text in the colour of its role."""
        return f"\x1b[{CODES[role]}m{text}\x1b[0m" if self.color and text else text


PLAIN = Palette(False)
"""No colours."""
