"""The command `seq char`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class SeqChar(Command):
    """Gives characters in order."""

    name = "seq char"
    summary = "Give the characters from one to another, as ASCII has them."
    signature = Signature(
        types=(("nothing", "list<string>"),),
        category="generators",
        positionals=(
            Parameter("first", STRING, "The first character."),
            Parameter("last", STRING, "The last character, which may come before the first."),
        ),
    )
    examples = (
        Example("seq char a e", "Letters.", ["a", "b", "c", "d", "e"]),
        Example("seq char 3 1", "Digits, backwards.", ["3", "2", "1"]),
    )
    fails = "Anything but single ASCII characters is an error."
    see_also = ("seq",)

    def run(self, call: Call, data: Data) -> Data:
        """The list of the characters."""
        first, last = _code(call, "first"), _code(call, "last")
        step = 1 if first <= last else -1
        return [chr(code) for code in range(first, last + step, step)]


def _code(call: Call, argument: str) -> int:
    text = call.text(argument)
    if len(text) == 1 and text.isascii():
        return ord(text)
    label = Label(call.span(argument), "this is no single ASCII character")
    raise RunError("`seq char` goes from one character to another", "incorrect_value", (label,))


COMMAND = SeqChar()
