"""The command `format pattern`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.paths import follow
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.text import plain
from stk_shell.model.values import CellPath, PathMember, Value

Part: TypeAlias = Callable[[Value], str]
"""Gives a piece of the text from a row."""


class FormatPattern(Command):
    """Makes texts of rows."""

    name = "format pattern"
    summary = "Make a text of each row by a pattern."
    description = """In the pattern, `{name}` stands for a column, `{record_json.text}` for one deeper inside. `{name?}`
is nothing where there is no such column."""
    signature = Signature(
        types=(("table", "list<string>"), ("record", "string"), ("list<any>", "list<string>")),
        category="strings",
        positionals=(Parameter("pattern", STRING, "The text, with columns in braces."),),
    )
    examples = (
        Example(
            "[[name n]; [note 1] [login 5]] | format pattern '{n} times {name}'",
            "A text for each row.",
            ["1 times note", "5 times login"],
        ),
        Example("event list | last | format pattern '{name}: {record_json.text}'", "An event in one line."),
    )
    fails = "A column that a row does not have, or a brace without its partner, is an error."
    see_also = ("parse", "str join", "each")

    def run(self, call: Call, data: Data) -> Data:
        """The texts."""
        parts = _parts(call)

        def text(row: Value) -> Value:
            return "".join([part(row) for part in parts])

        return mapped(data, text) if is_list_like(data) else text(collect(data))


def _parts(call: Call) -> list[Part]:
    """What gives each piece of the text: what stands between braces, and the columns in them."""
    parts: list[Part] = []
    before, brace, rest = call.text("pattern").partition("{")
    while brace:
        name, end, after = rest.partition("}")
        if not end:
            label = Label(call.span("pattern"), "`{` needs a `}` behind it")
            raise RunError("the pattern has a brace without its partner", "delimiter_error", (label,))
        parts.append(_fixed(before))
        if name:
            parts.append(_column(name, call))
        before, brace, rest = after.partition("{")
    return [*parts, _fixed(before)]


def _fixed(text: str) -> Part:
    return lambda row: text


def _column(name: str, call: Call) -> Part:
    members = tuple(PathMember(word.removesuffix("?"), word.endswith("?")) for word in name.split("."))
    path, span = CellPath(members), call.span("pattern")
    return lambda row: plain(row[name] if isinstance(row, dict) and name in row else follow(row, path, span))


COMMAND = FormatPattern()
