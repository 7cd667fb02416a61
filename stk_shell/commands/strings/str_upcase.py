"""The command `str upcase`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING, change_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrUpcase(Command):
    """Makes capital letters."""

    name = "str upcase"
    summary = "Make all letters capital ones."
    signature = CHANGING
    examples = (
        Example("'note' | str upcase", "A text.", "NOTE"),
        Example("[[name n]; [note 1]] | str upcase name", "A column.", [{"name": "NOTE", "n": 1}]),
    )
    see_also = ("str downcase", "str capitalize")

    def run(self, call: Call, data: Data) -> Data:
        """The changed texts."""
        return change_texts(call, data, str.upper)


COMMAND = StrUpcase()
