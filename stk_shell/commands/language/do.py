"""The command `do`."""

from __future__ import annotations

from stk_shell.model.columns import Columns, Given
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import StkError
from stk_shell.model.shape import ANY, CLOSURE
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, collect


class Do(Command):
    """Calls a closure."""

    name = "do"
    summary = "Run a closure, with arguments if it takes any."
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(Parameter("closure", CLOSURE, "What to run."),),
        rest=Parameter("arguments", ANY, "Its arguments."),
        flags=(
            Flag("ignore-errors", "Give null where the closure fails.", short="i"),
            Flag("capture-errors", "Run the closure to its end here, so that an error is found here.", short="c"),
            Flag("env", "Keep what the closure changes of `$env`."),
        ),
    )
    examples = (
        Example("do { 1 + 1 }", "Run a block with variables of its own.", 2),
        Example("let double = {|x| $x * 2 }; do $double 4", "Call a closure with an argument.", 8),
        Example("5 | do { $in + 1 }", "Give it an input.", 6),
        Example("do -i { 1 / 0 }", "Pass over an error.", None),
        Example('do --env { $env.TEAM = "night" }; $env.TEAM', "Set a variable for what comes after.", "night"),
    )

    def gives(self, given: Given) -> Columns:
        """Those of what the closure gives."""
        return given.inside("closure")

    def run(self, call: Call, data: Data) -> Data:
        """What the closure gives."""
        closure = call.closure("closure")
        run = closure.unscoped if call.switch("env") else closure.run
        ignores = call.switch("ignore-errors")
        if not (ignores or call.switch("capture-errors")):
            return run(call.rest("arguments"), data)
        try:
            return collect(run(call.rest("arguments"), data))
        except StkError:
            if ignores:
                return None
            raise


COMMAND = Do()
