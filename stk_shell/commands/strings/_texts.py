"""What commands share that change texts, or ask what they hold."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands._cells import CELLS, cell_types, change_cells, on_text
from stk_shell.model.command import Call
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data

CHANGING = Signature(types=cell_types("string", "string"), category="strings", rest=CELLS)
"""What a command takes that makes another text of each, and needs to know nothing else."""

ASKING = Signature(
    types=cell_types("string", "bool"),
    category="strings",
    positionals=(Parameter("text", STRING, "What to look for."),),
    rest=CELLS,
    flags=(Flag("ignore-case", "Take capital and small letters as equal.", short="i"),),
)
"""What a command takes that looks for a text."""


def change_texts(call: Call, data: Data, new: Callable[[str], str]) -> Data:
    """The data with each text, or the texts of the named columns, changed."""
    return change_cells(call, data, on_text(call, new))


def ask_texts(call: Call, data: Data, holds: Callable[[str, str], bool]) -> Data:
    """Whether something holds of each text and the one to look for."""
    wanted = call.text("text")
    if not call.switch("ignore-case"):
        return change_cells(call, data, on_text(call, lambda text: holds(text, wanted)))
    folded = wanted.casefold()
    return change_cells(call, data, on_text(call, lambda text: holds(text.casefold(), folded)))
