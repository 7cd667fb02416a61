"""Rows by the hundred: what a plain expression makes of many rows at once, and streams that are made that way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeAlias

from stk_shell.model.errors import StkError
from stk_shell.model.stream import Data, Stream, cut_note_of, iterate
from stk_shell.model.values import Range, Value

FIRST, LARGEST = 32, 4096
"""How many rows the first batch has, so that `first 5` does not wait for what nobody wants, and how many at most."""

LAST = 1 << 17
"""How many rows of a list in memory go as one when they are the last: no count runs beside the list's own iterator."""


class Unfit(Exception):
    """Rows that only the long way gets right: one by one, with all checks and errors."""


class Slice:
    """Rows of a list from start up to stop, without a copy of them: to make one costs as much as many a filter."""

    __slots__ = ("_rows", "_start", "_stop")

    def __init__(self, rows: list[Value], start: int, stop: int) -> None:
        self._rows = rows
        self._start = start
        self._stop = stop

    def __len__(self) -> int:
        return self._stop - self._start

    @property
    def whole(self) -> int:
        """How many rows the list has."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Value]:
        iterator = iter(self._rows)
        iterator.__setstate__(self._start)  # type: ignore[attr-defined]
        return iterator if self._stop == len(self._rows) else islice(iterator, len(self))


Rows: TypeAlias = "list[Value] | Slice"
"""A batch."""

Fast: TypeAlias = "Callable[[Rows], list[Value]]"
"""What is made of a batch; raises `Unfit` where the rows have to go one by one."""

Slow: TypeAlias = "Callable[[Iterator[Value]], Iterable[Value]]"
"""The same, one by one."""


class BatchFunction(Protocol):
    """A closure as a function of many rows; its methods raise `Unfit` where the rows have to go one by one.

    A row is the closure's parameter and its `$in`; `reads_input` says whether it looks at the latter.
    """

    reads_input: bool

    def values(self, rows: Rows) -> list[Value]:
        """The closure's result for each row."""

    def present(self, rows: Rows) -> list[Value]:
        """The closure's results but for those that are null."""

    def kept(self, rows: Rows) -> list[Value]:
        """The rows for which the closure gives true."""


def in_batches(data: Data, fast: Fast, slow: Slow) -> Stream | None:
    """A stream of what `fast` makes of whole batches, and `slow` of the rows of batches that are unfit for it.

    None where the data comes from something that has to be pulled row by row, such as lines that somebody types.
    """
    source = batches_of(data)
    return None if source is None else Stream.of_batches(_made(source, fast, slow))


def _made(source: Iterator[Rows], fast: Fast, slow: Slow) -> Iterator[list[Value]]:
    for rows in source:
        try:
            made = fast(rows)
        except Unfit:
            for row in slow(iter(rows)):
                yield [row]
        else:
            yield made


def mapped(data: Data, new: Callable[[Value], Value]) -> Stream:
    """A stream of what a function makes of each item; the note of a source that was cut goes on with it."""

    def fast(rows: Rows) -> list[Value]:
        try:
            return list(map(new, rows))
        except StkError:
            raise Unfit from None

    stream = in_batches(data, fast, lambda rows: map(new, rows)) or Stream(map(new, iterate(data)))
    stream.cut_note = cut_note_of(data)
    return stream


def filtered(data: Data, test: Callable[[Value], bool]) -> Stream:
    """A stream of the items for which a function gives true."""

    def fast(rows: Rows) -> list[Value]:
        try:
            return list(filter(test, rows))
        except StkError:
            raise Unfit from None

    return in_batches(data, fast, lambda rows: filter(test, rows)) or Stream(filter(test, iterate(data)))


def batches_of(data: Data) -> Iterator[Rows] | None:
    """The rows in batches that grow, or None where they must not be pulled before somebody wants them."""
    if isinstance(data, Stream):
        return data.batches
    if isinstance(data, list):
        return _slices(data)
    return cut(iter(data)) if isinstance(data, Range) else None


def _slices(rows: list[Value]) -> Iterator[Rows]:
    start, size = 0, FIRST
    while start < len(rows):
        is_last = size == LARGEST and len(rows) - start <= LAST
        stop = len(rows) if is_last else min(start + size, len(rows))
        yield Slice(rows, start, stop)
        start, size = stop, min(size * 64, LARGEST)


def cut(rows: Iterator[Value]) -> Iterator[list[Value]]:
    """The rows by the hundred, in batches that grow."""
    size = FIRST
    while batch := list(islice(rows, size)):
        yield batch
        size = min(size * 8, LARGEST)
