"""The command `to csv`."""

from __future__ import annotations

from stk_shell.commands.formats._delimited import SEPARATOR, WRITING, separator, write
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class ToCsv(Command):
    """Writes CSV."""

    name = "to csv"
    summary = "Write a table as CSV, text with a comma between two cells."
    description = """The names of the columns are the first line. A cell gets quotes where it has to. What rows lack,
and null, is an empty cell. `stk -o csv` writes results without being told in the program, and what is nested as
JSON.

A spreadsheet runs a text that begins with = + - or @ as a formula, also one that somebody else has recorded. `--guard`
puts a ' before such texts, and so does `stk -o csv-guarded`; whoever reads the CSV back finds it there."""
    signature = Signature(
        types=(("record", "string"), ("table", "string")), category="formats", flags=(SEPARATOR, *WRITING)
    )
    examples = (
        Example("[[name n]; [login 7] ['note, long' 8]] | to csv", "A table.", 'name,n\nlogin,7\n"note, long",8\n'),
        Example("[[a b]; [1 2]] | to csv --noheaders", "Only the rows.", "1,2\n"),
        Example("[[a b]; [1 2]] | to csv --columns [b a]", "Some columns, in another order.", "b,a\n2,1\n"),
        Example('[[name]; ["=1+1"]] | to csv --guard', "For a spreadsheet.", "name\n'=1+1\n"),
        Example("event list | select name created | to csv", "Some columns of the newest events."),
    )
    fails = "A cell that holds a list or record is an error, and so is a list of anything but records."
    see_also = ("from csv", "to tsv", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text, made as the rows come."""
        return write(call, data, separator(call), "CSV")


COMMAND = ToCsv()
