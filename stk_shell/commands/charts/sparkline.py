"""The command `sparkline`."""

from __future__ import annotations

from stk_shell.commands.charts._drawing import INPUT_TYPES, WIDTH_FLAG, document
from stk_shell.commands.charts._series import COLUMN_FLAGS, series_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_one
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.render.bars import spark

MOST_INTERVALS = 60
"""How many intervals times are counted in."""


class Sparkline(Command):
    """Draws numbers in one line."""

    name = "sparkline"
    summary = "Draw numbers in one line, a character for each."
    description = """Takes what `chart line` takes: a list of numbers, a table, or times that are counted. The highest
number is a full block, and the lowest bar is 0, or the least number if some are negative. What is null, or no finite
number, is a blank. More numbers than there are columns are averaged, so that they fit.

The result is a text, which has room in a column of a table."""
    signature = Signature(
        types=tuple((type_, "string") for type_ in INPUT_TYPES),
        category="charts",
        flags=(*COLUMN_FLAGS, WIDTH_FLAG),
    )
    examples = (
        Example("[2 3 3 5 2 1 7] | sparkline", "Seven numbers.", "▃▄▄▆▃▂█"),
        Example("event stats | get by_day | sparkline", "The days of a store in one line."),
        Example("event list --limit 0 | get created | sparkline --width 20", "Events over time."),
        Example(
            "{a: [1 2 3], b: [3 2 1]} | items {|k v| {of: $k, is: ($v | sparkline)}}",
            "One for each row of a table.",
            [{"of": "a", "is": "▃▆█"}, {"of": "b", "is": "█▆▃"}],
        ),
    )
    fails = "Fails where there is nothing to draw or to count in what comes in, and where a column is not there."
    see_also = ("chart line", "chart bar", "event stats")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A text."""
        most = at_least_one(call, "width") if call.has("width") else MOST_INTERVALS
        series = series_of(call, data, most, over_time=True)
        return document(call, lambda width, paint: paint("bar", spark(series.numbers, width)))


COMMAND = Sparkline()
