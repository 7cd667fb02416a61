"""The command `str ends-with`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import ASKING, ask_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrEndsWith(Command):
    """Asks how a text ends."""

    name = "str ends-with"
    summary = "Tell whether a text ends with another one."
    signature = ASKING
    examples = (
        Example("'app.log' | str ends-with .log", "A text.", True),
        Example("[Note login] | str ends-with -i note", "Whatever the case.", [True, False]),
    )
    see_also = ("str contains", "str starts-with", "where")

    def run(self, call: Call, data: Data) -> Data:
        """Whether it is so, for each text."""
        return ask_texts(call, data, str.endswith)


COMMAND = StrEndsWith()
