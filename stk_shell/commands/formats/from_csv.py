"""The command `from csv`."""

from __future__ import annotations

from stk_shell.commands.formats._delimited import READING, SEPARATOR, read, separator
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class FromCsv(Command):
    """Reads CSV."""

    name = "from csv"
    summary = "Read a table from CSV, text with a comma between two cells."
    description = """The first row names the columns. A cell that is a number becomes one (`007` is 7), an empty one an
empty text; bools and dates stay texts. Rows are read as they come, so that a long file needs no memory."""
    signature = Signature(types=(("string", "table"),), category="formats", flags=(SEPARATOR, *READING))
    examples = (
        Example(
            r'"name,n\nlogin,7\n\"note, long\",8" | from csv',
            "The first row names the columns.",
            [{"name": "login", "n": 7}, {"name": "note, long", "n": 8}],
        ),
        Example(r'"a;b\n1;2" | from csv --separator ";"', "With semicolons.", [{"a": 1, "b": 2}]),
        Example(r'"7,x" | from csv --noheaders', "Without a header.", [{"column0": 7, "column1": "x"}]),
        Example(
            r'"who,at\nAna,08:30\nBo,09:15" | from csv | .append event "login" | get name',
            "Log an event for each row.",
            ["login", "login"],
        ),
    )
    fails = "A row that is shorter or longer than the first is an error, unless `--flexible` is given."
    see_also = ("from tsv", "to csv", "open")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        return read(call, data, separator(call))


COMMAND = FromCsv()
