"""The command `str kebab-case`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING
from stk_shell.commands.strings._words import change_words
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrKebabCase(Command):
    """Writes names in kebab-case."""

    name = "str kebab-case"
    summary = "Write a name in kebab-case."
    signature = CHANGING
    examples = (Example("'login failed' | str kebab-case", "A text.", "login-failed"),)
    see_also = ("str snake-case", "str camel-case")

    def run(self, call: Call, data: Data) -> Data:
        """The changed names."""
        return change_words(call, data, lambda words: "-".join(words).lower())


COMMAND = StrKebabCase()
