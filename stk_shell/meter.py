"""Shows on the terminal, now and then, how far long work has come, while somebody else does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stk_shell.model.progress import Progress, Work

PATIENCE, PAUSE = 0.5, 0.1
"""Seconds before anything is shown, and between two drawings."""

CLEAR = "\r\x1b[K"


class Meter:
    """A line that comes and goes. `line` gives its text for a number of seconds; `write` puts it on the terminal."""

    def __init__(self, work: Work, line: Callable[[float], str], write: Callable[[str], None]) -> None:
        self._work = work
        self._line = line
        self._write = write
        self._lock = threading.Lock()
        self._drawn = False
        self._hushed = False
        self._passed: Progress | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Draw while the work goes on, once it has taken a while."""
        ended, start = threading.Event(), time.monotonic()
        self._hushed = False
        thread = threading.Thread(target=self._draw, args=(ended, start), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            self.hush()

    def hush(self) -> None:
        """Take the line away, because something else is printed; it comes back when other work begins to be counted."""
        with self._lock:
            self._hushed, self._passed = True, self._work.progress
            if self._drawn:
                self._write(CLEAR)
                self._drawn = False

    def _draw(self, ended: threading.Event, start: float) -> None:
        pause = PATIENCE
        while not ended.wait(pause):
            pause = PAUSE
            with self._lock:
                progress = self._work.progress
                if self._hushed and progress in (None, self._passed):
                    continue
                self._hushed, self._drawn = False, True
                since = progress.started if progress is not None else start
                self._write(CLEAR + self._line(time.monotonic() - since))
