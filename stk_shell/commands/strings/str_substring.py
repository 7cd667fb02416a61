"""The command `str substring`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.commands.strings._units import BYTES, GRAPHEMES, bounds, counts_graphemes, graphemes, int_range, utf8
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class StrSubstring(Command):
    """Takes parts of texts."""

    name = "str substring"
    summary = "Take a part of a text by its position."
    description = """The first position is 0, and both ends of the range count: `0..2` are the first three. Negative
numbers count from the end. Positions are bytes, so that letters beyond ASCII have two or more, unless
`--grapheme-clusters` is given."""
    signature = Signature(
        types=cell_types("string", "string"),
        category="strings",
        positionals=(Parameter("range", ANY, "The positions, as a range."),),
        rest=CELLS,
        flags=(GRAPHEMES, BYTES),
    )
    examples = (
        Example("'user-login' | str substring 0..3", "The first four.", "user"),
        Example("'user-login' | str substring 5..", "From the sixth on.", "login"),
        Example("'user-login' | str substring (-5)..", "The last five.", "login"),
        Example("'Zoë!' | str substring --grapheme-clusters 2..2", "A letter beyond ASCII.", "ë"),
    )
    see_also = ("str index-of", "split chars", "str length")

    def run(self, call: Call, data: Data) -> Data:
        """The parts."""
        range_, by_grapheme = int_range(call, "range"), counts_graphemes(call, "utf-8-bytes")

        def part(text: str) -> str:
            if by_grapheme:
                units = graphemes(text)
                start, end = bounds(range_, len(units))
                return "".join(units[start:end])
            content = utf8(text)
            start, end = bounds(range_, len(content))
            return content[start:end].decode(errors="replace")

        return change_cells(call, data, on_text(call, part))


COMMAND = StrSubstring()
