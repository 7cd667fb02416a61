"""The command `into float`."""

from __future__ import annotations

from functools import partial

from stk_shell.commands._cells import CELLS
from stk_shell.commands.conversions._convert import Actions, cannot_convert, converted, floating, unchanged
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class IntoFloat(Command):
    """Makes floats."""

    name = "into float"
    summary = "Make a float of a text, an int or a bool."
    signature = Signature(
        types=(
            *(("int", "float"), ("string", "float"), ("bool", "float"), ("float", "float")),
            *(("list<any>", "list<float>"), ("table", "table"), ("record", "record")),
        ),
        category="conversions",
        rest=CELLS,
    )
    examples = (
        Example("'2.5' | into float", "A text.", 2.5),
        Example("[1 '2e3'] | into float", "Each item of a list.", [1.0, 2000.0]),
        Example("[[name n]; [note '1.5']] | into float n", "A column.", [{"name": "note", "n": 1.5}]),
    )
    fails = "A text that is no number is an error."
    see_also = ("into int", "into string")

    def run(self, call: Call, data: Data) -> Data:
        """The floats."""
        actions: Actions = {str: partial(_of_text, call), int: float, bool: float, float: unchanged}
        return converted(call, data, actions, "texts, numbers and bools")


def _of_text(call: Call, text: str) -> float:
    number = floating(text)
    if number is None:
        raise cannot_convert(call, text, "number", "A number is written like `1.5` or `2e3`.")
    return number


COMMAND = IntoFloat()
