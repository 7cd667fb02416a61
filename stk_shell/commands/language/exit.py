"""The command `exit`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command
from stk_shell.model.errors import Exit as Leaving
from stk_shell.model.shape import INT
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Exit(Command):
    """Leaves the shell."""

    name = "exit"
    summary = "Leave the shell, or end the program."
    description = """Ctrl-D leaves the shell too. Systems keep the lowest eight bits of a code: `exit 256` ends with 0,
`exit -1` with 255."""
    signature = Signature(
        types=(("any", "nothing"),),
        category="language",
        positionals=(Parameter("code", INT, "The exit code.", optional=True, default=0),),
    )

    def run(self, call: Call, data: Data) -> Data:
        """Never comes back."""
        raise Leaving(call.integer("code") & 0xFF)


COMMAND = Exit()
