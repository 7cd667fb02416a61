"""The command `def`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form
from stk_shell.model.shape import BLOCK, PARAMETERS, STRING
from stk_shell.model.signature import Parameter, Signature


class Def(Form):
    """Defines a command. The parser makes a definition of it; there is nothing left to run."""

    name = "def"
    summary = "Define a command of your own."
    description = """The parameters stand in brackets: `name`, `name: type`, `name?` (optional), `name = 5` (with a
default), `...names` (the rest), `--flag` (a switch), `--flag: type` and `--flag (-f)`. What is piped in is `$in`,
and goes to the first command of the body. The comment above becomes the command's help, comments behind parameters
explain them."""
    signature = Signature(
        types=(("nothing", "nothing"),),
        category="language",
        positionals=(
            Parameter("name", STRING, "The name, in quotes where it has several words."),
            Parameter("parameters", PARAMETERS, "The parameters, in brackets."),
            Parameter("body", BLOCK, "What it does."),
        ),
    )
    examples = (
        Example('def greet [name: string] { $"hello ($name)" }; greet Ana', "One parameter.", "hello Ana"),
        Example("def double [] { $in * 2 }; 5 | double", "Work on what is piped in.", 10),
        Example("def add [a: int, b: int = 1] { $a + $b }; [(add 1) (add 1 5)]", "A default.", [2, 6]),
    )
    see_also = ("alias", "let", "do")


COMMAND = Def()
