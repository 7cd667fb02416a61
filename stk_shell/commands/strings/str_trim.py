"""The command `str trim`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.edit import Change
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Value

BLANKS = "\t\n\v\f\r "


class StrTrim(Command):
    """Takes blanks from the ends of texts."""

    name = "str trim"
    summary = "Take blanks, or another character, from both ends of a text."
    description = """Blanks are those of ASCII: space, tab, the ends of lines and pages. Of a record or table without
named columns, every text inside is trimmed, and the rest is left alone."""
    signature = Signature(
        types=cell_types("string", "string"),
        category="strings",
        rest=CELLS,
        flags=(
            Flag("char", "The character to take away, instead of blanks.", STRING, "c"),
            Flag("left", "Only from the beginning.", short="l"),
            Flag("right", "Only from the end.", short="r"),
        ),
    )
    examples = (
        Example("'  note ' | str trim", "Blanks at both ends.", "note"),
        Example("'==note==' | str trim --char '='", "Another character.", "note"),
        Example("'v1.0' | str trim --left --char v", "Only at the beginning.", "1.0"),
        Example("[[name]; [' note ']] | str trim name", "A column.", [{"name": "note"}]),
    )
    see_also = ("str replace", "lines")

    def run(self, call: Call, data: Data) -> Data:
        """The trimmed texts."""
        char = call.optional_text("char") or BLANKS
        if char != BLANKS and len(char) > 1:
            label = Label(call.span("char"), f"these are {len(char)}")
            raise RunError("one character is trimmed", "error", (label,), "`str replace --regex` takes away more.")
        strip = str.strip
        if call.switch("left") != call.switch("right"):
            strip = str.lstrip if call.switch("left") else str.rstrip
        trim = on_text(call, lambda text: strip(text, char))
        if call.paths("cells"):
            return change_cells(call, data, trim)

        def trimmed(value: Value) -> Value:
            return _inside(value, trim) if isinstance(value, dict) else trim(value)

        return mapped(data, trimmed) if is_list_like(data) else trimmed(collect(data))


def _inside(value: Value, trim: Change) -> Value:
    """The value with all texts inside trimmed."""
    if isinstance(value, dict):
        return {name: _inside(cell, trim) for name, cell in value.items()}
    if isinstance(value, list):
        return [_inside(item, trim) for item in value]
    return trim(value) if isinstance(value, str) else value


COMMAND = StrTrim()
