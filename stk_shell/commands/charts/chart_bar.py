"""The command `chart bar`."""

from __future__ import annotations

from stk_shell.commands.charts._drawing import INPUT_TYPES, LIMIT_FLAG, WIDTH_FLAG, document, shortened
from stk_shell.commands.charts._saving import SAVE_FLAGS, save, target_of
from stk_shell.commands.charts._series import COLUMN_FLAGS, series_of
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_zero
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.render.bars import bar_chart

MOST_INTERVALS = 400
"""How many intervals times are counted in where all of them are drawn."""


class ChartBar(Command):
    """Draws bars."""

    name = "chart bar"
    summary = "Draw numbers as bars, or count names and times and draw that."
    description = """Of a table, the first column of times or texts labels the bars, and the first column of numbers is
drawn; `-x` and `-y` name others. A column of lists counts as how long they are. Where no column has numbers, the
labels themselves are counted: `event list | chart bar` shows how often each name is there, `event list | get created |
chart bar` how many events there were in each hour or day, whatever fits. A list of numbers, and a record of numbers by
name, are drawn as they are.

A bar begins at 0; those of negative numbers go to the left. What is null, or no finite number, has none. Of more than
40 rows the first ones are drawn, and of times the last ones; a line below says so.

The chart is a text as wide as the screen: colours are left out where it goes to a file. With `--save` it becomes a
picture."""
    signature = Signature(
        types=(*((type_, "string") for type_ in INPUT_TYPES), *((type_, "nothing") for type_ in INPUT_TYPES)),
        category="charts",
        flags=(*COLUMN_FLAGS, LIMIT_FLAG, WIDTH_FLAG, *SAVE_FLAGS),
    )
    examples = (
        Example("event stats | get by_name | chart bar", "How often each name is there."),
        Example("event stats --since 30day | get by_day | chart bar", "How many events there were on each day."),
        Example(
            "{login: 8, note: 4} | chart bar --width 20",
            "A record of numbers.",
            "login  8  ██████████\nnote   4  █████",
        ),
        Example(
            "[note login note] | chart bar --width 24",
            "Count texts.",
            "value  count\nnote       2  ██████████\nlogin      1  █████",
        ),
        Example(
            "event list | group-by name --to-table | chart bar --width 40",
            "Groups, by how many rows are in each.",
            "name            items\nauthentication      1  █████████████████\norder-error         1  "
            "█████████████████\nuser-milestone      1  █████████████████",
        ),
        Example("event list --limit 0 | get created | chart bar", "Events over time, by the interval that fits."),
        Example("event stats | get by_name | chart bar --save names.svg", "A picture for a report."),
    )
    fails = """Fails where there is nothing to draw or to count in what comes in, and where a column that is named is
not there. `--save` fails where the file is there already, unless `--force` is given, and where matplotlib is not
installed."""
    see_also = ("chart line", "sparkline", "event stats", "histogram", "group-by")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """A text, or nothing where it is saved."""
        path = target_of(call)
        most = at_least_zero(call, "limit") or MOST_INTERVALS
        series = shortened(call, series_of(call, data, most))
        if path is not None:
            save(call, series, path, bars=True)
            return None
        return document(call, lambda width, paint: bar_chart(series, width, paint))


COMMAND = ChartBar()
