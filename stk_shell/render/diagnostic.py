"""An error as text: what is wrong, where, and what to do."""

from __future__ import annotations

from stk_shell.model.errors import Label, StkError
from stk_shell.model.secret import masked, starred
from stk_shell.model.span import Source
from stk_shell.render.cells import harmless, visible
from stk_shell.render.excerpt import Mark, excerpts
from stk_shell.render.palette import PLAIN, Palette
from stk_shell.render.width import display_width, wrap

TAB = "    "
ROLES = ("error", "second", "label")
"""The colours of the first, second and further labels."""

LONG = 4000
"""The characters of a program that takes no noticeable time to read once more, for its colours."""


def render_diagnostic(error: StkError, width: int = 80, palette: Palette = PLAIN) -> str:
    """The error as lines of at most `width` columns: code, headline, places, help."""
    code = palette.paint("error", f"Error: {error.code}")
    head = _hanging(palette.paint("error", "×"), "×", wrap(_escaped(error.headline), width - 4))
    tail = [*_help(error.help, width, palette), *_instead(error.instead, width, palette)]
    return "\n".join([code, "", *head, *_places(error.labels, width, palette), *tail])


def _hanging(shown: str, lead: str, lines: list[str]) -> list[str]:
    """The lines behind their lead, which is shown once."""
    return [f"  {shown if at == 0 else ' ' * len(lead)} {line}" for at, line in enumerate(lines)]


def _escaped(text: str) -> str:
    """The text in one line, as it would be typed."""
    return visible(text.replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r"))


def _help(text: str | None, width: int, palette: Palette) -> list[str]:
    if not text:
        return []
    return _hanging(palette.paint("help", "help:"), "help:", wrap(harmless(text.replace("\t", TAB)), width - 8))


def _instead(line: str | None, width: int, palette: Palette) -> list[str]:
    """The line to type instead, in one piece if it fits, else broken before its pipes: so it can be pasted too."""
    if not line:
        return []
    lead, room = "try:", width - 7
    line = masked(line)
    shown = _escaped(line) if "\n" not in line else harmless(line)
    lines = shown.split("\n") if display_width(shown) <= room else _before_pipes(shown, room)
    text = "\n".join(part for each in lines for part in wrap(each, room))
    return _hanging(palette.paint("help", lead), lead, palette.paint("program", text).split("\n"))


def _before_pipes(line: str, room: int) -> list[str]:
    """The line in as few lines as fit, each but the first of which begins with a pipe."""
    lines: list[str] = []
    for at, stage in enumerate(line.split(" | ")):
        piece = f"| {stage}" if at else stage
        if lines and display_width(f"{lines[-1]} {piece}") <= room:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


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
    place = f"{_escaped(source.name)}:{line}:{column}" if source.name else f"{line}:{column}"
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
    return Mark(before, max(display_width(_shown(line[start:end])), 1), _escaped(label.text), role)


def _shown(line: str) -> str:
    """The line as it is printed, which may be to a log: without passwords."""
    return "".join(map(_shown_char, starred(line)))


def _shown_char(char: str) -> str:
    """A tab as blanks, another control character as a dot."""
    return TAB if char == "\t" else char if char.isprintable() else "·"


def _line(source: Source, number: int, marks: list[Mark], gutter: int, width: int, palette: Palette) -> list[str]:
    """One line of the program and its labels."""
    head = f" {palette.paint('place', str(number + 1).rjust(gutter))} {palette.paint('place', '│')} "
    dots = f" {' ' * gutter} {palette.paint('place', '·')} "
    lines, line = [], source.line(number)
    kinds = [kind for char, kind in zip(line, _kinds(source, number, palette), strict=True) for _ in _shown_char(char)]
    for text, under in excerpts(_shown(line), kinds, marks, max(width - gutter - 4, 20), palette):
        lines += [head + text, *(dots + line for line in under)]
    return lines


def _kinds(source: Source, number: int, palette: Palette) -> list[str]:
    """What each character of a line is part of; of a long program, nothing but the line is looked at."""
    line, start = source.line(number), source.line_starts()[number]
    return palette.kinds(line) if len(source.text) > LONG else palette.kinds(source.text)[start : start + len(line)]
