"""The command `collect`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect


class Collect(Command):
    """Waits for all rows."""

    name = "collect"
    summary = "Wait for all of the input before anything goes on."
    description = """Rows otherwise go through the stages of a pipeline one by one. What is collected needs memory
for all of them. A closure is given all of it, as its parameter and as its `$in`."""
    signature = Signature(
        types=(("any", "any"),),
        category="filters",
        positionals=(Parameter("closure", CLOSURE, "What to do with all of it.", optional=True),),
    )
    examples = (
        Example("[1 2 3] | each {|n| $n * 2 } | collect", "Have all results at once.", [2, 4, 6]),
        Example("[1 2 3] | collect {|all| $all.1 }", "Work on the whole list.", 2),
        Example(
            "event list | collect | each {|e| event revoke $e.uu } | length",
            "Read all events before any is changed.",
            3,
        ),
    )
    see_also = ("each", "tee")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The value, or what the closure makes of it."""
        value = collect(data)
        return call.closure("closure").run((value,), value) if call.has("closure") else value


COMMAND = Collect()
