"""A line of a program with labels under it: the part of it that they are about, underlined, and what they say."""

from __future__ import annotations

from stk_shell.model.struct import Struct
from stk_shell.render.palette import Palette
from stk_shell.render.width import clip, display_width, drop, wrap

COMFORTABLE = 24
"""The columns that are enough for a text behind its leg; with fewer, it may stand before it."""

LEAST = 8
"""The columns that the text of a label has to have beside its leg; with fewer, it stands below, without one."""

LEG = 4
"""The columns of the leg from a place to its text, with the blank between: `╰── `."""


class Mark(Struct):
    """A label in a line: the columns it underlines, from `start` on, and what it says."""

    start: int
    width: int
    text: str
    role: str

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.start + self.width

    @property
    def middle(self) -> int:
        """The column where the line to the text begins."""
        return self.start + (self.width - 1) // 2


def excerpts(
    text: str, kinds: list[str], marks: list[Mark], room: int, palette: Palette
) -> list[tuple[str, list[str]]]:
    """The line, or of a long one the parts around the marks, each with the lines to go under it.

    None is wider than `room`, where words allow. `kinds` says of each character what it is part of, for its colour.
    """
    marks = _apart(sorted(marks, key=lambda mark: mark.start))
    extent = max(display_width(text), *(mark.end for mark in marks))
    if extent <= room:
        return [(palette.stretches(text, kinds), _under(marks, room, palette))]
    return [_part(text, kinds, group, extent, room, palette) for group in _groups(marks, room)]


def _apart(marks: list[Mark]) -> list[Mark]:
    """The marks, none of which has its leg at or before that of another before it."""
    apart = marks[:1]
    for mark in marks[1:]:
        start = apart[-1].middle + 1
        apart.append(mark if mark.middle >= start else mark.replace(start=start, width=max(mark.end - start, 1)))
    return apart


def _groups(marks: list[Mark], room: int) -> list[list[Mark]]:
    """The marks, together where one part of the line can show them."""
    groups = [marks[:1]]
    for mark in marks[1:]:
        if mark.start - groups[-1][0].start < room // 2:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _part(
    text: str, kinds: list[str], marks: list[Mark], extent: int, room: int, palette: Palette
) -> tuple[str, list[str]]:
    """The part of a long line around the marks: a third of the room is for what stands before them."""
    cut = 0
    if marks[-1].end >= room:
        cut = max(min(min(mark.start for mark in marks) - room // 3, extent - room), 0)
    # The ellipsis takes the column of the first character that is left.
    part = "…" + drop(text, cut + 1) if cut else text
    kinds = kinds[len(text) - len(part) :]
    part = clip(part, room)
    moved = [mark.replace(start=mark.start - cut, width=min(mark.width, room - mark.start + cut)) for mark in marks]
    return palette.stretches(part, kinds[: len(part)]), _under(_apart(moved), room, palette)


def _under(marks: list[Mark], room: int, palette: Palette) -> list[str]:
    """The underlines, then the texts from the last to the first, so that no line crosses a text."""
    lines = [_underlines(marks, palette)]
    said = [mark for mark in marks if mark.text]
    for at in range(len(said) - 1, -1, -1):
        lines += _text(said[at], said[:at], room, palette)
    return lines


def _underlines(marks: list[Mark], palette: Palette) -> str:
    cells = [(" ", "")] * max(mark.end for mark in marks)
    for mark in marks:
        cells[mark.start : mark.end] = [("─", mark.role)] * mark.width
    for mark in marks:
        if mark.text:
            cells[mark.middle] = ("┬", mark.role)
    return palette.stretches("".join(char for char, _ in cells), [role for _, role in cells])


def _text(mark: Mark, before: list[Mark], room: int, palette: Palette) -> list[str]:
    """The text of a label behind its leg; before it, where there is more room."""
    bars, at = _bars(before, palette)
    behind, ahead, needed = room - mark.middle - LEG, mark.middle - LEG - at, display_width(mark.text)
    if behind >= min(needed, COMFORTABLE) or behind >= max(ahead, LEAST):
        lines = wrap(mark.text, behind)
        lines = [f"╰── {lines[0]}", *(" " * LEG + line for line in lines[1:])]
        lead = bars + " " * (mark.middle - at)
    elif ahead >= min(needed, LEAST):
        lines = wrap(mark.text, ahead)
        widest = max(map(display_width, lines))
        lines[0] += " " * (widest - display_width(lines[0])) + " ──╯"
        lead = bars + " " * (mark.middle - LEG + 1 - widest - at)
    else:
        lines, lead = wrap(mark.text, room), ""
    return [lead + palette.paint(mark.role, line) for line in lines]


def _bars(marks: list[Mark], palette: Palette) -> tuple[str, int]:
    """The lines down to texts that come later, and the column behind the last."""
    line, at = "", 0
    for mark in marks:
        line += " " * (mark.middle - at) + palette.paint(mark.role, "│")
        at = mark.middle + 1
    return line, at
