"""How far long work has come: counted by who does it, drawn by who prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")


class Progress:
    """What is counted (`events`), how much of it is done, and how much there is, where somebody knows."""

    __slots__ = ("done", "started", "total", "unit")

    def __init__(self, unit: str, total: int | None = None) -> None:
        self.unit = unit
        self.total = total
        self.done = 0
        self.started = monotonic()
        """When it began, in seconds of `time.monotonic`."""

    def counting(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; each is done when the next one is asked for."""
        for item in items:
            yield item
            self.done += 1


class Source:
    """A file that is read: its name, its size and how much of it was read, in bytes."""

    __slots__ = ("name", "read", "size")

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.read = 0

    def fraction(self) -> float | None:
        """How much of it was read; None where it has no size, such as a pipe."""
        return min(self.read / self.size, 1.0) if self.size else None


class Work:
    """What a session is busy with, as far as it is counted. Work within other work is counted in its place."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.source: Source | None = None
