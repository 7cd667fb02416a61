"""The command `from json`."""

from __future__ import annotations

from stk_shell.commands._json import json_lines, parse_json, parse_relaxed
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, TextStream, collect


class FromJson(Command):
    """Reads JSON."""

    name = "from json"
    summary = "Read a value from JSON text."
    description = """With `--objects`, each line is a value of its own, as in logs and exports (JSON lines); they are
read as they come. Unless `--strict` is given, names and texts need no quotes, the last comma may be too many or missing
at the end of a line, and there may be comments."""
    signature = Signature(
        types=(("string", "any"), ("nothing", "nothing")),
        category="formats",
        flags=(
            Flag("objects", "Read a value from each line.", short="o"),
            Flag("strict", "Take nothing but JSON.", short="s"),
        ),
    )
    examples = (
        Example("""'{"a": 1, "b": [true, null]}' | from json""", "Read a record.", {"a": 1, "b": [True, None]}),
        Example(
            """"{\\"a\\": 1}\\n{\\"a\\": 2}" | from json --objects""",
            "Read a value from each line.",
            [{"a": 1}, {"a": 2}],
        ),
        Example("""'{name: "login", n: 7,}' | from json""", "As people write it.", {"name": "login", "n": 7}),
        Example(
            """'{"text": "Login failed", "user_id": 7}' | from json\n| .append event "authentication" | get name""",
            "Log what another program wrote.",
            "authentication",
        ),
    )
    fails = "Text that is no JSON is an error that names the place."
    see_also = ("to json", "lines", ".append event")

    def run(self, call: Call, data: Data) -> Data:
        """The value; with `--objects` a stream of values."""
        read = parse_json if call.switch("strict") else parse_relaxed
        text = data if isinstance(data, TextStream) else collect(data)
        if call.switch("objects"):
            return json_lines(text, read, call.head)
        whole = collect(text)
        return read(whole, call.head, None) if isinstance(whole, str) and whole else None


COMMAND = FromJson()
