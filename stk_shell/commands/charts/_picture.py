"""Charts as pictures, drawn by matplotlib."""

from __future__ import annotations

import io
import logging
import math
import warnings
from datetime import datetime
from typing import TYPE_CHECKING

from stk_shell.model.errors import Label, RunError
from stk_shell.model.local_time import local
from stk_shell.model.series import Number, Series, is_finite
from stk_shell.model.span import Span
from stk_shell.model.values import Duration, Filesize, Value
from stk_shell.render.cells import visible
from stk_shell.render.scales import label_texts, number_text, spread
from stk_shell.render.width import clip

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDTH, LINE_HEIGHT, BAR_HEIGHT = 8.0, 4.5, 0.28
"""Inches: of a picture, and of each bar."""

TALLEST = 150.0
"""Inches: a taller one is more than a picture can have."""

LONGEST_LABEL = 40

MOST_LABELS = 500
"""How many labels can be told apart on the tallest picture; a tenth of them below a line."""

FALLBACKS = (
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Source Han Sans", "Hiragino Sans", "PingFang SC", "WenQuanYi Zen Hei"),
    *("Arial Unicode MS", "Noto Emoji", "Symbola", "Unifont"),
)
"""Fonts with letters that the usual one lacks, where a machine has them."""

# What it says of fonts and folders would go to the screen.
logging.getLogger("matplotlib").addHandler(logging.NullHandler())


def picture(series: Series, format: str, place: Span, *, bars: bool) -> bytes:
    """The content of a file in the format `svg` or `png`.

    Raises:
        RunError: matplotlib is not installed, or cannot draw these numbers.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        label = Label(place, "needs matplotlib")
        raise RunError(
            "charts are saved by matplotlib, which is not installed here",
            "missing_extra",
            (label,),
            "pip install 'stk-shell[charts]'",
        ) from None
    file = io.BytesIO()
    with warnings.catch_warnings(), mpl.rc_context():
        warnings.simplefilter("ignore")
        _set_up()
        height = min(max(BAR_HEIGHT * len(series.numbers) + 1, 2.0), TALLEST) if bars else LINE_HEIGHT
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        try:
            _draw(figure, series, bars=bars)
            figure.savefig(file, format=format, metadata={"Date": None} if format == "svg" else None)
        except (ValueError, OverflowError):
            label = Label(place, "the terminal draws them")
            raise RunError("matplotlib has no scale for numbers like these", "incorrect_value", (label,)) from None
    return file.getvalue()


def _set_up() -> None:
    """Settings of our own, whatever those of this machine's matplotlib are."""
    from matplotlib import rcdefaults, rcParams
    from matplotlib.font_manager import fontManager

    rcdefaults()
    # Labels are texts of whoever logs, and no formulas.
    rcParams["text.parse_math"] = False
    # Letters that no font of this machine has may be there where the picture is looked at.
    rcParams["svg.fonttype"] = "none"
    rcParams["svg.hashsalt"] = "stk"
    known = set(fontManager.get_font_names())
    usual, *_ = rcParams["font.sans-serif"]
    rcParams["font.sans-serif"] = [usual, *(name for name in FALLBACKS if name in known)]


def _draw(figure: Figure, series: Series, *, bars: bool) -> None:
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    names = visible(series.labels_name), visible(series.numbers_name)
    (_draw_bars if bars else _draw_line)(axes, series)
    if not bars and (finite := [number for number in series.numbers if number is not None and is_finite(number)]):
        low, high = spread(finite)
        axes.set_ylim(bottom=0 if low == 0 else None, top=0 if high == 0 else None)
    axes.set_xlabel(clip(names[bars], LONGEST_LABEL))
    axes.set_ylabel(clip(names[not bars], LONGEST_LABEL))
    like = next((number for number in series.numbers if isinstance(number, (Filesize, Duration))), None)
    if like is not None:
        (axes.xaxis if bars else axes.yaxis).set_major_formatter(
            lambda value, at: number_text(type(like)(round(value)))
        )


def _draw_bars(axes: Axes, series: Series) -> None:
    places = list(range(len(series.numbers)))
    axes.barh(places, [_drawable(number, 0.0) for number in series.numbers])
    _label(axes.yaxis, series, MOST_LABELS, 0)
    axes.invert_yaxis()
    axes.margins(y=0.01)


def _draw_line(axes: Axes, series: Series) -> None:
    numbers = [_drawable(number, math.nan) for number in series.numbers]
    marker = "o" if len(numbers) == 1 else ""
    if series.has_times:
        times = [local(label).replace(tzinfo=None) for label in series.labels if isinstance(label, datetime)]
        points = sorted(zip(times, numbers, strict=True), key=lambda point: point[0])
        axes.plot([time for time, _ in points], [number for _, number in points], marker=marker)  # type: ignore[arg-type]
        axes.margins(x=0)
        axes.figure.autofmt_xdate()
    elif series.has_positions:
        ordered = sorted(zip(map(_position, series.labels), numbers, strict=True), key=lambda point: point[0])
        axes.plot([place for place, _ in ordered], [number for _, number in ordered], marker=marker)
    else:
        axes.plot(range(len(numbers)), numbers, marker=marker)
        _label(axes.xaxis, series, MOST_LABELS // 10, 90)


def _label(axis: Axis, series: Series, most: int, rotation: float) -> None:
    """Put the labels on an axis; of very many, some at equal distances."""
    every = len(series.labels) // most + 1
    texts = [clip(text, LONGEST_LABEL) for text in label_texts(series)]
    axis.set_ticks(range(0, len(texts), every), texts[::every], rotation=rotation)


def _position(label: Value) -> float:
    return float(label) if isinstance(label, (int, float)) else math.nan


def _drawable(number: Number | None, missing: float) -> float:
    return float(number) if number is not None and is_finite(number) else missing
