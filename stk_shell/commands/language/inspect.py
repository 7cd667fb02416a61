"""The command `inspect`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect


class Inspect(Command):
    """Shows what passes by."""

    name = "inspect"
    summary = "Show what is piped in, and pass it on."
    signature = Signature(types=(("any", "any"),), category="language")
    examples = (Example("[3 1 2] | inspect | sort-by {|n| $n } | first", "Look between two stages.", 1),)
    see_also = ("describe", "debug", "tee", "print")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """What came in; a stream is waited for."""
        value = collect(data)
        call.session.show(value)
        return value


COMMAND = Inspect()
