"""The command `describe`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.types import describe


class Describe(Command):
    """Tells the type of a value."""

    name = "describe"
    summary = "Tell the type of what is piped in."
    signature = Signature(types=(("any", "string"),), category="language")
    examples = (
        Example("5min | describe", "A single value.", "duration"),
        Example("[[name n]; [note 1]] | describe", "A table, with its columns.", "table<name: string, n: int>"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """The name of the type, with what is inside."""
        return describe(collect(data))


COMMAND = Describe()
