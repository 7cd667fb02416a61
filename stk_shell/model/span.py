"""Places in a program's text: a source, and spans of it."""

from __future__ import annotations

from bisect import bisect_right


class Source:
    """A text that was given to the parser, with the name that diagnostics show for it."""

    __slots__ = ("_line_starts", "name", "text")

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name
        self._line_starts: list[int] | None = None

    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        if self._line_starts is None:
            starts = [0]
            starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
            self._line_starts = starts
        return self._line_starts

    def line_of(self, offset: int) -> int:
        """The index, from 0, of the line that holds the offset."""
        return bisect_right(self.line_starts(), offset) - 1

    def line(self, index: int) -> str:
        """The text of a line, by its index from 0, without its line end."""
        starts = self.line_starts()
        end = starts[index + 1] - 1 if index + 1 < len(starts) else len(self.text)
        return self.text[starts[index] : end].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """The span from start up to, not including, end."""
        return Span(start, end, self)


class Span:
    """A stretch of a source: from start up to, not including, end, in characters."""

    __slots__ = ("end", "source", "start")

    def __init__(self, start: int, end: int, source: Source) -> None:
        self.start = start
        self.end = end
        self.source = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {self.text!r})"

    def _key(self) -> tuple[int, int, int]:
        return self.start, self.end, id(self.source)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of the other."""
        return Span(self.start, other.end, self.source)

    def after(self) -> Span:
        """The empty span right behind this one: where something is missing."""
        return Span(self.end, self.end, self.source)

    def replaced(self, new: str) -> str | None:
        """The line that it stands in, with something else in its place; None where there is no program."""
        source = self.source
        if not source.text:
            return None
        starts = source.line_starts()
        first, last = starts[source.line_of(self.start)], source.line_of(max(self.start, self.end - 1))
        end = starts[last] + len(source.line(last))
        return (source.text[first : self.start] + new + source.text[self.end : max(end, self.end)]).strip()

    def line_and_column(self) -> tuple[int, int]:
        """Line and column of the start, both counted from 1."""
        line = self.source.line_of(self.start)
        return line + 1, self.start - self.source.line_starts()[line] + 1


NOWHERE = Span(0, 0, Source(""))
"""The span of what no program wrote, such as a default value."""
