"""The command `to nuon`."""

from __future__ import annotations

from stk_shell.commands.formats._writing import INDENTING, SERIALIZE, indent, writable
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.render.nuon import to_nuon


class ToNuon(Command):
    """Writes NUON."""

    name = "to nuon"
    summary = "Write a value as it is typed in a program (NUON)."
    description = """Dates, durations, sizes, ranges and bytes keep their type on the way, which they do not in JSON:
`from nuon` gives the same value back."""
    signature = Signature(types=(("any", "string"),), category="formats", flags=(*INDENTING, SERIALIZE))
    examples = (
        Example("{name: login, after: 5min} | to nuon", "A record.", "{name: login, after: 300000000000ns}"),
        Example("[[name n]; [note 1] [login 2]] | to nuon", "A table.", "[[name, n]; [note, 1], [login, 2]]"),
        Example("[1 2] | to nuon --raw", "Without blanks.", "[1,2]"),
        Example("[1 2] | to nuon --indent 2", "Over several lines.", "[\n  1,\n  2\n]"),
    )
    fails = "A closure cannot be written, unless `--serialize` is given."
    see_also = ("from nuon", "to json", "save")
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        sign = indent(call)
        return to_nuon(writable(call, data), sign or "", raw=sign == "")


COMMAND = ToNuon()
