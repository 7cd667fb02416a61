"""The command `split chars`."""

from __future__ import annotations

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._units import counts_graphemes, graphemes
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Flag, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Value


class SplitChars(Command):
    """Cuts texts into characters."""

    name = "split chars"
    summary = "Cut a text into its characters."
    signature = Signature(
        types=(("string", "list<string>"), ("list<string>", "list<any>")),
        category="strings",
        flags=(
            Flag("grapheme-clusters", "Keep together what is one character to the eye.", short="g"),
            Flag("code-points", "Cut between all code points, as without a flag.", short="c"),
        ),
    )
    examples = (Example("'note' | split chars", "A text.", ["n", "o", "t", "e"]),)
    see_also = ("split row", "str length")

    def run(self, call: Call, data: Data) -> Data:
        """The characters; of a list of texts, a list for each."""
        cut = graphemes if counts_graphemes(call, "code-points") else list

        def chars(text: Value) -> Value:
            if not isinstance(text, str):
                raise unsupported(call, text, "a string")
            return [*cut(text)]

        return mapped(data, chars) if is_list_like(data) else chars(collect(data))


COMMAND = SplitChars()
