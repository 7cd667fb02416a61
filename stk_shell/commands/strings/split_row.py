"""The command `split row`."""

from __future__ import annotations

from stk_shell.commands._cells import unsupported
from stk_shell.commands.strings._split import SEPARATOR_FLAGS, Splitter, all_parts, splitter
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Value


class SplitRow(Command):
    """Cuts texts into lists."""

    name = "split row"
    summary = "Cut a text into a list at a separator."
    signature = Signature(
        types=(("string", "list<string>"), ("list<string>", "list<string>")),
        category="strings",
        positionals=(Parameter("separator", STRING, "What stands between the parts."),),
        flags=SEPARATOR_FLAGS,
    )
    examples = (
        Example("'a,b,c' | split row ','", "At commas.", ["a", "b", "c"]),
        Example(r"'a  b c' | split row --regex '\s+'", "At any number of blanks.", ["a", "b", "c"]),
        Example("'key=a=b' | split row '=' --number 2", "Into two parts at most.", ["key", "a=b"]),
    )
    see_also = ("split column", "lines", "parse", "str join")

    def run(self, call: Call, data: Data) -> Data:
        """The parts; those of a list of texts in one list."""
        split = splitter(call)
        if not is_list_like(data):
            return _parts(collect(data), call, split)
        return all_parts(data, lambda text: _parts(text, call, split))


def _parts(text: Value, call: Call, split: Splitter) -> list[Value]:
    if not isinstance(text, str):
        raise unsupported(call, text, "a string")
    return list(split(text))


COMMAND = SplitRow()
