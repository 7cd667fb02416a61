"""The command `from yaml`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect


class FromYaml(Command):
    """Reads YAML."""

    name = "from yaml"
    summary = "Read a value from YAML text."
    description = """Several documents in one text make a list. Dates stay texts, `into datetime` makes dates of them;
so do `yes` and `no`. Tags do not run anything."""
    signature = Signature(types=(("string", "any"),), category="formats")
    examples = (
        Example(r'"name: login\ntags: [web, 7]" | from yaml', "A record.", {"name": "login", "tags": ["web", 7]}),
        Example(r'"- a: 1\n- a: 2" | from yaml | get a', "A list.", [1, 2]),
    )
    fails = "Text that is no YAML is an error that names the place."
    see_also = ("to yaml", "from json", "open")

    def run(self, call: Call, data: Data) -> Data:
        """The value."""
        # The library takes longer to import than most programs take to run.
        from stk_shell.commands._yaml import read_yaml

        return read_yaml(str(collect(data)), call.head)


COMMAND = FromYaml()
