"""The command `str capitalize`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING, change_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrCapitalize(Command):
    """Makes the first letter capital."""

    name = "str capitalize"
    summary = "Make the first letter a capital one, and leave the others."
    signature = CHANGING
    examples = (Example("'login failed' | str capitalize", "A text.", "Login failed"),)
    see_also = ("str title-case", "str upcase")

    def run(self, call: Call, data: Data) -> Data:
        """The changed texts."""
        return change_texts(call, data, lambda text: text[:1].upper() + text[1:])


COMMAND = StrCapitalize()
