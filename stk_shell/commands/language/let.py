"""The command `let`."""

from __future__ import annotations

from stk_shell.commands._declare import DeclaringForm
from stk_shell.model.command import Example


class Let(DeclaringForm):
    """Makes a variable."""

    name = "let"
    summary = "Give a value a name."
    description = """The value is the result of the whole pipeline on the right. The variable cannot be changed, but
another of the same name can be made; it is known from the next line on, to the end of the block."""
    examples = (
        Example("let limit = 5; $limit * 2", "Name a number.", 10),
        Example("let total = [1 2 3] | where $it > 1 | length; $total", "Name the result of a pipeline.", 2),
        Example("let n: int = 3; $n", "Say what type it must have.", 3),
    )
    see_also = ("mut", "const", "def")


COMMAND = Let()
