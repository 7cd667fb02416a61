"""The command `str downcase`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING, change_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrDowncase(Command):
    """Makes small letters."""

    name = "str downcase"
    summary = "Make all letters small ones."
    signature = CHANGING
    examples = (
        Example("'User-Login' | str downcase", "A text.", "user-login"),
        Example("[Note LOGIN] | str downcase", "Each text of a list.", ["note", "login"]),
    )
    see_also = ("str upcase",)

    def run(self, call: Call, data: Data) -> Data:
        """The changed texts."""
        return change_texts(call, data, str.lower)


COMMAND = StrDowncase()
