"""The command `config path`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ConfigPath(Command):
    """Tells where the configuration file is."""

    name = "config path"
    summary = "Say where the configuration file is, or would be."
    signature = Signature(types=(("nothing", "string"),), category="config")
    examples = (Example("config path | str ends-with config.toml", "The path of the file.", True),)
    see_also = ("config", "config edit")

    def run(self, call: Call, data: Data) -> Data:
        """The path."""
        return call.session.host.configuration.path


COMMAND = ConfigPath()
