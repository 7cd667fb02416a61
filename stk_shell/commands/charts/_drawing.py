"""What the commands share that draw: how wide it is, and how much of it."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.command import Call
from stk_shell.model.counts import at_least_one, at_least_zero
from stk_shell.model.series import Series
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Document, Paint
from stk_shell.model.text import counted

PLAIN_WIDTH = 80
"""The width of a chart that goes on through a pipeline where no output has a width."""

MOST_BARS = 40
"""How many rows are drawn unless somebody says otherwise."""

INPUT_TYPES = ("list<any>", "table", "record")

WIDTH_FLAG = Flag("width", "How many columns it takes; without, as many as there are.", INT, short="w")
LIMIT_FLAG = Flag("limit", "The most rows to draw; 0 draws all.", INT, short="l", default=MOST_BARS)


def document(call: Call, layout: Callable[[int, Paint], str]) -> Document:
    """A text that is laid out for the width that was asked for, or for that of wherever it is shown."""
    fixed = at_least_one(call, "width") if call.has("width") else None
    return Document(lambda width, paint: layout(fixed or width, paint), fixed or call.session.width or PLAIN_WIDTH)


def shortened(call: Call, series: Series) -> Series:
    """The series with no more rows than the limit says, and a remark on those that are left out.

    The newest of times stay, and of anything else what comes first.
    """
    limit = at_least_zero(call, "limit") or len(series.numbers)
    count = len(series.numbers)
    if count <= limit:
        return series
    kept = slice(count - limit, None) if series.has_times else slice(limit)
    which = "last" if series.has_times else "first"
    left_out = f"the {which} {counted(limit)} of {counted(count)} rows; `--limit 0` draws all"
    return series.replace(labels=series.labels[kept], numbers=series.numbers[kept], remarks=(left_out, *series.remarks))
