"""The command `to json`."""

from __future__ import annotations

from stk_shell.commands.formats._writing import INDENTING, SERIALIZE, indent, writable
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.render.json_text import to_json


class ToJson(Command):
    """Writes JSON."""

    name = "to json"
    summary = "Write a value as JSON."
    description = """Dates become texts, durations nanoseconds, sizes bytes. `stk -o json` writes results like this
without being told in the program."""
    signature = Signature(
        types=(("any", "string"),),
        category="formats",
        flags=(*INDENTING, SERIALIZE),
    )
    examples = (
        Example("{a: 1, b: [1 2]} | to json --raw", "In one line.", '{"a":1,"b":[1,2]}'),
        Example("{a: 1} | to json", "Indented.", '{\n  "a": 1\n}'),
    )
    fails = "A closure cannot be written, unless `--serialize` is given."
    see_also = ("from json", "to nuon", "to text")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        sign = indent(call)
        return to_json(writable(call, data), None if call.switch("raw") else 2 if sign is None else sign)


COMMAND = ToJson()
