"""The command `str screaming-snake-case`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING
from stk_shell.commands.strings._words import change_words
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrScreamingSnakeCase(Command):
    """Writes names in SCREAMING_SNAKE_CASE."""

    name = "str screaming-snake-case"
    summary = "Write a name in SCREAMING_SNAKE_CASE."
    signature = CHANGING
    examples = (Example("'login failed' | str screaming-snake-case", "A text.", "LOGIN_FAILED"),)
    see_also = ("str snake-case", "str kebab-case", "str camel-case")

    def run(self, call: Call, data: Data) -> Data:
        """The changed names."""
        return change_words(call, data, lambda words: "_".join(words).upper())


COMMAND = StrScreamingSnakeCase()
