"""The command `zip`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Closure


class Zip(Command):
    """Pairs items."""

    name = "zip"
    summary = "Pair the items of two lists."
    description = """The first item goes with the first, the second with the second, up to the end of the shorter
list. A closure is run for the other list, and may give one without an end."""
    signature = Signature(
        types=(("list<any>", "list<any>"), ("range", "list<any>")),
        category="filters",
        positionals=(Parameter("other", ANY, "The other list, or a closure that gives it."),),
    )
    examples = (
        Example("[a b] | zip [1 2]", "Two lists.", [["a", 1], ["b", 2]]),
        Example("[a b c] | zip 1..", "Numbers without an end.", [["a", 1], ["b", 2], ["c", 3]]),
        Example("[a b] | zip { seq char x z }", "What a closure gives.", [["a", "x"], ["b", "y"]]),
    )
    see_also = ("enumerate", "merge", "append")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of lists of two items."""
        other = call.value("other")
        others = iterate(other.run((), None) if isinstance(other, Closure) else other)
        return Stream([left, right] for left, right in zip(iterate(data), others, strict=False))


COMMAND = Zip()
