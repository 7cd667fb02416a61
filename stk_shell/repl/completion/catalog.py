"""What the store has to be named, asked for in the background and kept: nobody ever waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import StkError
from stk_shell.model.overview import Overview

KEEPS = 60.0
"""The seconds after which what is known counts as old."""
RESTS = 1.0
"""The least seconds between two questions, however often something is recorded."""
GIVES_UP = 30.0
"""The seconds for which a store that did not answer is left alone."""
LEAVES = 1.0
"""The seconds that an embedded server that was started for a question has to be stopped, when the user leaves."""


class Catalog:
    """Knows what was in the store when it was last asked."""

    def __init__(
        self,
        session: ShellSession,
        changed: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`changed` is called, in another thread, when there is something new, or when the store did not answer."""
        self.session = session
        self.known = Overview()
        self.has_answered = self.failed = False
        self._changed = changed
        self._now = now
        self._sleep = sleep
        self._asked: float | None = None
        self._rests_until = 0.0
        self._outdated = False
        self._asking: threading.Thread | None = None

    @property
    def asking(self) -> bool:
        """Whether the store is being asked."""
        return self._asking is not None

    def overview(self, *, demanded: bool) -> Overview:
        """What is known now; the store is asked anew where that is old.

        Nothing is opened for this alone, unless the user has `demanded` it.
        """
        if self._is_old() and not self.asking and self._may_ask(demanded=demanded):
            self._asking = threading.Thread(target=self._ask, daemon=True)
            self._asking.start()
        return self.known

    def outdate(self) -> None:
        """Count what is known as old: something may have been recorded."""
        self._outdated = True

    def close(self) -> None:
        """Let a question end for which a store was opened."""
        asking = self._asking
        if asking is not None and self.session.opened_store is None:
            asking.join(LEAVES)

    def _is_old(self) -> bool:
        now = self._now()
        if self.failed and now < self._rests_until:
            return False
        return self._outdated or self._asked is None or now - self._asked > KEEPS

    def _may_ask(self, *, demanded: bool) -> bool:
        store = self.session.opened_store
        connected = store.link().connected if store is not None else None
        return demanded if connected is None else connected

    def _ask(self) -> None:
        self._sleep(max(self._rests_until - self._now(), 0))
        self._outdated, self._asked = False, self._now()
        try:
            self.known = self._answer()
            self.has_answered, self.failed = True, False
        except (StkError, OSError):
            self.failed = True
        self._rests_until = self._now() + (GIVES_UP if self.failed else RESTS)
        self._asking = None
        self._changed()

    def _answer(self) -> Overview:
        """The store's answer, on a connection of its own; on a store of its own where none is open."""
        opened = self.session.opened_store
        if opened is not None:
            return opened.overview()
        store = self.session.another_store()
        try:
            return store.overview()
        finally:
            store.close()
