"""The command `ansi strip`."""

from __future__ import annotations

from stk_shell.commands.strings._texts import CHANGING, change_texts
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.stream import Data


class AnsiStrip(Command):
    """Takes colours out of texts."""

    name = "ansi strip"
    summary = "Take the colours and other control sequences of terminals out of a text."
    signature = CHANGING
    examples = (Example(r'"\e[31mred\e[0m" | ansi strip', "A coloured word.", "red"),)
    see_also = ("str trim",)

    def run(self, call: Call, data: Data) -> Data:
        """The plain texts."""
        from wcwidth import strip_sequences

        return change_texts(call, data, strip_sequences)


COMMAND = AnsiStrip()
