"""The command `sleep`."""

from __future__ import annotations

import time

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import DURATION
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Duration

NANOSECONDS = 1_000_000_000

LONGEST = 100_000_000
"""Seconds after which nobody waits any longer: three years, far below what the system takes."""


class Sleep(Command):
    """Waits."""

    name = "sleep"
    summary = "Wait for a time."
    description = "Ctrl-C ends it."
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(Parameter("duration", DURATION, "How long."),),
        rest=Parameter("more", DURATION, "Time to add."),
    )
    examples = (
        Example("sleep 5ms", "Wait for a moment.", None),
        Example("sleep 1ms 500us", "Add times.", None),
    )
    see_also = ("timeit",)

    def run(self, call: Call, data: Data) -> Data:
        """Nothing, later."""
        times = [call.value("duration"), *call.rest("more")]
        total = sum(one for one in times if isinstance(one, Duration))
        time.sleep(min(max(total, 0) / NANOSECONDS, LONGEST))
        return None


COMMAND = Sleep()
