"""The command `to text`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect
from stk_shell.render.plain_text import lines


class ToText(Command):
    """Writes plain text."""

    name = "to text"
    summary = "Write a value as plain text, a line for each item."
    signature = Signature(types=(("any", "string"),), category="formats")
    examples = (
        Example("[a b] | to text", "A line for each item.", "a\nb\n"),
        Example("{a: 1, b: two} | to text", "A line for each field.", "a: 1\nb: two\n"),
        Example("5min | to text", "A single value.", "5min"),
    )
    see_also = ("to json", "table")

    def run(self, call: Call, data: Data) -> Data:
        """The text; each line of a list or record ends with a newline."""
        value = collect(data)
        text = "\n".join(lines(value))
        return text + "\n" if isinstance(value, (list, dict)) and value else text


COMMAND = ToText()
