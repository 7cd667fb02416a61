"""The command `const`."""

from __future__ import annotations

from stk_shell.commands._declare import DeclaringForm
from stk_shell.model.command import Example


class Const(DeclaringForm):
    """Makes a variable of what is known before the program runs."""

    name = "const"
    summary = "Give a fixed value a name."
    examples = (Example("const LIMIT = 10; $LIMIT + 1", "Name a number.", 11),)
    see_also = ("let",)


COMMAND = Const()
