"""A line over an axis, in braille: each character has two by four dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from stk_shell.model.series import Number, Series, is_finite
from stk_shell.model.stream import Paint
from stk_shell.render.bars import remarks
from stk_shell.render.scales import label_texts, number_text, share, spread, ticks
from stk_shell.render.width import clip, display_width

ACROSS, DOWN = 2, 4
"""The dots of a character."""

BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille character, by row and column."""

BRAILLE = 0x2800

LEAST_WIDTH = 8
"""The characters across that a line has at least; for these, the numbers beside the axis are left out."""

LINES_PER_TICK = 3

Run: TypeAlias = "list[tuple[float, Number]]"
"""Points that are connected: where they stand from left to right, as a share of the width, and their numbers."""


def line_chart(series: Series, width: int, height: int, paint: Paint) -> str:
    """The line with its axes, `width` columns wide; `height` lines are between them."""
    runs = list(_runs(series))
    finite = [number for run in runs for _, number in run]
    if not finite:
        text = "no rows" if not series.numbers else "no numbers to draw"
        return "\n".join([text, *remarks(series, width, paint)])
    like = next((number for number in finite if isinstance(number, float)), finite[0])
    axis = ticks(*spread(finite), max(height // LINES_PER_TICK, 1), like)
    texts = [number_text(number) for number in axis]
    margin = max(map(display_width, texts))
    if margin + 1 + LEAST_WIDTH > width:
        texts, margin = [""] * len(texts), 0
    drawn = _drawn(runs, axis, max(width - margin - 2, 1), height)
    at_line = {_line_of(tick, axis, height): text for tick, text in zip(axis, texts, strict=True)}
    lines = [
        f"{at_line.get(at, '').rjust(margin)} {'┤' if at in at_line else '│'}{paint('bar', line)}".rstrip()
        for at, line in enumerate(drawn)
    ]
    below = " " * (margin + 1)
    lines.append(f"{below}└{'─' * max(width - margin - 2, 1)}")
    lines.append(f"{below} {_labels(series, max(width - margin - 2, 1))}".rstrip())
    return "\n".join([*_title(series, width, paint), *lines, *remarks(series, width, paint)])


def _title(series: Series, width: int, paint: Paint) -> list[str]:
    names = [name for name in (series.numbers_name, series.labels_name) if name]
    return [paint("header", clip(" by ".join(names), width))] if names else []


def _runs(series: Series) -> Iterator[Run]:
    """The points in their order from left to right; a number that is missing parts them."""
    points = list(zip(_positions(series), series.numbers, strict=True))
    if series.has_positions:
        points.sort(key=lambda point: point[0])
    run: Run = []
    for at, number in points:
        if number is not None and is_finite(number):
            run.append((at, number))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _positions(series: Series) -> list[float]:
    """Where the numbers stand, as shares of the width: by their times or numbers, else one as far as another."""
    if series.has_times:
        places = [label.timestamp() for label in series.labels if isinstance(label, datetime)]
    elif series.has_positions:
        places = [float(label) for label in series.labels if isinstance(label, (int, float))]
    else:
        places = [float(at) for at in range(len(series.labels))]
    low, high = min(places, default=0.0), max(places, default=0.0)
    return [share(place, low, high) if high > low else 0.5 for place in places]


def _line_of(tick: Number, axis: list[Number], height: int) -> int:
    return _dot(1 - share(tick, axis[0], axis[-1]), height * DOWN) // DOWN


def _dot(place: float, dots: int) -> int:
    return round(place * (dots - 1))


def _drawn(runs: Sequence[Run], axis: list[Number], width: int, height: int) -> list[str]:
    dots = [[0] * width for _ in range(height)]

    def put(across: int, down: int) -> None:
        dots[down // DOWN][across // ACROSS] |= BITS[down % DOWN][across % ACROSS]

    for run in runs:
        before: tuple[int, int] | None = None
        for across, first, least, greatest, last in _columns(run, axis, width * ACROSS, height * DOWN):
            for down in range(least, greatest + 1):
                put(across, down)
            if before is not None:
                for place in _between(before, (across, first)):
                    put(*place)
            before = across, last
    return ["".join(chr(BRAILLE + bits) if bits else " " for bits in row).rstrip() for row in dots]


def _columns(run: Run, axis: list[Number], width: int, height: int) -> Iterator[tuple[int, int, int, int, int]]:
    """For each column of dots: where the line comes in, how far up and down it goes, and where it leaves."""
    column: list[int] = []
    at = -1
    for place, number in run:
        across, down = _dot(place, width), _dot(1 - share(number, axis[0], axis[-1]), height)
        if across != at and column:
            yield at, column[0], min(column), max(column), column[-1]
            column = []
        at = across
        column.append(down)
    yield at, column[0], min(column), max(column), column[-1]


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots on the straight line from one to another."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        yield (
            start[0] + round((end[0] - start[0]) * step / steps),
            start[1] + round((end[1] - start[1]) * step / steps),
        )


def _labels(series: Series, width: int) -> str:
    """The labels below the axis: of its beginning and its end, and of the middle if that has room."""
    texts = label_texts(series)
    if series.has_positions:
        order = sorted(range(len(texts)), key=_positions(series).__getitem__)
        texts = [texts[at] for at in order]
    first, last = clip(texts[0], width), texts[-1]
    room = width - display_width(first) - display_width(last)
    if len(texts) == 1:
        return " " * ((width - display_width(first)) // 2) + first
    if room < 1:
        return first
    return first + " " * room + last
