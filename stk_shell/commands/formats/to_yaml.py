"""The command `to yaml`."""

from __future__ import annotations

from stk_shell.commands.formats._writing import SERIALIZE, writable
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ToYaml(Command):
    """Writes YAML."""

    name = "to yaml"
    summary = "Write a value as YAML."
    description = """Dates become texts, durations texts of their nanoseconds, sizes bytes, and bytes lists of
numbers."""
    signature = Signature(types=(("any", "string"),), category="formats", flags=(SERIALIZE,))
    examples = (
        Example("{name: login, tags: [web]} | to yaml", "A record.", "name: login\ntags:\n- web\n"),
        Example("[[name n]; [note 1]] | to yaml", "A table.", "- name: note\n  n: 1\n"),
    )
    fails = "A closure cannot be written, unless `--serialize` is given."
    see_also = ("from yaml", "to json", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        # The library takes longer to import than most programs take to run.
        from stk_shell.render.yaml_text import to_yaml

        return to_yaml(writable(call, data))


COMMAND = ToYaml()
