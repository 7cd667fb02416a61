"""The line that tells how far long work has come."""

from __future__ import annotations

from stk_shell.model.progress import Work
from stk_shell.model.text import counted
from stk_shell.render.cells import visible
from stk_shell.render.palette import Palette
from stk_shell.render.width import clip, display_width

WIDEST_BAR, NARROWEST_BAR = 40, 8
GAP = "  "
STOP = "Ctrl-C stops it"


def progress_line(work: Work, waiting: str, seconds: float, width: int, palette: Palette) -> str:
    """The line, at most `width` columns wide: name, bar, per cent, count, rate and time left, as far as they are known.

    Where nothing is counted, it is `waiting` and how long that has taken, in seconds.
    """
    progress = work.progress
    if progress is None:
        return palette.paint("note", clip(f"{waiting}{GAP}{clock(seconds)}{GAP}{STOP}", width))
    fraction = _fraction(work)
    rate = progress.done / seconds if seconds else 0.0
    texts = [f"{counted(progress.done)} {progress.unit}", f"{counted(round(rate))}/s"]
    name = visible(work.source.name) if work.source is not None else ""
    if fraction is None:
        return clip(GAP.join([*filter(None, [name]), *texts, clock(seconds)]), width)
    if fraction > 0:
        texts.append(f"{clock(seconds / fraction - seconds)} left")
    head, tail = f"{name}{GAP}" if name else "", GAP + GAP.join([f"{int(fraction * 100):3} %", *texts])
    room = width - display_width(head) - display_width(tail)
    if room < NARROWEST_BAR:
        return clip(f"{head}{tail.strip()}", width)
    return head + bar(fraction, min(room, WIDEST_BAR), palette) + tail


def _fraction(work: Work) -> float | None:
    progress = work.progress
    if progress is not None and progress.total:
        return min(progress.done / progress.total, 1.0)
    return work.source.fraction() if work.source is not None else None


def bar(fraction: float, width: int, palette: Palette) -> str:
    """A bar of which a part is done."""
    done = int(fraction * width)
    if done >= width:
        return palette.paint("help", "━" * width)
    return palette.paint("help", "━" * done + "╺") + palette.paint("note", "━" * (width - done - 1))


def clock(seconds: float) -> str:
    """Hours, minutes and seconds: `0:00:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
