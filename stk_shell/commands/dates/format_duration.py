"""The command `format duration`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, change_cells, unsupported
from stk_shell.commands._durations import unit
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.text import UNITS
from stk_shell.model.values import Duration, Value

NAMES = {length: name for name, length in UNITS}


class FormatDuration(Command):
    """Writes durations."""

    name = "format duration"
    summary = "Write a duration in one unit."
    description = "What is no whole number of the unit has two digits behind the point."
    signature = Signature(
        types=(("duration", "string"), ("list<duration>", "list<string>"), ("table", "table")),
        category="dates",
        positionals=(
            Parameter(
                "unit", STRING, "The unit: ns, us, ms, sec, min, hr, day or wk.", completes=tuple(NAMES.values())
            ),
        ),
        rest=CELLS,
    )
    examples = (
        Example("90min | format duration hr", "In hours.", "1.50 hr"),
        Example("[1min 2day] | format duration sec", "Each duration of a list.", ["60 sec", "172800 sec"]),
        Example("[[took]; [5min]] | format duration sec took", "A column.", [{"took": "300 sec"}]),
    )
    see_also = ("into duration", "format date", "into string")

    def run(self, call: Call, data: Data) -> Data:
        """The texts."""
        length = unit(call, "unit")

        def formatted(value: Value) -> Value:
            if isinstance(value, Duration):
                whole, rest = divmod(int(value), length)
                return f"{value / length:.2f} {NAMES[length]}" if rest else f"{whole} {NAMES[length]}"
            raise unsupported(call, value, "durations")

        return change_cells(call, data, formatted)


COMMAND = FormatDuration()
