"""The command `load-env`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import RECORD
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class LoadEnv(Command):
    """Sets several variables of the environment."""

    name = "load-env"
    summary = "Set variables of the environment from a record."
    description = "They stay until the end of the closure or command around it, as with `$env.NAME = ...`."
    signature = Signature(
        types=(("record", "nothing"), ("nothing", "nothing")),
        category="language",
        positionals=(Parameter("variables", RECORD, "Names and values, unless they are piped in.", optional=True),),
    )
    examples = (
        Example("load-env {TEAM: night, LIMIT: 5}; $env.LIMIT + 1", "Set two variables.", 6),
        Example("{TEAM: night} | load-env; $env.TEAM", "Pipe them in.", "night"),
    )
    see_also = ("with-env", "hide-env")
    sets_environment = True

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back."""
        given = data if isinstance(data, dict) else {}
        named = call.record("variables") if call.has("variables") else {}
        call.session.environment = {**call.session.environment, **given, **named}
        return None


COMMAND = LoadEnv()
