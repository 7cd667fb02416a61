"""The command `config edit`."""

from __future__ import annotations

from stk_shell.commands.config._errors import pointing_at
from stk_shell.model.command import Call, Command
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ConfigEdit(Command):
    """Opens the configuration file in an editor."""

    name = "config edit"
    summary = "Open the configuration file in your editor."
    description = """The editor is the one of VISUAL or EDITOR, else `vi`. The file explains every setting. What you
save is checked, and counts at once; only `dsn`, `data_dir` and `entity` wait for the next start."""
    signature = Signature(types=(("nothing", "nothing"),), category="config")
    fails = "A line that does not fit is shown, and what counted before goes on to count."
    see_also = ("config", "config set", "config path")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        with pointing_at(call.head):
            call.session.host.configuration.edit()
        return None


COMMAND = ConfigEdit()
