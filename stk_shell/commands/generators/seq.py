"""The command `seq`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import NUMBER
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Range, Value


class Seq(Command):
    """Gives numbers in steps."""

    name = "seq"
    summary = "Give the numbers from one to another."
    description = """`seq FIRST LAST` goes by one, `seq FIRST STEP LAST` by the step. If one of them is a float, all
numbers are. A range such as `1..5` does the same where the step is one."""
    signature = Signature(
        types=(("nothing", "list<number>"),),
        category="generators",
        rest=Parameter("numbers", NUMBER, "The first and the last number, and the step between them."),
    )
    examples = (
        Example("seq 1 4", "Count.", [1, 2, 3, 4]),
        Example("seq 0 5 20", "In steps.", [0, 5, 10, 15, 20]),
        Example("seq 3 -1 1", "Backwards.", [3, 2, 1]),
        Example("seq 1 0.5 2", "With fractions.", [1.0, 1.5, 2.0]),
    )
    see_also = ("seq char", "seq date", "generate")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of the numbers."""
        numbers = [number for number in call.rest("numbers") if isinstance(number, (int, float))][:3]
        if not numbers:
            hint = "`seq 1 10` counts from 1 to 10."
            raise RunError(
                "`seq` needs numbers", "missing_parameter", (Label(call.head, "from where to where?"),), hint
            )
        first, last = numbers[0], numbers[-1]
        step = numbers[1] if len(numbers) > 2 else 1
        if any(isinstance(number, float) for number in numbers):
            return Stream(_floats(float(first), float(step), float(last)))
        return Stream(Range(first, first + step, last))


def _floats(first: float, step: float, last: float) -> Iterator[Value]:
    """Each number is made of the first one, so that what floats lose does not add up."""
    for at in count() if step else ():
        number = first + at * step
        if not (number <= last if step > 0 else number >= last):
            return
        yield number


COMMAND = Seq()
