"""Uuids that are made here."""

from __future__ import annotations

import threading
import uuid

from stk_shell.store.uuids import UuidMaker, new_uuid

SECOND = 1_000_000_000


def test_a_uuid_says_its_version_and_when_it_was_made() -> None:
    made = uuid.UUID(UuidMaker(lambda: 1_795_624_455_123_456_789)())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_795_624_455_123
    assert (made.int >> 64) & 0xFFF == 456_789 * 4096 // 1_000_000


def test_they_grow_though_the_clock_stands_still_or_goes_back() -> None:
    times = iter([5 * SECOND] * 5000 + [4 * SECOND] * 5000 + [6 * SECOND])
    make = UuidMaker(lambda: next(times))
    made = [make() for _ in range(10_001)]
    assert made == sorted(set(made))
    assert uuid.UUID(made[-1]).int >> 80 == 6000


def test_threads_get_different_ones() -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.extend(new_uuid() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000
