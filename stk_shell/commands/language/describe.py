"""The command `describe`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream, collect
from stk_shell.model.types import describe


class Describe(Command):
    """Tells the type of a value."""

    name = "describe"
    summary = "Tell the type of what is piped in."
    description = "Rows that come one after another are a list like any other, once all of them are there."
    signature = Signature(
        types=(("any", "string"),),
        category="language",
        flags=(Flag("no-collect", "Call rows that are still to come a stream, and do not wait for them.", short="n"),),
    )
    examples = (
        Example("5min | describe", "A single value.", "duration"),
        Example("[[name n]; [note 1]] | describe", "A table, with its columns.", "table<name: string, n: int>"),
        Example("[1 2] | each {|n| $n * 1.5 } | describe", "What comes from another command.", "list<float>"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """The name of the type, with what is inside."""
        if call.switch("no-collect") and isinstance(data, Stream):
            return "stream"
        return describe(collect(data))


COMMAND = Describe()
