"""The command `str starts-with`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import ASKING, ask_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class StrStartsWith(Command):
    """Asks how a text begins."""

    name = "str starts-with"
    summary = "Tell whether a text begins with another one."
    signature = ASKING
    examples = (
        Example("'Login failed' | str starts-with Login", "A text.", True),
        Example("[Note login] | str starts-with -i note", "Whatever the case.", [True, False]),
    )
    see_also = ("str contains", "str ends-with", "where")

    def run(self, call: Call, data: Data) -> Data:
        """Whether it is so, for each text."""
        return ask_texts(call, data, str.startswith)


COMMAND = StrStartsWith()
