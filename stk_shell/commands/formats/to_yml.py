"""The command `to yml`."""

from __future__ import annotations

from stk_shell.commands.formats.to_yaml import ToYaml
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class ToYml(Command):
    """Writes YAML, under its shorter name."""

    name = "to yml"
    summary = "Write a value as YAML, as `to yaml` does."
    description = ToYaml.description
    signature = ToYaml.signature
    examples = (Example("{name: login} | to yml", "A record.", "name: login\n"),)
    fails = ToYaml.fails
    see_also = ("to yaml",)
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        return ToYaml().run(call, data)


COMMAND = ToYml()
