"""The command `to tsv`."""

from __future__ import annotations

from stk_shell.commands.formats._delimited import WRITING, write
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ToTsv(Command):
    """Writes TSV."""

    name = "to tsv"
    summary = "Write a table as TSV, text with a tab between two cells."
    description = "As `to csv`, which says what becomes of the cells. Spreadsheets take such text when it is pasted."
    signature = Signature(types=(("record", "string"), ("table", "string")), category="formats", flags=WRITING)
    examples = (
        Example("[[name n]; [login 7]] | to tsv", "A table.", "name\tn\nlogin\t7\n"),
        Example("[[a b]; [1 2]] | to tsv --noheaders", "Only the rows.", "1\t2\n"),
    )
    fails = "A cell that holds a list or record is an error, and so is a list of anything but records."
    see_also = ("from tsv", "to csv", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text, made as the rows come."""
        return write(call, data, "\t", "TSV")


COMMAND = ToTsv()
