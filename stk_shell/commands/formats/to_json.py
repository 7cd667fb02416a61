"""The command `to json`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect
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
        flags=(
            Flag("raw", "In one line.", short="r"),
            Flag("indent", "How many blanks a level is indented by.", INT, "i"),
            Flag("tabs", "How many tabs a level is indented by.", INT, "t"),
        ),
    )
    examples = (
        Example("{a: 1, b: [1 2]} | to json --raw", "In one line.", '{"a":1,"b":[1,2]}'),
        Example("{a: 1} | to json", "Indented.", '{\n  "a": 1\n}'),
    )
    fails = "A closure cannot be written."
    see_also = ("from json", "to text")

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        value = collect(data)
        if call.switch("raw"):
            return to_json(value)
        if call.has("tabs"):
            return to_json(value, "\t" * call.integer("tabs"))
        return to_json(value, call.integer("indent") if call.has("indent") else 2)


COMMAND = ToJson()
