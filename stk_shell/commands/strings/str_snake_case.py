"""The command `str snake-case`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING
from stk_shell.commands.strings._words import change_words
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrSnakeCase(Command):
    """Writes names in snake_case."""

    name = "str snake-case"
    summary = "Write a name in snake_case."
    signature = CHANGING
    examples = (Example("'login failed' | str snake-case", "A text.", "login_failed"),)
    see_also = ("str kebab-case", "str camel-case")

    def run(self, call: Call, data: Data) -> Data:
        """The changed names."""
        return change_words(call, data, lambda words: "_".join(words).lower())


COMMAND = StrSnakeCase()
