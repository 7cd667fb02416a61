"""The command `return`."""

from __future__ import annotations

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Return as ReturnFrom
from stk_shell.model.shape import ANY
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data


class Return(Command):
    """Ends a closure or command early."""

    name = "return"
    summary = "End the closure or command around it, with a result."
    signature = Signature(
        types=(("any", "any"),),
        category="language",
        positionals=(Parameter("value", ANY, "The result; null where it is left out.", optional=True),),
    )
    examples = (
        Example("def sign [n] { if $n < 0 { return minus }; 'plus' }; sign -3", "Leave a command early.", "minus"),
        Example("[1 2 3] | each {|n| if $n == 2 { return two }; $n }", "End a turn of `each`.", [1, "two", 3]),
    )
    see_also = ("def", "do", "each")

    def run(self, call: Call, data: Data) -> Data:
        """Nothing comes back here; the value is what the closure gives."""
        raise ReturnFrom(call.value("value"))


COMMAND = Return()
