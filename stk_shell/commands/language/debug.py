"""The command `debug`."""

from __future__ import annotations

from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.text import plain
from stk_shell.model.values import Value


class Debug(Command):
    """Writes values as text."""

    name = "debug"
    summary = "Write a value, or each item of a list, as text."
    signature = Signature(
        types=(("list<any>", "list<string>"), ("any", "string")),
        category="language",
        flags=(Flag("raw-value", "Quote the text, with escapes for what cannot be seen.", short="v"),),
    )
    examples = (
        Example("{name: note, tags: [a b]} | debug", "A record.", "{name: note, tags: [a, b]}"),
        Example("[5min null] | debug", "Each item of a list.", ["5min", ""]),
        Example(r'"a\tb" | debug --raw-value', "Show a tab.", r'"a\tb"'),
    )
    see_also = ("describe", "inspect")

    def run(self, call: Call, data: Data) -> Data:
        """The text, or a stream of texts."""
        written = _quoted if call.switch("raw-value") else plain
        return mapped(data, written) if is_list_like(data) else written(collect(data))


def _quoted(value: Value) -> str:
    import json

    return json.dumps(plain(value), ensure_ascii=False)


COMMAND = Debug()
