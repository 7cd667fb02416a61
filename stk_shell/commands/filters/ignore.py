"""The command `ignore`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, iterate


class Ignore(Command):
    """Drops what comes in."""

    name = "ignore"
    summary = "Run what comes before, and drop its result."
    signature = Signature(types=(("any", "nothing"),), category="filters")
    examples = (
        Example("[1 2 3] | ignore", "Nothing is shown.", None),
        Example('"logged quietly" | .append event "example" | ignore', "Log an event without showing it.", None),
    )

    def run(self, call: Call, data: Data) -> Data:
        """Null, after everything was pulled."""
        for _ in iterate(data):
            pass
        return None


COMMAND = Ignore()
