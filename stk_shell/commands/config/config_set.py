"""The command `config set`."""

from __future__ import annotations

from stk_shell.commands.config._errors import pointing_at
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import SETTING, SETTING_VALUE
from stk_shell.model.settings import find_setting
from stk_shell.model.shape import ANY, STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class ConfigSet(Command):
    """Changes a setting."""

    name = "config set"
    summary = "Set something for this shell and all later ones."
    description = """The line goes into the configuration file, whose other lines stay as they are, and counts at
once. Only `dsn`, `data_dir` and `entity` wait for the next start. What an option or a variable of the environment says
goes on to count before the file."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="config",
        positionals=(
            Parameter("name", STRING, "The setting; `config` lists them.", completes=SETTING),
            Parameter("value", ANY, "What it shall be.", completes=SETTING_VALUE),
        ),
    )
    examples = (
        Example("config set edit_mode vi", "Use the keys of vi."),
        Example("config set prompt '{entity}> '", "Have the entity in the prompt."),
    )
    fails = "An unknown setting, or a value that it cannot have, is an error, and the file stays as it is."
    see_also = ("config", "config reset", "config edit")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        name = call.text("name")
        with pointing_at(call.span("name")):
            setting = find_setting(name)
        with pointing_at(call.span("value")):
            call.session.host.configuration.change(name, call.value("value"))
        if setting.at_start:
            call.session.note(f"`{name}` counts when stk starts again")
        return None


COMMAND = ConfigSet()
