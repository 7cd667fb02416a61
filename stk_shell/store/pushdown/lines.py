"""Rows as lines of JSON, which the database puts together: making values of them first takes many times as long.

What is written is exactly what would be made of the values. For that, the database marks documents and times with
characters that JSON never has as they are, and they get the form of ours here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from stk_shell.model.operations import JsonLines
from stk_shell.model.source import Declined
from stk_shell.model.stream import Data, Stream, TextStream, iterate
from stk_shell.store.json_values import NOTHING_ATTACHED, SURROGATE
from stk_shell.store.pushdown.cells import BOOL, JSON, TEXT, TIME, UUID, Cell, either
from stk_shell.store.pushdown.documents import Write, compact
from stk_shell.store.pushdown.relation import AT_ONCE, PushedRows, PushedValue, Read, probes

if TYPE_CHECKING:
    from stk_shell.store.connecting import Row

DOCUMENT, TIME_BEGIN, TIME_END = "\x01", "\x02", "\x03"
"""The marks around what is given its form here."""

TIME_TEXT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d+)?\+00")
SHORT_TIME = re.compile(rf"{TIME_BEGIN}(?!\d{{4}}-[-\d :.]{{21}}\+00{TIME_END})([^{TIME_END}]*){TIME_END}")
"""A time without six digits of microseconds, or one that no value of ours can be."""

ATTACHED = f"{DOCUMENT}{NOTHING_ATTACHED}{DOCUMENT}", NOTHING_ATTACHED.replace(" ", "")

MOST_COLUMNS = 45
"""No function of PostgreSQL takes many more arguments than twice that."""


class Unfit(Exception):
    """There are rows of which memory has to decide."""


class PushedLines(PushedValue):
    """A text with a line for each row."""

    operation: JsonLines

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        if self.rows.limit is not None and self.rows.limit <= AT_ONCE:
            raise Declined
        self.line = self._line()

    def _line(self) -> str:
        """The expression that gives a line."""
        cells = self.rows.columns
        if self.rows.scalar:
            return cell_text(self.rows.only)
        if len(cells) > MOST_COLUMNS or any(map(SURROGATE.search, cells)):
            raise Declined
        parts: list[str] = []
        for name, cell in cells.items():
            key = f"{',' if parts else '{'}{json.dumps(name, ensure_ascii=False)}:"
            parts += [f"{self.values.add(key)}::text", cell_text(cell)]
        return f"concat({', '.join(parts)}, '}}')"

    def statement(self) -> str:
        """The SELECT."""
        rows, who = self.rows, self.asker.who()
        doubt = either(rows.doubt, *probes(rows, who))
        return rows.selection([self.line, *([doubt] if doubt else [])], who)

    def value(self) -> Data:
        """The text, as it is pulled."""
        return TextStream(self._from_snapshot() if self.is_doubtful else self._texts(self._stream()), empty="")

    def _from_snapshot(self) -> Iterator[str]:
        with self.asker.snapshot() as read:
            yield from self._texts(read(self.statement(), self.values.given), read)

    def _texts(self, chunks: Generator[Sequence[Row], None, None], read: Read | None = None) -> Iterator[str]:
        """The text as far as there is no doubt; from there on, that of the rows that the stages give."""
        given = 0
        try:
            with closing(chunks):
                for found in chunks:
                    yield self._text(found)
                    given += len(found)
            is_unfit = not given and self.in_doubt([])
        except Unfit:
            is_unfit = True
        if is_unfit:
            yield from self._in_memory_from(given, read)

    def _text(self, found: Sequence[Row]) -> str:
        if self.is_doubtful and any(row[-1] for row in found):
            raise Unfit
        return text_of(found, self.operation.write)

    def _in_memory_from(self, given: int, read: Read | None = None) -> Iterator[str]:
        """The text of what comes behind so many rows, by the stages themselves."""
        *before, write = self.stages
        rows = PushedRows(self.asker, self.rows, self.values, self.whole, tuple(before))
        text = write(Stream(islice(iterate(rows.in_memory(read)), given, None)))
        if isinstance(text, TextStream):
            yield from text.pieces()


def cell_text(cell: Cell) -> str:
    """The expression that gives the JSON of a cell, with marks.

    Raises:
        Declined: that is not known for its kind.
    """
    sql = cell.sql
    if cell.kind in (TEXT, UUID):
        return f"coalesce(to_json({sql}::text)::text, 'null')"
    if cell.kind == BOOL:
        return f"coalesce({sql}::text, 'null')"
    if cell.kind == TIME:
        return f"case when {sql} is null then 'null' else concat(chr(2), {sql}, chr(3)) end"
    if cell.kind == JSON:
        return f"case when {sql} is null then 'null' else concat(chr(1), {sql}, chr(1)) end"
    raise Declined


def text_of(found: Sequence[Row], write: Write) -> str:
    """The lines of rows in their final form.

    Raises:
        Unfit: there is a time that no value can be.
    """
    pieces = "".join([f"{row[0]}\n" for row in found]).replace(*ATTACHED).split(DOCUMENT)
    pieces[1::2] = [compact(document, write) for document in pieces[1::2]]
    text = SHORT_TIME.sub(_time, "".join(pieces))
    return text.replace(f"+00{TIME_END}", ' +00:00"').replace(TIME_BEGIN, '"')


def _time(match: re.Match[str]) -> str:
    """The time with milliseconds or none; PostgreSQL leaves out the last zeros."""
    found = TIME_TEXT.fullmatch(match[1])
    if found is None:
        raise Unfit
    second, fraction = found[1], found[2] or ""
    digits = 0 if not fraction else 4 if len(fraction) < 5 else 7
    return f'"{second}{fraction.ljust(digits, "0")} +00:00"'
