"""The command `random chars`."""

from __future__ import annotations

import string

from stk_shell.commands.random._chance import CHANCE
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import text_length
from stk_shell.model.shape import FILESIZE, INT, one_of
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data

LETTERS = string.ascii_letters + string.digits


class RandomChars(Command):
    """Makes random texts."""

    name = "random chars"
    summary = "Make a text of random letters and digits."
    description = "They are of ASCII, and good enough for a secret."
    signature = Signature(
        types=(("nothing", "string"),),
        category="random",
        flags=(Flag("length", "How many there are to be.", one_of(INT, FILESIZE), "l", 25),),
    )
    examples = (Example("random chars --length 8 | str length", "Eight of them.", 8),)
    see_also = ("random uuid", "random int")

    def run(self, call: Call, data: Data) -> Data:
        """The text."""
        return "".join(CHANCE.choices(LETTERS, k=text_length(call, "length")))


COMMAND = RandomChars()
