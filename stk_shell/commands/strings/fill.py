"""The command `fill`."""

from __future__ import annotations

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._units import graphemes
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import text_length
from stk_shell.model.shape import INT, STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.text import number
from stk_shell.model.values import Filesize, Value

CENTERED = {"c": 0, "center": 0, "m": 0, "middle": 0, "cr": 1, "mr": 1, "middleright": 1}
"""Alignments in the middle, with the part of an odd blank that goes before the text."""


class Fill(Command):
    """Fills texts up to a width."""

    name = "fill"
    summary = "Fill a text up to a width."
    signature = Signature(
        types=(
            ("string", "string"),
            ("int", "string"),
            ("float", "string"),
            ("filesize", "string"),
            ("list<any>", "list<string>"),
        ),
        category="strings",
        flags=(
            Flag("width", "How many characters there are to be.", INT, "w", 1),
            Flag(
                "alignment",
                "Where the text stands: left, right, center or middleright (l, r, c, cr).",
                STRING,
                "a",
                completes=("left", "right", "center", "middleright"),
            ),
            Flag("character", "What to fill with.", STRING, "c", " "),
        ),
    )
    examples = (
        Example("7 | fill --width 3 --alignment right --character 0", "Leading zeros.", "007"),
        Example("[note login] | fill --width 6 -c .", "Each item of a list.", ["note..", "login."]),
        Example("'ok' | fill -w 6 -a center -c =", "In the middle.", "==ok=="),
    )
    see_also = ("str trim", "format pattern", "table")

    def run(self, call: Call, data: Data) -> Data:
        """The filled texts."""
        width, sign = text_length(call, "width"), call.text("character")
        place = (call.optional_text("alignment") or "left").lower()

        def filled(value: Value) -> Value:
            text = _text(value, call)
            return _aligned(text, max(width - len(graphemes(text)), 0), sign, place)

        return mapped(data, filled) if is_list_like(data) else filled(collect(data))


def _text(value: Value, call: Call) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return number(value).removesuffix(".0")
    if type(value) in (int, Filesize):
        return str(value)
    raise unsupported(call, value, "a string or a number")


def _aligned(text: str, missing: int, sign: str, place: str) -> str:
    if place in ("r", "right"):
        return sign * missing + text
    if place in CENTERED:
        before = (missing + CENTERED[place]) // 2
        return sign * before + text + sign * (missing - before)
    return text + sign * missing


COMMAND = Fill()
