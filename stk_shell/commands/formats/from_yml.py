"""The command `from yml`."""

from __future__ import annotations

from stk_shell.commands.formats.from_yaml import FromYaml
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class FromYml(Command):
    """Reads YAML, under its shorter name."""

    name = "from yml"
    summary = "Read a value from YAML text, as `from yaml` does."
    description = FromYaml.description
    signature = FromYaml.signature
    examples = (Example('"name: login" | from yml', "A record.", {"name": "login"}),)
    fails = FromYaml.fails
    see_also = ("from yaml",)

    def run(self, call: Call, data: Data) -> Data:
        """The value."""
        return FromYaml().run(call, data)


COMMAND = FromYml()
