"""Uuids of version 7, made here: whoever makes the uu of an event can ask later whether it was recorded."""

from __future__ import annotations

import os
import struct
import threading
import time
from collections.abc import Callable

MILLISECOND = 1_000_000
"""In nanoseconds."""

STEPS = 4096
"""Into how many parts a millisecond is divided."""

VERSION, VARIANT = 7 << 76, 2 << 62

RANDOM = (1 << 62) - 1


def as_text(digits: str) -> str:
    """A uuid of 32 hexadecimal digits as it is written."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class UuidMaker:
    """Makes uuids in the layout of RFC 9562, version 7, each greater than the one before, whatever the clock does."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        """`clock` gives the nanoseconds since 1970."""
        self._clock = clock
        self._last = 0
        self._lock = threading.Lock()

    def __call__(self) -> str:
        """The next one: 48 bits of milliseconds, 12 of their fraction, and 62 that nobody can guess."""
        return as_text(self.many(1)[0].hex())

    def many(self, count: int) -> list[bytes]:
        """The next ones, in their binary form."""
        milliseconds, rest = divmod(self._clock(), MILLISECOND)
        with self._lock:
            first = max(milliseconds * STEPS + rest * STEPS // MILLISECOND, self._last + 1)
            self._last = first + count - 1
        chances = struct.unpack(f"!{count}Q", os.urandom(8 * count))
        return [
            ((step >> 12) << 80 | VERSION | (step & 0xFFF) << 64 | VARIANT | chance & RANDOM).to_bytes(16, "big")
            for step, chance in zip(range(first, first + count), chances, strict=True)
        ]


new_uuid = UuidMaker()
"""Makes the uuids of this process."""
