"""The command `str reverse`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING, change_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrReverse(Command):
    """Turns texts round."""

    name = "str reverse"
    summary = "Turn a text round, so that its last character comes first."
    signature = CHANGING
    examples = (Example("'abc' | str reverse", "A text.", "cba"),)
    see_also = ("reverse",)

    def run(self, call: Call, data: Data) -> Data:
        """The changed texts."""
        return change_texts(call, data, lambda text: text[::-1])


COMMAND = StrReverse()
