"""Reading tables with a separator: CSV and TSV."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterator

from stk_shell.model.errors import Label, RunError
from stk_shell.model.literals import whole_number
from stk_shell.model.span import Span
from stk_shell.model.stream import Stream, TextStream, pieces_of, without_mark
from stk_shell.model.struct import Struct
from stk_shell.model.values import Value

INT = re.compile(r"[+-]?[0-9]+\Z")
FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z|[+-]?(?i:inf|infinity|nan)\Z")
NUMBER_BEGINS = frozenset("+-.0123456789iInN")


class Trim(Struct):
    """Where blanks around a text are dropped."""

    headers: bool = False
    fields: bool = False


class Dialect(Struct):
    """How a table is read."""

    separator: str = ","
    comment: str | None = None
    quote: str = '"'
    escape: str | None = None
    headers: bool = True
    flexible: bool = False
    infer: bool = True
    trim: Trim = Trim()


def read_rows(
    text: Value | TextStream, dialect: Dialect, place: Span, note: Callable[[str], None] | None = None
) -> Stream:
    """A stream of records. What has come of the text is read at once, and nothing more is waited for.

    `note` is told of a quote that is never closed (as in nushell, it holds all that comes behind it), and of columns
    that share a name.

    Raises:
        RunError: from the stream, where a row is shorter or longer than the first.
    """
    return Stream.of_batches(_Table(text, dialect, place, note).batches())


class _Table:
    def __init__(
        self, text: Value | TextStream, dialect: Dialect, place: Span, note: Callable[[str], None] | None
    ) -> None:
        self.dialect = dialect
        self.note = note
        self.place = place
        self.lines = _Lines(without_mark(pieces_of(text)), dialect.comment)
        # The limit of the library is for all readers of the process, and 128 kB by default.
        csv.field_size_limit(sys.maxsize)
        self.reader = csv.reader(
            self.lines, delimiter=dialect.separator, quotechar=dialect.quote, escapechar=dialect.escape, strict=False
        )
        self.names: list[str] = []
        self.width = 0

    def batches(self) -> Iterator[list[Value]]:
        """The rows, a batch for each piece of the text."""
        batch: list[Value] = []
        to_record = self._record_maker()
        for cells in self._rows():
            if not self.width:
                self._begin(cells)
                if self.dialect.headers:
                    continue
            if len(cells) != self.width and not self.dialect.flexible:
                yield batch
                raise self._ragged(len(cells))
            batch.append(to_record(cells))
            if not self.lines.waiting:
                yield batch
                batch = []
        yield batch

    def _rows(self) -> Iterator[list[str]]:
        """The cells of each row; empty lines are none."""
        try:
            for cells in self.reader:
                self.lines.within_row = False
                if cells:
                    yield cells
        except csv.Error as error:
            raise RunError(f"this is no CSV: {error}", "delimiter_error", (self._label(),)) from None
        if self.lines.is_cut and self.note:
            self.note(f"there is {self._unclosed()}")

    def _begin(self, cells: list[str]) -> None:
        self.width = len(cells)
        if self.dialect.headers:
            self.names = [cell.strip() for cell in cells] if self.dialect.trim.headers else cells
            self._tell_twins()
        self._name(self.width)

    def _tell_twins(self) -> None:
        twin = next((name for at, name in enumerate(self.names) if name in self.names[:at]), None)
        if twin is not None and self.note:
            self.note(f"several columns have the name `{twin}`: the last of them is kept; `--noheaders` reads them all")

    def _name(self, count: int) -> None:
        """Have names for so many cells."""
        self.names += [f"column{at}" for at in range(len(self.names), count)]

    def _record_maker(self) -> Callable[[list[str]], Value]:
        value: Callable[[str], Value] = inferred if self.dialect.infer else str
        trimmed = self.dialect.trim.fields

        def record(cells: list[str]) -> Value:
            if len(cells) > len(self.names):
                self._name(len(cells))
            texts = map(str.strip, cells) if trimmed else cells
            return dict(zip(self.names, map(value, texts), strict=False))

        return record

    def _ragged(self, count: int) -> RunError:
        return RunError(
            f"a row has {count} cell{'' if count == 1 else 's'}, the first one {self.width}",
            "delimiter_error",
            (self._label(),),
            f"There is {self._unclosed()}." if self.lines.is_cut else "`--flexible` takes such rows.",
        )

    def _unclosed(self) -> str:
        return f"a quote in line {self.lines.begun_at} that is never closed: all that comes behind it is one cell"

    def _label(self) -> Label:
        return Label(self.place, f"line {self.lines.number} of the text")


class _Lines:
    """The lines of a text with their ends, for the library's reader. Comments are left out."""

    def __init__(self, pieces: Iterator[str], comment: str | None) -> None:
        self.pieces = pieces
        self.comment = comment
        self.number = 0
        self.within_row = False
        """Whether the next line goes on with a row that has begun, so that it is no comment."""
        self.begun_at = 0
        """The line in which the row has begun."""
        self.is_cut = False
        """Whether the text has ended within a row."""
        self.waiting = 0
        """How many lines have come that nobody has asked for."""

    def __iter__(self) -> Iterator[str]:
        begun: list[str] = []
        for piece in self.pieces:
            begun.append(piece)
            if "\n" in piece or "\r" in piece:
                # A line may end with either or both, whatever system it comes from.
                lines = list(io.StringIO("".join(begun), newline=""))
                # Behind a carriage return at the end, a newline may still come.
                begun = [] if lines[-1].endswith("\n") else [lines.pop()]
                yield from self._wanted(lines)
        if begun:
            yield from self._wanted(["".join(begun)])
        self.is_cut = self.within_row

    def _wanted(self, lines: list[str]) -> Iterator[str]:
        self.waiting = len(lines)
        for line in lines:
            self.waiting -= 1
            self.number += 1
            if self.comment is None or self.within_row or not line.startswith(self.comment):
                if not self.within_row:
                    self.begun_at, self.within_row = self.number, True
                yield line


def inferred(cell: str) -> Value:
    """The number that the cell is, or its text: dates and bools stay texts, as in nushell."""
    if cell and cell[0] in NUMBER_BEGINS:
        if INT.match(cell):
            return whole_number(cell)
        if FLOAT.match(cell):
            return float(cell)
    return cell
