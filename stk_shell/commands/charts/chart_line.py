"""The command `chart line`."""

from __future__ import annotations

from stk_shell.commands.charts._drawing import INPUT_TYPES, WIDTH_FLAG, document
from stk_shell.commands.charts._saving import SAVE_FLAGS, save, target_of
from stk_shell.commands.charts._series import COLUMN_FLAGS, series_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_one
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.render.line_chart import line_chart

HEIGHT, TALLEST = 12, 1000
MOST_INTERVALS = 120
"""How many intervals times are counted in: two for each character of a narrow screen."""


class ChartLine(Command):
    """Draws a line."""

    name = "chart line"
    summary = "Draw numbers as a line, mostly over time."
    description = """Of a table, the first column of times is the axis below, or else the first one of texts or numbers,
and the first column of numbers beside it is drawn; `-x` and `-y` name others. Times and numbers stand where they
belong on the axis, in their order; anything else at equal distances, as it comes. Where no column has numbers, the
times are counted, in intervals that fit from a second to a century: `event list --limit 0 | get created | chart line`
shows events over time, and intervals without any are 0.

What is null, or no finite number, leaves a gap. However many numbers there are, no peak is lost: where several share a
column of dots, the line goes from the least to the greatest of them.

The chart is a text as wide as the screen: colours are left out where it goes to a file. With `--save` it becomes a
picture."""
    signature = Signature(
        types=(*((type_, "string") for type_ in INPUT_TYPES), *((type_, "nothing") for type_ in INPUT_TYPES)),
        category="charts",
        flags=(
            *COLUMN_FLAGS,
            WIDTH_FLAG,
            Flag("height", "How many lines are between the axes.", INT, default=HEIGHT),
            *SAVE_FLAGS,
        ),
    )
    examples = (
        Example("event stats | get by_day | chart line", "How many events there were on each day."),
        Example("event list --limit 0 | get created | chart line", "Events over time, by the interval that fits."),
        Example(
            "[1 4 2 3] | chart line --width 14 --height 3",
            "Draw a list of numbers.",
            "5 ┤   ⡠⣀\n  │ ⡠⠊  ⠑⠤⣀⠤⠒⠉\n0 ┤⠊\n  └───────────\n   0         3",
        ),
        Example("event list | chart line -x created --height 6", "Name the axis, and make it flat."),
        Example("event stats | get by_day | chart line --save days.png", "A picture for a report."),
    )
    fails = """Fails where there is nothing to draw or to count in what comes in, and where a column that is named is
not there. `--save` fails where the file is there already, unless `--force` is given, and where matplotlib is not
installed."""
    see_also = ("chart bar", "sparkline", "event stats", "histogram")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A text, or nothing where it is saved."""
        path = target_of(call)
        height = at_least_one(call, "height")
        if height > TALLEST:
            label = Label(call.span("height"), f"at most {TALLEST}")
            raise RunError("no chart is as high as that", "incorrect_value", (label,))
        series = series_of(call, data, MOST_INTERVALS, over_time=True)
        if path is not None:
            save(call, series, path, bars=False)
            return None
        return document(call, lambda width, paint: line_chart(series, width, height, paint))


COMMAND = ChartLine()
