"""The command `from toml`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect


class FromToml(Command):
    """Reads TOML."""

    name = "from toml"
    summary = "Read a record from TOML text."
    description = "Dates without an offset are in UTC; times of a day are texts."
    signature = Signature(types=(("string", "record"),), category="formats")
    examples = (
        Example(
            r""""name = 'login'\n[limits]\nper_day = 5" | from toml""",
            "Settings.",
            {"name": "login", "limits": {"per_day": 5}},
        ),
    )
    fails = "Text that is no TOML is an error that names the place."
    see_also = ("to toml", "from yaml", "open")

    def run(self, call: Call, data: Data) -> Data:
        """The record."""
        # A program that reads no TOML should not wait for what reads it.
        from stk_shell.commands._toml import read_toml

        return read_toml(str(collect(data)), call.head)


COMMAND = FromToml()
