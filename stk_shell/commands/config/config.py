"""The command `config`."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.offers import SETTING
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Config(Command):
    """Shows the settings."""

    name = "config"
    summary = "Show the settings: what counts, where it comes from, what it means."
    description = """A setting comes from an option of the command line, else from a variable of the environment, else
from the configuration file, else it has its default. `config set` and `config edit` change the file, `config path`
says where it is. Commands and aliases of your own belong into `startup.nu` beside it, with which every shell begins."""
    signature = Signature(types=(("nothing", "table"),), category="config")
    examples = (
        Example("config | where from != default | get name", "What you have set.", []),
        Example("config | where name == edit_mode | get 0.value", "One setting.", "emacs"),
    )
    see_also = ("config set", "config reset", "config edit", "config path")
    columns = (
        Column("name", "The setting.", "string", completes=SETTING),
        Column("value", "What counts now."),
        Column("from", "Where it comes from.", "string"),
        Column("meaning", "What it is for.", "string"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A table."""
        return [*call.session.host.configuration.rows()]


COMMAND = Config()
