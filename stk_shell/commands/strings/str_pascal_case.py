"""The command `str pascal-case`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING
from stk_shell.commands.strings._words import change_words, title
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrPascalCase(Command):
    """Writes names in PascalCase."""

    name = "str pascal-case"
    summary = "Write a name in PascalCase."
    signature = CHANGING
    examples = (Example("'login failed' | str pascal-case", "A text.", "LoginFailed"),)
    see_also = ("str snake-case", "str kebab-case", "str camel-case")

    def run(self, call: Call, data: Data) -> Data:
        """The changed names."""
        return change_words(call, data, lambda words: "".join(map(title, words)))


COMMAND = StrPascalCase()
