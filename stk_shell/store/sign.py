"""The sign that a store has events: a file, so that the next shell knows without opening the store."""

from __future__ import annotations

import os
from contextlib import suppress


class Sign:
    """A file that is made when the first events are seen; without a path, nothing is."""

    def __init__(self, path: str | None) -> None:
        self._path = path

    def put(self) -> None:
        """There are events. Where the file cannot be made, the next shell greets as if there were none."""
        if self._path is not None:
            with suppress(OSError):
                os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
                os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
            self._path = None
