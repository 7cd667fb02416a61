"""Bars and sparklines, in text."""

from __future__ import annotations

from collections.abc import Sequence

from stk_shell.model.series import Number, Series, is_finite
from stk_shell.model.stream import Paint
from stk_shell.render.scales import label_texts, number_text
from stk_shell.render.width import clip, display_width, wrap

EIGHTHS = " ▏▎▍▌▋▊▉"
LEVELS = "▁▂▃▄▅▆▇█"
GAP = 2
"""The blanks between labels, numbers and bars."""

LEAST_BAR, LEAST_LABEL = 4, 4
"""The columns that bars and labels have on the narrowest screen."""


def bar_chart(series: Series, width: int, paint: Paint) -> str:
    """A line for each number: its label, the number and a bar; `width` columns wide."""
    if not series.numbers:
        return "\n".join(["no rows", *remarks(series, width, paint)])
    labels, numbers = label_texts(series), [number_text(number) for number in series.numbers]
    heads = (clip(series.labels_name, width // 3), clip(series.numbers_name, width // 3))
    number_width = min(max(map(display_width, [*numbers, heads[1]])), max(width // 3, LEAST_LABEL))
    room = width - number_width - 2 * GAP
    label_width = max(map(display_width, [*labels, heads[0]]))
    # Half of a text says something, half of a time or of a number something wrong.
    if label_width > (room - LEAST_BAR if series.has_positions else room // 2):
        label_width = max(room - max(room // 2, LEAST_BAR), LEAST_LABEL)
    drawn = _bars(series.numbers, max(room - label_width, LEAST_BAR))
    lines = [
        f"{_left(label, label_width)}{' ' * GAP}{_right(number, number_width)}{' ' * GAP}{paint('bar', bar)}".rstrip()
        for label, number, bar in zip(labels, numbers, drawn, strict=True)
    ]
    if any(heads):
        head = f"{_left(heads[0], label_width)}{' ' * GAP}{_right(heads[1], number_width)}"
        lines.insert(0, paint("header", head.rstrip()))
    return "\n".join([*lines, *remarks(series, width, paint)])


def remarks(series: Series, width: int, paint: Paint) -> list[str]:
    """What there is to be said below a chart, in lines."""
    return [paint("note", line) for remark in series.remarks for line in wrap(remark, width)]


def _left(text: str, width: int) -> str:
    text = clip(text, width)
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    text = clip(text, width)
    return " " * (width - display_width(text)) + text


def _bars(numbers: Sequence[Number | None], room: int) -> list[str]:
    """The bars of numbers; those of negative ones go to the left of an axis."""
    finite = [number for number in numbers if number is not None and is_finite(number)]
    most = max(map(abs, finite), default=0) or 1
    # Halves, because the whole might be more than a float can hold.
    low, high = min([0, *finite]) / most, max([0, *finite]) / most
    if low == 0:
        return [_to_the_right(_share(number, most), room) for number in numbers]
    right_least = 1 if high else 0
    left = min(max(round((room - 1) * -low / (high - low)), 1), room - 1 - right_least)
    right = room - 1 - left
    return [
        f"{_to_the_left(share, left)}│{_to_the_right(share, right)}"
        for share in ((_share(number, most) / (-low if number and number < 0 else high or 1)) for number in numbers)
    ]


def _share(number: Number | None, most: Number) -> float:
    return number / most if number is not None and is_finite(number) else 0.0


def _to_the_right(share: float, room: int) -> str:
    """A bar that takes a share of the room, to an eighth of a column; the smallest is seen."""
    eighths = max(round(share * room * 8), 1) if share > 0 else 0
    return ("█" * (eighths // 8) + EIGHTHS[eighths % 8]).rstrip()


def _to_the_left(share: float, room: int) -> str:
    """The same towards the left, to a half: there are no other characters."""
    halves = max(round(-share * room * 2), 1) if share < 0 else 0
    return ("▐" * (halves % 2) + "█" * (halves // 2)).rjust(room)


def spark(numbers: Sequence[Number | None], width: int) -> str:
    """A character for each number, as high as it; more than `width` numbers are averaged, so that they fit."""
    if len(numbers) > width:
        numbers = [_average(numbers[start:end]) for start, end in _parts(len(numbers), width)]
    finite = [number for number in numbers if number is not None and is_finite(number)]
    most = max(map(abs, finite), default=0) or 1
    low, high = min([0, *finite]) / most, max([0, *finite]) / most
    return "".join(
        LEVELS[round((number / most - low) / (high - low or 1) * (len(LEVELS) - 1))]
        if number is not None and is_finite(number)
        else " "
        for number in numbers
    )


def _parts(count: int, parts: int) -> list[tuple[int, int]]:
    return [(count * at // parts, count * (at + 1) // parts) for at in range(parts)]


def _average(numbers: Sequence[Number | None]) -> float | None:
    finite = [number for number in numbers if number is not None and is_finite(number)]
    return sum(number / len(finite) for number in finite) if finite else None
