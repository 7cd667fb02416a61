"""A closure that is given the rows of a stream while they pass by.

The closure pulls its rows, and so does whoever comes behind: both at once needs a second stack, which a thread has.
Only one of the two ever runs: the closure while it works on rows, all else while the closure waits for more.
"""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from typing import TYPE_CHECKING

from stk_shell.model.batches import Rows
from stk_shell.model.stream import Data, Stream, drain

if TYPE_CHECKING:
    from collections.abc import Callable

    from stk_shell.model.values import Value


class Branch:
    """Runs a closure on a stream that is fed from outside."""

    def __init__(self, run: Callable[[Data], Data]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._rows: SimpleQueue[Rows | None] = SimpleQueue()
        self._turns: SimpleQueue[None] = SimpleQueue()
        pool = ThreadPoolExecutor(1)
        self._work = pool.submit(lambda: drain(run(Stream(self._received()))))
        self._work.add_done_callback(lambda work: self._turns.put(None))
        pool.shutdown(wait=False)
        self._turns.get()

    def _received(self) -> Iterator[Value]:
        self._turns.put(None)
        while (rows := self._rows.get()) is not None:
            yield from rows
            self._turns.put(None)

    def give(self, rows: Rows) -> None:
        """Let the closure work on the rows; it may have ended before.

        Raises:
            StkError: it has failed, or whatever else has ended it.
        """
        if not self._work.done():
            self._rows.put(rows)
            self._turns.get()
        if self._work.done():
            self._work.result()

    def finish(self) -> None:
        """Tell the closure that there are no more rows, and wait for its end; raises as `give` does."""
        self.leave()
        self._work.result()

    def leave(self) -> None:
        """Tell the closure that there are no more rows."""
        self._rows.put(None)
