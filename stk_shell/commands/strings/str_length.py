"""The command `str length`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.commands.strings._units import BYTES, GRAPHEMES, counts_graphemes, graphemes, utf8
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data


class StrLength(Command):
    """Counts what texts are long."""

    name = "str length"
    summary = "Tell how long a text is, in bytes."
    description = "Bytes are those of UTF-8: letters beyond ASCII have two or more."
    signature = Signature(
        types=cell_types("string", "int"),
        category="strings",
        rest=CELLS,
        flags=(GRAPHEMES, BYTES, Flag("chars", "Count code points.", short="c")),
    )
    examples = (
        Example("'hello' | str length", "Bytes.", 5),
        Example("'Zoë' | str length --grapheme-clusters", "Characters; the text has 4 bytes.", 3),
        Example("[ab c] | str length", "Each text of a list.", [2, 1]),
    )
    see_also = ("length", "split chars")

    def run(self, call: Call, data: Data) -> Data:
        """The length of each text."""
        if counts_graphemes(call, "utf-8-bytes", "chars"):
            return change_cells(call, data, on_text(call, lambda text: len(graphemes(text))))
        if call.switch("chars"):
            return change_cells(call, data, on_text(call, len))
        return change_cells(call, data, on_text(call, lambda text: len(utf8(text))))


COMMAND = StrLength()
