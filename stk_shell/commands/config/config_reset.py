"""The command `config reset`."""

from __future__ import annotations

from stk_shell.commands.config._errors import pointing_at
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import SETTING
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class ConfigReset(Command):
    """Gives settings their defaults."""

    name = "config reset"
    summary = "Give a setting its default again, or all of them."
    description = """With `--all`, the configuration file becomes the one that stk is shipped with, in which every
setting is explained and none is made."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="config",
        positionals=(Parameter("name", STRING, "The setting; `config` lists them.", True, completes=SETTING),),
        flags=(Flag("all", "Reset everything.", short="a"),),
    )
    examples = (
        Example("config reset theme", "The colours of the terminal again."),
        Example("config reset --all", "Begin anew."),
    )
    fails = "An unknown setting is an error, and the file stays as it is."
    see_also = ("config", "config set")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        name = call.optional_text("name")
        if (name is None) != call.switch("all"):
            label = Label(call.head, "name a setting, or give `--all`")
            raise RunError("it is not clear what to reset", "missing_parameter", (label,))
        with pointing_at(call.span("name")):
            call.session.host.configuration.reset(name)
        return None


COMMAND = ConfigReset()
