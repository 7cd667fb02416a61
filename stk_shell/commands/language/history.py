"""The command `history`."""

from __future__ import annotations

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class History(Command):
    """Shows what was typed."""

    name = "history"
    summary = "List what was typed at the prompt, the oldest first."
    description = """`start_timestamp` is when it was, `command` is the text. At the prompt, Ctrl-R searches, and
the arrow keys go through it.

What begins with a blank is not kept, nor is what has a password in it."""
    signature = Signature(types=(("nothing", "table"),), category="language")
    examples = (
        Example("history | last 5 | get command", "What was typed last.", ["event list"]),
        Example('history | where command =~ "revoke"', "What was typed about something.", []),
    )
    columns = (
        Column("start_timestamp", "When it was run.", "datetime"),
        Column("command", "What was typed.", "string"),
    )

    def run(self, call: Call, data: Data) -> Data:
        """A row for each entry."""
        return [*call.session.host.history()]


COMMAND = History()
