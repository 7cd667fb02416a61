"""What charts share: texts for labels, and round numbers for axes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from stk_shell.model.local_time import local
from stk_shell.model.series import Number, Series
from stk_shell.model.values import Value
from stk_shell.render.cells import cell

LONGEST_LABEL = 400
"""The characters of a label that are looked at."""

LONGEST_FRACTION = 10
"""The characters of a fraction that are shown as they are."""

TIME_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def label_texts(series: Series) -> list[str]:
    """The labels as texts of one line; times are no more exact than they have to be."""
    times = [local(label) for label in series.labels if isinstance(label, datetime.datetime)]
    if not series.has_times:
        return [cell(label, LONGEST_LABEL) for label in series.labels]
    is_date = all((time.hour, time.minute, time.second) == (0, 0, 0) for time in times)
    is_minute = all(time.second == 0 for time in times)
    format = TIME_FORMATS[0 if is_date else 1 if is_minute else 2]
    return [time.strftime(format) for time in times]


def number_text(number: Number | None) -> str:
    """A number as a table shows it; a fraction with no more digits than one reads."""
    text = cell(number)
    return f"{number:.6g}" if isinstance(number, float) and len(text) > LONGEST_FRACTION else text


def ticks(low: Number, high: Number, count: int, like: Value) -> list[Number]:
    """About so many round numbers, the first not above `low`, the last not below `high`; of the type of `like`."""
    step = _step(high - low, count, whole=isinstance(like, int))
    if not step or not math.isfinite(step):
        return [low, high]
    found = [_of_type(at * step, like) for at in range(int(low // step), int(-(-high // step)) + 1)]
    return found if all(map(math.isfinite, found)) else [low, high]


def _step(distance: Number, count: int, *, whole: bool) -> Number:
    """The round distance that goes about `count` times into another."""
    least = distance / count
    if not math.isfinite(least):
        return least
    magnitude = 10.0 ** math.floor(math.log10(least))
    step = next((each * magnitude for each in (1, 2, 5) if each * magnitude >= least), 10 * magnitude)
    return max(round(step), 1) if whole else step


def _of_type(number: Number, like: Value) -> Number:
    """The number as one of that type; 0.1 + 0.2 is 0.3 among them."""
    return type(like)(round(number)) if isinstance(like, int) else float(f"{number:.12g}")


def spread(numbers: Sequence[Number]) -> tuple[Number, Number]:
    """The least and the greatest number of a scale; it begins at 0 unless that would press the numbers together."""
    low, high = min(numbers), max(numbers)
    if low == high == 0:
        return 0, 1
    if low >= 0 and (low == high or low <= high / 2):
        return 0, high
    if high <= 0 and (low == high or high >= low / 2):
        return low, 0
    return low, high


def share(number: Number, low: Number, high: Number) -> float:
    """Where a number stands between two others, from 0 to 1."""
    distance = high - low
    if math.isfinite(distance):
        return float((number - low) / distance)
    # The distance is more than a float holds.
    return (number / 2 - low / 2) / (high / 2 - low / 2)
