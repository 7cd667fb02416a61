"""Sealing what the shell has recorded, once it rests and when it ends."""

from __future__ import annotations

import threading
from contextlib import suppress

from stk_shell.engine.session import ShellSession
from stk_shell.model.errors import StkError

RESTS = 2.0
"""How many seconds after an entry the shell is at rest. What is typed meanwhile does not wait: this is a thread."""

AT_MOST = 0.3
"""How many seconds sealing may take when somebody leaves; what it does not come to, whoever comes next does."""


class Sealing:
    """Has the store seal what this shell has recorded."""

    def __init__(self, session: ShellSession, rests: float = RESTS) -> None:
        self.session = session
        self.rests = rests
        self._timer: threading.Timer | None = None

    def entered(self) -> None:
        """An entry has been run: seal when no other follows soon."""
        self._stop()
        if self._has_unsealed():
            self._timer = threading.Timer(self.rests, self._seal, (None,))
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Seal now: the shell ends."""
        self._stop()
        if self._has_unsealed():
            # A server that does not answer keeps the thread, and nobody else.
            sealing = threading.Thread(target=self._seal, args=(AT_MOST,), daemon=True)
            sealing.start()
            sealing.join(AT_MOST)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _has_unsealed(self) -> bool:
        store = self.session.opened_store
        return store is not None and store.has_unsealed

    def _seal(self, at_most: float | None) -> None:
        store = self.session.opened_store
        # Whatever goes wrong here has been said, or will be, by what the user does himself.
        with suppress(StkError, OSError):
            if store is not None and store.has_unsealed:
                store.seal_own(at_most)
