"""The command `to text`."""

from __future__ import annotations

from stk_shell.commands.formats._writing import SERIALIZE, writable
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Range
from stk_shell.render.plain_text import lines


class ToText(Command):
    """Writes plain text."""

    name = "to text"
    summary = "Write a value as plain text, a line for each item."
    description = "Sizes are written with all of their digits."
    signature = Signature(
        types=(("any", "string"),),
        category="formats",
        flags=(Flag("no-newline", "Leave out the end of the last line.", short="n"), SERIALIZE),
    )
    examples = (
        Example("[a b] | to text", "A line for each item.", "a\nb\n"),
        Example("{a: 1, b: two} | to text", "A line for each field.", "a: 1\nb: two\n"),
        Example("5min | to text", "A single value.", "5min"),
    )
    see_also = ("to json", "table", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text; each line of a list or record ends with a newline."""
        value = writable(call, data)
        text = "\n".join(lines(value))
        many = bool(value) and isinstance(value, (list, dict, Range))
        return f"{text}\n" if many and not call.switch("no-newline") else text


COMMAND = ToText()
