"""The command `split column`."""

from __future__ import annotations

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._split import SEPARATOR_FLAGS, splitter
from stk_shell.model.batches import mapped
from stk_shell.model.columns import Columns, Given, new_columns
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class SplitColumn(Command):
    """Cuts texts into columns."""

    name = "split column"
    summary = "Cut each text into the columns of a row."
    description = "Without names the columns are called `column1`, `column2` and so on."
    signature = Signature(
        types=(("string", "table"), ("list<string>", "table")),
        category="strings",
        positionals=(Parameter("separator", STRING, "What stands between the columns."),),
        rest=Parameter("names", STRING, "Names of the columns; parts beyond them are left out."),
        flags=(*SEPARATOR_FLAGS, Flag("collapse-empty", "Leave out parts without text.", short="c")),
    )
    examples = (
        Example(
            "['note: hello' 'login: Ana'] | split column ': ' name text",
            "Name the columns.",
            [{"name": "note", "text": "hello"}, {"name": "login", "text": "Ana"}],
        ),
        Example("'a-b' | split column -", "Without names.", [{"column1": "a", "column2": "b"}]),
        Example(
            r"'Nov  24 ok' | split column --regex '\s+' month day state",
            "At any number of blanks.",
            [{"month": "Nov", "day": "24", "state": "ok"}],
        ),
    )
    see_also = ("split row", "parse", "from csv")

    def gives(self, given: Given) -> Columns:
        """Those that are named."""
        return new_columns(given.texts("names"))

    def run(self, call: Call, data: Data) -> Data:
        """A stream of rows; a column that a text has no part for is left out of its row."""
        split, names, collapse = splitter(call), list(map(str, call.rest("names"))), call.switch("collapse-empty")

        def row(text: Value) -> Value:
            if not isinstance(text, str):
                raise unsupported(call, text, "a string")
            parts = [part for part in split(text) if part or not collapse]
            if names:
                return dict(zip(names, parts, strict=False))
            return {f"column{number}": part for number, part in enumerate(parts, 1)}

        return mapped(data, row)


COMMAND = SplitColumn()
