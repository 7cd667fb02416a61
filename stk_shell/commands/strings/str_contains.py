"""The command `str contains`."""

from __future__ import annotations

import operator

from stk_shell.commands.strings._texts import ASKING, ask_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrContains(Command):
    """Asks whether a text is in another."""

    name = "str contains"
    summary = "Tell whether a text holds another one."
    signature = ASKING
    examples = (
        Example("'Login failed' | str contains failed", "A text.", True),
        Example("[Note login] | str contains -i note", "Whatever the case.", [True, False]),
    )
    see_also = ("str starts-with", "str ends-with", "where")

    def run(self, call: Call, data: Data) -> Data:
        """Whether it is so, for each text."""
        return ask_texts(call, data, operator.contains)


COMMAND = StrContains()
