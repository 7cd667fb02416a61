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
    description = """A list whose items are made only as they are asked for is marked as a stream; in a variable or in
parentheses, it is an ordinary list."""
    signature = Signature(
        types=(("any", "string"),),
        category="language",
        flags=(Flag("no-collect", "Of a stream, tell only that it is one, and make none of its items.", short="n"),),
    )
    examples = (
        Example("5min | describe", "A single value.", "duration"),
        Example("[[name n]; [note 1]] | describe", "A table, with its columns.", "table<name: string, n: int>"),
        Example("[1 2] | each {|n| $n * 1.5 } | describe", "What comes from another command.", "list<float> (stream)"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """The name of the type, with what is inside."""
        if not isinstance(data, Stream):
            return describe(collect(data))
        return "stream" if call.switch("no-collect") else f"{describe(collect(data))} (stream)"


COMMAND = Describe()
