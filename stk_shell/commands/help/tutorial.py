"""The command `tutorial`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Tutorial(Command):
    """Teaches the first steps."""

    name = "tutorial"
    summary = "Learn by doing: log, list, get and revoke events, in five minutes."
    description = """Each step says what to do and shows a line; you type it, and see what it gives. Everything happens
in a store of its own, which is removed when you leave: yours is never touched.

`skip` goes on to the next step, `back` to the one before, `quit` or Ctrl-D leaves."""
    signature = Signature(types=(("nothing", "nothing"),), category="help")
    examples = (Example("tutorial", "Begin with the first step."),)
    fails = """It needs a terminal, and the embedded server even where your own store is another PostgreSQL:
without them it is an error."""
    see_also = ("help", ".append event", "event list")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        call.session.host.views.tutorial()
        return None


COMMAND = Tutorial()
