"""The command `explore`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class Explore(Command):
    """Opens a table on the whole screen."""

    name = "explore"
    summary = "Look at a table on the whole screen: move, search, sort, open what is nested."
    description = """The arrow keys move from cell to cell, PageUp and PageDown by the page. `/` searches in all cells,
`n` goes on to the next place. `s` sorts by the column of the cursor, a second time with the largest first, a third
time not at all. Enter opens a nested record, list or long text, Escape goes back. `c` takes the cell and `r` the row
back to the prompt; `q` leaves.

Rows are read as one gets to them. Of a very long table, the first 100 000 rows are shown."""
    signature = Signature(types=(("any", "nothing"),), category="formats")
    examples = (
        Example("event list --limit 0 | explore", "All events."),
        Example("event list | get record_json | explore", "What they hold."),
    )
    fails = "It needs a terminal: in a script or with `-c` in a pipe it is an error."
    see_also = ("table", "help")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing."""
        call.session.host.views.explore(data)
        return None


COMMAND = Explore()
