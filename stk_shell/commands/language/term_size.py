"""The command `term size`."""

from __future__ import annotations

import shutil

from stk_shell.model.columns import Column
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class TermSize(Command):
    """Tells the size of the terminal."""

    name = "term size"
    summary = "Tell how many columns and rows the terminal has."
    description = "Without a terminal it is what the variables COLUMNS and LINES say, or 80 by 24."
    signature = Signature(types=(("nothing", "record"),), category="language")
    examples = (Example("term size | columns", "Width and height.", ["columns", "rows"]),)
    columns = (Column("columns", "How wide it is.", "int"), Column("rows", "How high it is.", "int"))

    def run(self, call: Call, data: Data) -> Data:
        """A record of both."""
        columns, rows = shutil.get_terminal_size()
        return {"columns": columns, "rows": rows}


COMMAND = TermSize()
