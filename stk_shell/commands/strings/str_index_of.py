"""The command `str index-of`."""

from __future__ import annotations

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.commands.strings._units import BYTES, GRAPHEMES, bounds, counts_graphemes, graphemes, int_range, utf8
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import RANGE, STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data


class StrIndexOf(Command):
    """Finds where a text stands in another."""

    name = "str index-of"
    summary = "Tell at which position a text is found, or -1."
    description = "Positions are bytes from 0 on, unless `--grapheme-clusters` is given."
    signature = Signature(
        types=cell_types("string", "int"),
        category="strings",
        positionals=(Parameter("text", STRING, "What to look for."),),
        rest=CELLS,
        flags=(
            GRAPHEMES,
            BYTES,
            Flag("range", "Look only between these positions.", RANGE, "r"),
            Flag("end", "Find the last place.", short="e"),
        ),
    )
    examples = (
        Example("'a/b/c' | str index-of /", "The first place.", 1),
        Example("'a/b/c' | str index-of / --end", "The last place.", 3),
        Example("'a/b/c' | str index-of x", "It is not there.", -1),
    )
    see_also = ("str contains", "str substring")

    def run(self, call: Call, data: Data) -> Data:
        """The positions."""
        wanted, last = call.text("text"), call.switch("end")
        range_ = int_range(call, "range") if call.given("range") else None
        by_grapheme = counts_graphemes(call, "utf-8-bytes")

        def position(text: str) -> int:
            content, needle = utf8(text), utf8(wanted)
            start, end = (0, len(content)) if range_ is None else bounds(range_, len(content))
            if any(b"\x80" <= content[at : at + 1] < b"\xc0" for at in (start, end)):
                label = Label(call.span("range"), "it begins or ends inside of a character")
                raise RunError("positions are bytes, and here not those of characters", "out_of_bounds", (label,))
            at = content.rfind(needle, start, end) if last else content.find(needle, start, end)
            if at < 0 or not by_grapheme:
                return at
            return len(graphemes(content[:at].decode(errors="replace")))

        return change_cells(call, data, on_text(call, position))


COMMAND = StrIndexOf()
