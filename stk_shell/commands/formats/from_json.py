"""The command `from json`."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.commands._json import parse_json
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, Stream, TextStream, collect, lines_of
from stk_shell.model.values import Value


class FromJson(Command):
    """Reads JSON."""

    name = "from json"
    summary = "Read a value from JSON text."
    description = """With `--objects`, each line is a value of its own, as in logs and exports (JSON lines); they are
read as they come."""
    signature = Signature(
        types=(("string", "any"), ("nothing", "nothing")),
        category="formats",
        flags=(Flag("objects", "Read a value from each line.", short="o"),),
    )
    examples = (
        Example("""'{"a": 1, "b": [true, null]}' | from json""", "Read a record.", {"a": 1, "b": [True, None]}),
        Example(
            """"{\\"a\\": 1}\\n{\\"a\\": 2}" | from json --objects""",
            "Read a value from each line.",
            [{"a": 1}, {"a": 2}],
        ),
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
        text = data if isinstance(data, TextStream) else collect(data)
        if call.switch("objects"):
            return Stream(_objects(text, call))
        whole = text.read() if isinstance(text, TextStream) else text
        return parse_json(whole, call) if isinstance(whole, str) and whole.strip() else None


def _objects(text: Value | TextStream, call: Call) -> Iterator[Value]:
    for number, line in enumerate(lines_of(text), 1):
        if line.strip():
            yield parse_json(line, call, number)


COMMAND = FromJson()
