"""The command `from nuon`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect
from stk_shell.model.values import Duration


class FromNuon(Command):
    """Reads NUON."""

    name = "from nuon"
    summary = "Read a value as it is typed in a program (NUON)."
    description = "Nothing in the text is run: it holds values, no variables, commands or closures."
    signature = Signature(types=(("string", "any"),), category="formats")
    examples = (
        Example(
            "'{name: login, after: 5min}' | from nuon",
            "A record.",
            {"name": "login", "after": Duration(300_000_000_000)},
        ),
        Example("'[[a b]; [1 2]]' | from nuon", "A table.", [{"a": 1, "b": 2}]),
        Example("'1..3' | from nuon | each {|n| $n * 2 }", "A range.", [2, 4, 6]),
    )
    fails = "Text that is more than a value is an error that names the place."
    see_also = ("to nuon", "from json", "open")

    def run(self, call: Call, data: Data) -> Data:
        """The value."""
        return call.session.read_data(str(collect(data)))


COMMAND = FromNuon()
