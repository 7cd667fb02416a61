"""The command `str camel-case`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING
from stk_shell.commands.strings._words import change_words, title
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrCamelCase(Command):
    """Writes names in camelCase."""

    name = "str camel-case"
    summary = "Write a name in camelCase."
    signature = CHANGING
    examples = (Example("'login failed' | str camel-case", "A text.", "loginFailed"),)
    see_also = ("str snake-case", "str kebab-case")

    def run(self, call: Call, data: Data) -> Data:
        """The changed names."""
        return change_words(call, data, lambda words: "".join([*map(str.lower, words[:1]), *map(title, words[1:])]))


COMMAND = StrCamelCase()
