"""The command `mut`."""

from __future__ import annotations

from stk_shell.commands._declare import DeclaringForm
from stk_shell.model.command import Example


class Mut(DeclaringForm):
    """Makes a variable that can change."""

    name = "mut"
    summary = "Give a value a name, and let it change."
    description = "`$x = ...`, `$x += 1`, `$list ++= [1]` and `$record.field = ...` change it. Closures cannot use it."
    examples = (
        Example("mut n = 1; $n += 4; $n", "Count.", 5),
        Example("mut r = {a: 1}; $r.b = 2; $r", "Change a part.", {"a": 1, "b": 2}),
    )
    see_also = ("let",)


COMMAND = Mut()
