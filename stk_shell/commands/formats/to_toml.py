"""The command `to toml`."""

from __future__ import annotations

from stk_shell.commands.formats._writing import SERIALIZE, writable
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ToToml(Command):
    """Writes TOML."""

    name = "to toml"
    summary = "Write a record as TOML."
    description = """Dates stay dates. Durations become texts of their nanoseconds, sizes bytes, and null, which TOML
lacks, the text `<Nothing>`."""
    signature = Signature(types=(("record", "string"),), category="formats", flags=(SERIALIZE,))
    examples = (
        Example(
            "{name: login, limits: {per_day: 5}} | to toml",
            "Settings.",
            'name = "login"\n\n[limits]\nper_day = 5\n',
        ),
    )
    fails = "A list alone cannot be written, and neither can a closure, unless `--serialize` is given."
    see_also = ("from toml", "to yaml", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        # A program that writes no TOML should not wait for what writes it.
        from stk_shell.render.toml_text import to_toml

        return to_toml(writable(call, data))


COMMAND = ToToml()
