"""The command `str join`."""

from __future__ import annotations

import datetime

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, iterate
from stk_shell.model.text import plain
from stk_shell.model.values import Value


class StrJoin(Command):
    """Joins texts."""

    name = "str join"
    summary = "Make one text of the items of a list."
    signature = Signature(
        types=(("list<any>", "string"), ("string", "string")),
        category="strings",
        positionals=(Parameter("separator", STRING, "What goes between the items; nothing, if left out.", True),),
    )
    examples = (
        Example("[note login] | str join ', '", "With something between.", "note, login"),
        Example("[a 1 2.5] | str join", "Other values become texts.", "a12.5"),
    )
    see_also = ("split row", "to text", "append")

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        return (call.optional_text("separator") or "").join(map(_text, iterate(data)))


def _text(value: Value) -> str:
    if isinstance(value, datetime.datetime):
        return f"{value:%a}, {value.day} {value:%b %Y %H:%M:%S %z}"
    return plain(value, "\n")


COMMAND = StrJoin()
