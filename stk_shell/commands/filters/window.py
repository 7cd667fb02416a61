"""The command `window`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from stk_shell.model.command import Call, Command, Example
from stk_shell.model.counts import at_least_one
from stk_shell.model.shape import INT
from stk_shell.model.signature import Flag, Parameter, Signature
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import Value


class Window(Command):
    """Gives neighbours."""

    name = "window"
    summary = "Give each item together with those that follow it."
    description = "So many items stand in a window; the next window begins one item, or `--stride` items, further on."
    signature = Signature(
        types=(("list<any>", "list<any>"),),
        category="filters",
        positionals=(Parameter("size", INT, "How many items stand in a window."),),
        flags=(
            Flag("stride", "How many items further on the next one begins.", INT, short="s", default=1),
            Flag("remainder", "Give the windows at the end that are not full, too.", short="r"),
        ),
    )
    examples = (
        Example("[1 2 3 4] | window 2", "Neighbours.", [[1, 2], [2, 3], [3, 4]]),
        Example("[1 2 4 8] | window 2 | each {|pair| $pair.1 - $pair.0 }", "The steps between numbers.", [1, 2, 4]),
        Example("[1 2 3 4 5] | window 2 --stride 3 --remainder", "Leave items out.", [[1, 2], [4, 5]]),
    )
    see_also = ("chunks", "every", "zip")

    def run(self, call: Call, data: Data) -> Data:
        """A stream of lists."""
        size, stride = at_least_one(call, "size"), at_least_one(call, "stride")
        return Stream(_windows(iterate(data), size, stride, remainder=call.switch("remainder")))


def _windows(items: Iterator[Value], size: int, stride: int, *, remainder: bool) -> Iterator[Value]:
    window = list(islice(items, size))
    while len(window) == size:
        yield window
        deque(islice(items, max(stride - size, 0)), maxlen=0)
        window = window[stride:] + list(islice(items, min(stride, size)))
    while remainder and window:
        yield window
        window = window[stride:]


COMMAND = Window()
