"""Values that come one after another, and the text that is piped into the program.

A stage takes and gives a value or a stream. Streams are pulled: nothing is computed before somebody asks for it, so
`first 5` stops its source and a million rows need the memory of one. Handing whole lists from stage to stage was
simpler and lost: `1..10000000 | where ... | first 5` has to answer at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from stk_shell.model.values import INT_MAX, Range

if TYPE_CHECKING:
    from stk_shell.model.values import Value


class Stream:
    """Values that are made as they are pulled, once. `batches` gives the same by the hundred, where that can be."""

    __slots__ = ("_values", "batches", "cut_note", "is_listing")

    def __init__(self, values: Iterable[Value], cut_note: Callable[[], str | None] | None = None) -> None:
        """`cut_note` gives the sentence to say when this was cut by a default limit, and is shown or searched."""
        self._values = iter(values)
        self.batches: Iterator[list[Value]] | None = None
        self.cut_note = cut_note
        self.is_listing = True
        """Whether it shows what was listed, and not a part of each row: then who looks at it is told the note, too."""

    @classmethod
    def of_batches(cls, batches: Iterator[list[Value]]) -> Stream:
        """A stream that can be pulled value by value, or batch by batch; a batch belongs to whoever pulls it."""
        stream = cls(chain.from_iterable(batches))
        stream.batches = batches
        return stream

    def __iter__(self) -> Iterator[Value]:
        return self._values


class TextStream:
    """Text that comes in pieces, such as standard input; it is read when somebody pulls."""

    __slots__ = ("_empty", "_pieces", "taken")

    def __init__(self, pieces: Iterable[str], empty: str | None = None) -> None:
        """`empty` is what it amounts to where no text comes; an empty standard input is no input."""
        self._pieces = iter(pieces)
        self._empty = empty
        self.taken = False
        """Whether somebody has begun to read it."""

    def pieces(self) -> Iterator[str]:
        """The text as it comes."""
        self.taken = True
        return self._pieces

    def read(self) -> str | None:
        """All of it."""
        return "".join(self.pieces()) or self._empty


PIECE = 1 << 16
"""The characters of a text that are worked on at once."""

Paint: TypeAlias = Callable[[str, str], str]
"""Gives a text the colour of its role."""


class Document(TextStream):
    """A text that is laid out for the width and the colours of wherever it is shown; in a pipeline it is plain."""

    __slots__ = ("layout",)

    def __init__(self, layout: Callable[[int, Paint], str], width: int) -> None:
        super().__init__((layout(width, lambda role, text: text) for _ in range(1)), empty="")
        self.layout = layout


Data: TypeAlias = "Value | Stream | TextStream"
"""What flows between two stages."""

Item = TypeVar("Item")


def collect(data: Data) -> Value:
    """The value that the data amounts to: a stream becomes a list."""
    if isinstance(data, Stream):
        return _joined(data.batches) if data.batches is not None else list(data)
    if isinstance(data, TextStream):
        return data.read()
    return data


def _joined(batches: Iterator[list[Value]]) -> list[Value]:
    values: list[Value] = []
    for batch in batches:
        if len(batch) > len(values):
            batch[:0] = values
            values = batch
        else:
            values += batch
    return values


def iterate(data: Data) -> Iterator[Value]:
    """The items of a list, range or stream; a single value is its own only item, and null has none."""
    data = data.read() if isinstance(data, TextStream) else data
    if isinstance(data, (list, Stream, Range)):
        return iter(data)
    return iter(() if data is None else (data,))


def pieces_of(text: Value | TextStream) -> Iterator[str]:
    """A text as it comes, in pieces of no more than `PIECE` characters; what is no text has none."""
    pieces = text.pieces() if isinstance(text, TextStream) else iter([text] if isinstance(text, str) else ())
    for piece in pieces:
        yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))


def without_mark(pieces: Iterator[str]) -> Iterator[str]:
    """The text without the mark of byte order that some programs begin it with."""
    yield next(pieces, "").removeprefix("\ufeff")
    yield from pieces


def line_batches(text: Value | TextStream) -> Iterator[list[str]]:
    """The lines of a text without their ends, a batch for each piece that comes."""
    begun: list[str] = []
    for piece in pieces_of(text):
        begun.append(piece)
        if "\n" in piece:
            *whole, rest = "".join(begun).split("\n")
            begun = [rest]
            yield [line.removesuffix("\r") for line in whole]
    if last := "".join(begun):
        yield [last]


def lines_of(text: Value | TextStream) -> Iterator[str]:
    """The lines of a text without their ends, as they come; what is no text has none."""
    return chain.from_iterable(line_batches(text))


def cut_note_of(data: Data) -> Callable[[], str | None] | None:
    """The note of a stream that a default limit cut, for a stage that gives all of its rows on."""
    return data.cut_note if isinstance(data, Stream) else None


def drain(data: Data) -> None:
    """Pull what nobody looks at, for what it does on the way."""
    if isinstance(data, Stream):
        for _ in data:
            pass


def left_over(data: Data) -> Data:
    """What the next pipeline of a block is given: text that nobody has begun to read.

    A program may so declare something before it reads its standard input. Anything else goes to the first pipeline
    alone, as in nushell.
    """
    return data if isinstance(data, TextStream) and not data.taken else None


def up_to(index: int, items: Iterable[Item]) -> Iterator[Item]:
    """The items as far as the one of that index, if there are so many; nothing is pulled behind it."""
    return islice(items, min(index, INT_MAX - 1) + 1)


def length_if_known(data: Data) -> int | None:
    """How many items there are, where that is known before they are pulled."""
    return len(data) if isinstance(data, list) else None


def is_list_like(data: Data) -> bool:
    """Whether the data is many values rather than one."""
    return isinstance(data, (list, Stream, Range))
