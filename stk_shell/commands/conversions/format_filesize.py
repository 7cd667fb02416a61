"""The command `format filesize`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, change_cells, unsupported
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.suggest import nearest
from stk_shell.model.text import METRIC, number
from stk_shell.model.values import Filesize, Value

UNITS = {
    "B": 1,
    **{name: 1000**power for power, name in enumerate(METRIC, 1)},
    **{f"{name[0].upper()}iB": 1024**power for power, name in enumerate(METRIC, 1)},
}
"""The units, with their bytes."""


class FormatFilesize(Command):
    """Writes filesizes."""

    name = "format filesize"
    summary = "Write a filesize in one unit."
    signature = Signature(
        types=(("filesize", "string"), ("table", "table"), ("record", "record")),
        category="conversions",
        positionals=(Parameter("unit", STRING, "The unit, such as B, kB, MB or MiB.", completes=tuple(UNITS)),),
        rest=CELLS,
    )
    examples = (
        Example("4gb | format filesize MB", "In megabytes.", "4000 MB"),
        Example("1536b | format filesize KiB", "In units of 1024 bytes.", "1.5 KiB"),
        Example("[[name size]; [log 1500b]] | format filesize kB size | get size", "A column.", ["1.5 kB"]),
    )
    see_also = ("into filesize", "format duration")

    def run(self, call: Call, data: Data) -> Data:
        """The texts."""
        name = call.text("unit")
        if name not in UNITS:
            near = nearest(name, UNITS)
            label = Label(call.span("unit"), f"did you mean `{near}`?" if near else "none of the units")
            hint = f"The units are {', '.join(UNITS)}."
            raise RunError(f"`{name}` is no unit of size", "invalid_unit", (label,), hint)

        def formatted(value: Value) -> Value:
            if isinstance(value, Filesize):
                return f"{number(int(value) / UNITS[name]).removesuffix('.0')} {name}"
            raise unsupported(call, value, "filesizes")

        return change_cells(call, data, formatted)


COMMAND = FormatFilesize()
