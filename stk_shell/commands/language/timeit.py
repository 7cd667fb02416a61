"""The command `timeit`."""

from __future__ import annotations

import time

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import CLOSURE
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, drain
from stk_shell.model.values import Duration


class Timeit(Command):
    """Measures time."""

    name = "timeit"
    summary = "Run a closure, and tell how long that took."
    description = "What is piped in is given to the closure; its result is dropped."
    signature = Signature(
        types=(("any", "duration"),),
        category="language",
        positionals=(Parameter("closure", CLOSURE, "What to measure."),),
    )
    examples = (Example("timeit { event list --limit 0 | length } | describe", "Count all events.", "duration"),)
    fails = "An error in the closure ends the command."
    see_also = ("sleep", "explain")

    def run(self, call: Call, data: Data) -> Data:
        """The time until the last row of the result."""
        before = time.perf_counter_ns()
        drain(call.closure("closure").run((), data))
        return Duration(time.perf_counter_ns() - before)


COMMAND = Timeit()
