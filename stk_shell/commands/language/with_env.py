"""The command `with-env`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE, RECORD
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect


class WithEnv(Command):
    """Sets variables of the environment while a closure runs."""

    name = "with-env"
    summary = "Run a closure with variables of the environment set for it alone."
    description = "Afterwards `$env` is what it was, also where the closure changes it."
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(
            Parameter("variables", RECORD, "Their names and values."),
            Parameter("closure", CLOSURE, "What to run."),
        ),
    )
    examples = (
        Example('with-env {TEAM: "night"} { $env.TEAM }', "Set a variable.", "night"),
        Example('with-env {TEAM: "night"} { 1 }; $env.TEAM?', "It is gone afterwards.", None),
    )
    see_also = ("load-env", "hide-env", "do")

    def run(self, call: Call, data: Data) -> Data:
        """What the closure gives."""
        session = call.session
        before = session.environment
        session.environment = {**before, **call.record("variables")}
        try:
            return collect(call.closure("closure").run((), data))
        finally:
            session.environment = before


COMMAND = WithEnv()
