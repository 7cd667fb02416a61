"""The command `math abs`."""

from __future__ import annotations

from stk_shell.commands._cells import unsupported
from stk_shell.commands.math._numbers import in_64_bits
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Duration, Value


class MathAbs(Command):
    """Drops signs."""

    name = "math abs"
    summary = "Give numbers and durations without their sign."
    signature = Signature(
        types=(
            ("number", "number"),
            ("duration", "duration"),
            ("list<number>", "list<number>"),
            ("list<duration>", "list<duration>"),
            ("range", "list<number>"),
        ),
        category="math",
    )
    examples = (
        Example("-5 | math abs", "A number.", 5),
        Example("[-1 2.5 -1min] | math abs", "Each of a list.", [1, 2.5, Duration(60_000_000_000)]),
    )
    fails = "Values of other types are an error."
    see_also = ("math round",)

    def run(self, call: Call, data: Data) -> Data:
        """The values without sign."""

        def absolute(value: Value) -> Value:
            if isinstance(value, float):
                return abs(value)
            if isinstance(value, int) and type(value) in (int, Duration):
                return in_64_bits(call, abs(value), type(value))
            raise unsupported(call, value, "numbers and durations")

        return mapped(data, absolute) if is_list_like(data) else absolute(collect(data))


COMMAND = MathAbs()
