"""The command `source`."""

from __future__ import annotations

from stk_shell.model.command import Example, Form, Parts, Step
from stk_shell.model.shape import PATH
from stk_shell.model.signature import Parameter, Signature


class SourceFile(Form):
    """Runs a file. The parser has read it; its block stands in the place of the name."""

    name = "source"
    summary = "Run a program from a file as if it stood here."
    description = """Its variables and commands stay. A path that does not begin with `/` is looked for beside the
file that names it, then in the working directory. The name has to be written down, not computed: the file is read
before anything runs."""
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(Parameter("file", PATH, "The file."),),
    )
    examples = (Example("source --help", "For example, `source setup.stk` at the head of a script."),)
    fails = "A file that cannot be read, or that has a mistake, stops the program before anything of it runs."
    see_also = ("use", "def")

    def build(self, parts: Parts) -> Step:
        """What the file does."""
        block = parts.block("file")
        if block is None:
            raise TypeError("`source` without its file")
        return block


COMMAND = SourceFile()
