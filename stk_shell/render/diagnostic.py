"""An error as text: what is wrong, where, and what to do."""

from __future__ import annotations

from stk_shell.model.errors import Label, StkError
from stk_shell.model.span import Source
from stk_shell.model.struct import Struct
from stk_shell.render.cells import harmless, visible
from stk_shell.render.palette import PLAIN, Palette
from stk_shell.render.width import clip, display_width, wrap

TAB = "    "
ROLES = ("error", "second", "label")
"""The colours of the first, second and further labels."""


class Mark(Struct):
    """A label in a line: the columns it underlines, from `start` on, and what it says."""

    start: int
    width: int
    text: str
    role: str

    def middle(self) -> int:
        """The column where the line to the text begins."""
        return self.start + (self.width - 1) // 2


def render_diagnostic(error: StkError, width: int = 80, palette: Palette = PLAIN) -> str:
    """The error as lines of at most `width` columns: code, headline, places, help."""
    code = palette.paint("error", f"Error: {error.code}")
    head = [
        f"  {palette.paint('error', '×')} {line}" if at == 0 else f"    {line}"
        for at, line in _enumerated(error, width)
    ]
    return "\n".join([code, "", *head, *_places(error.labels, width, palette), *_help(error.help, width, palette)])


def _enumerated(error: StkError, width: int) -> list[tuple[int, str]]:
    return list(enumerate(wrap(harmless(error.headline), width - 4)))


def _help(text: str | None, width: int, palette: Palette) -> list[str]:
    if not text:
        return []
    lines = wrap(harmless(text), width - 8)
    return [f"  {palette.paint('help', 'help:')} {lines[0]}", *(f"        {line}" for line in lines[1:])]


def _places(labels: tuple[Label, ...], width: int, palette: Palette) -> list[str]:
    """The lines of the program that the labels are in, with what the labels say under them."""
    labels = tuple(label for label in labels if label.span.source.text)
    if not labels:
        return []
    source = labels[0].span.source
    here = [label for label in labels if label.span.source is source]
    numbers = sorted({source.line_of(label.span.start) for label in here})
    gutter = len(str(numbers[-1] + 1))
    line, column = here[0].span.line_and_column()
    place = f"{source.name}:{line}:{column}" if source.name else f"{line}:{column}"
    lines = [f" {' ' * gutter} {palette.paint('place', f'╭─[{place}]')}"]
    for number in numbers:
        marks = [
            _mark(source, number, label, ROLES[min(at, len(ROLES) - 1)])
            for at, label in enumerate(here)
            if source.line_of(label.span.start) == number
        ]
        lines += _line(source, number, marks, gutter, width, palette)
    return [*lines, f" {' ' * gutter} {palette.paint('place', '╰─')}"]


def _mark(source: Source, number: int, label: Label, role: str) -> Mark:
    line = source.line(number)
    start = label.span.start - source.line_starts()[number]
    end = max(min(label.span.end - source.line_starts()[number], len(line)), start)
    before = display_width(_shown(line[:start]))
    return Mark(before, max(display_width(_shown(line[start:end])), 1), visible(label.text), role)


def _shown(line: str) -> str:
    """The line as it is printed: tabs as blanks, other control characters as a dot."""
    return "".join(TAB if char == "\t" else char if char.isprintable() else "·" for char in line)


def _line(source: Source, number: int, marks: list[Mark], gutter: int, width: int, palette: Palette) -> list[str]:
    """One line of the program and its labels; of a long line, the part around the first label."""
    room = max(width - gutter - 4, 20)
    text, cut = _window(_shown(source.line(number)), marks, room)
    marks = [mark.replace(start=max(mark.start - cut, 0)) for mark in marks]
    marks = [mark.replace(width=max(min(mark.width, room - mark.start), 1)) for mark in marks if mark.start < room]
    dots = f" {' ' * gutter} {palette.paint('place', '·')} "
    head = f" {palette.paint('place', str(number + 1).rjust(gutter))} {palette.paint('place', '│')} {text}"
    return [head, *(dots + line for line in _under(marks, room, palette))]


def _window(text: str, marks: list[Mark], room: int) -> tuple[str, int]:
    """The part of the line to show, and how many columns are cut before it."""
    if display_width(text) <= room:
        return text, 0
    first = min(mark.start for mark in marks)
    last = max(mark.start + mark.width for mark in marks)
    if last < room:
        return clip(text, room), 0
    cut = max(min(first - room // 3, display_width(text) - room), 0)
    # The ellipsis takes the column of the first character that is left.
    return clip("…" + text[cut + 1 :], room), cut


def _under(marks: list[Mark], room: int, palette: Palette) -> list[str]:
    """The underlines, then the texts from the last to the first, so that no line crosses a text."""
    marks = sorted(marks, key=lambda mark: mark.start)
    lines = [_underlines(marks, palette)]
    said = [mark for mark in marks if mark.text]
    for at in range(len(said) - 1, -1, -1):
        mark = said[at]
        bars = _bars(said[:at], palette)
        leg = " " * (mark.middle() - _end_of(said[:at])) + palette.paint(mark.role, "╰── ")
        lines += _text(mark, bars + leg, said[:at], room, palette)
    return lines


def _underlines(marks: list[Mark], palette: Palette) -> str:
    line, at = "", 0
    for mark in marks:
        start = max(mark.start, at)
        width = max(mark.start + mark.width - start, 1)
        bar = "─" * width
        middle = min(max(mark.middle() - start, 0), width - 1)
        bar = bar[:middle] + ("┬" if mark.text else "─") + bar[middle + 1 :]
        line += " " * (start - at) + palette.paint(mark.role, bar)
        at = start + width
    return line


def _bars(marks: list[Mark], palette: Palette) -> str:
    line, at = "", 0
    for mark in marks:
        line += " " * (mark.middle() - at) + palette.paint(mark.role, "│")
        at = mark.middle() + 1
    return line


def _end_of(marks: list[Mark]) -> int:
    return marks[-1].middle() + 1 if marks else 0


def _text(mark: Mark, lead: str, before: list[Mark], room: int, palette: Palette) -> list[str]:
    """The text of a label behind its leg; it goes on below where the line is too short."""
    lines = wrap(mark.text, max(room - mark.middle() - 4, 24))
    indent = _bars(before, palette) + " " * (mark.middle() - _end_of(before) + 4)
    return [lead + palette.paint(mark.role, lines[0]), *(indent + palette.paint(mark.role, line) for line in lines[1:])]
