"""A closure that is given the rows of a stream while they pass by.

The closure pulls its rows, and so does whoever comes behind: both at once need two stacks, between which a greenlet
switches. Threads have them, too, but the store belongs to the thread that opens it, and Ctrl-C to the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stk_shell.model.batches import Rows
from stk_shell.model.stream import Data, Stream, drain

if TYPE_CHECKING:
    from collections.abc import Callable

    from stk_shell.model.values import Value


class Branch:
    """Runs a closure on a stream that is fed from outside; what ends the closure is raised to whoever feeds it."""

    def __init__(self, run: Callable[[Data], Data]) -> None:
        # Only closures beside a stream need it, so that no other program pays for the import.
        from greenlet import getcurrent, greenlet

        self._current = getcurrent
        self._outside = getcurrent()
        self._work = greenlet(lambda: drain(run(Stream(self._received()))))
        self._work.switch()

    def _received(self) -> Iterator[Value]:
        while (rows := self._outside.switch()) is not None:
            yield from rows

    def give(self, rows: Rows | None) -> None:
        """Let the closure work on the rows, if it has not ended; None tells it that there are no more."""
        if not self._work.dead:
            self._work.parent = self._outside = self._current()
            self._work.switch(rows)
