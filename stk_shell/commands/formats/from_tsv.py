"""The command `from tsv`."""

from __future__ import annotations

from stk_shell.commands.formats._delimited import READING, read
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data


class FromTsv(Command):
    """Reads TSV."""

    name = "from tsv"
    summary = "Read a table from TSV, text with a tab between two cells."
    description = "As `from csv`, which says how cells become values."
    signature = Signature(types=(("string", "table"),), category="formats", flags=READING)
    examples = (
        Example(r'"name\tn\nlogin\t7" | from tsv', "The first row names the columns.", [{"name": "login", "n": 7}]),
        Example(r'"7\tx" | from tsv --noheaders', "Without a header.", [{"column0": 7, "column1": "x"}]),
    )
    fails = "A row that is shorter or longer than the first is an error, unless `--flexible` is given."
    see_also = ("from csv", "to tsv", "open")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of records."""
        return read(call, data, "\t")


COMMAND = FromTsv()
