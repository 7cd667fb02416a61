"""Rows as lines of JSON, which the database puts together: making values of them first takes many times as long.

What is written is exactly what would be made of the values. For that, the database puts documents and times between
marks, a character that JSON never has as it is, and they get the form of ours here.
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
from stk_shell.store.pushdown.documents import MARK, Write, compacted
from stk_shell.store.pushdown.relation import AT_ONCE, PushedRows, PushedValue, Read, probes

if TYPE_CHECKING:
    from stk_shell.store.connecting import Row

TIME_TEXT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d+)?")
WHOLE_TIME = len("2026-03-01 12:00:00.123456")

NOTHING_WRITTEN = NOTHING_ATTACHED.replace(" ", "")

MARKED = (JSON, TIME)
"""The kinds of cells that get their form here."""

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
        self.marked = tuple(cell.kind for cell in self.rows.columns.values() if cell.kind in MARKED)
        self.line = self._line()

    def _line(self) -> str:
        """The expression that gives a line."""
        cells = self.rows.columns
        if self.rows.scalar:
            mark = self.values.add(MARK if self.marked else "")
            return f"concat({mark}::text, {cell_text(self.rows.only)}, {mark}::text, chr(10))"
        if len(cells) > MOST_COLUMNS or any(map(SURROGATE.search, cells)):
            raise Declined
        parts, before = list[str](), "{"
        for name, cell in cells.items():
            mark = MARK if cell.kind in MARKED else ""
            key = f"{before}{json.dumps(name, ensure_ascii=False)}:{mark}"
            parts += [f"{self.values.add(key)}::text", cell_text(cell)]
            before = f"{mark},"
        return f"concat({', '.join(parts)}, {self.values.add(f'{before[:-1]}}}')}::text, chr(10))"

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
        return text_of(found, self.marked, self.operation.write)

    def _in_memory_from(self, given: int, read: Read | None = None) -> Iterator[str]:
        """The text of what comes behind so many rows, by the stages themselves."""
        *before, write = self.stages
        rows = PushedRows(self.asker, self.rows, self.values, self.whole, tuple(before))
        text = write(Stream(islice(iterate(rows.in_memory(read)), given, None)))
        if isinstance(text, TextStream):
            yield from text.pieces()


def cell_text(cell: Cell) -> str:
    """The expression that gives the JSON of a cell, or what it is made of here.

    Raises:
        Declined: that is not known for its kind.
    """
    if cell.kind in (TEXT, UUID):
        return f"coalesce(to_json({cell.sql}::text)::text, 'null')"
    if cell.kind in (BOOL, JSON):
        return f"coalesce({cell.sql}::text, 'null')"
    if cell.kind == TIME:
        # In the session's zone, which is UTC.
        return f"coalesce({cell.sql}::timestamp::text, 'null')"
    raise Declined


def text_of(found: Sequence[Row], marked: Sequence[str], write: Write) -> str:
    """The lines of rows in their final form; `marked` are the kinds of the cells between marks.

    Raises:
        Unfit: there is a time that no value can be.
    """
    pieces = "".join([row[0] for row in found]).split(MARK)
    for at, kind in enumerate(marked):
        place = slice(2 * at + 1, None, 2 * len(marked))
        pieces[place] = (_times if kind == TIME else _documents)(pieces[place], write)
    return "".join(pieces)


def _documents(texts: list[str], write: Write) -> list[str]:
    if texts.count(NOTHING_ATTACHED) == len(texts):
        return [NOTHING_WRITTEN] * len(texts)
    return compacted(texts, write)


def _times(texts: list[str], write: Write) -> list[str]:
    return [f'"{text} +00:00"' if len(text) == WHOLE_TIME and text[4] == "-" else _time(text) for text in texts]


def _time(text: str) -> str:
    """The time with milliseconds or microseconds, or none of them; PostgreSQL leaves out the last zeros."""
    if text == "null":
        return text
    found = TIME_TEXT.fullmatch(text)
    if found is None:
        raise Unfit
    second, fraction = found[1], found[2] or ""
    digits = 0 if not fraction else 4 if len(fraction) < 5 else 7
    return f'"{second}{fraction.ljust(digits, "0")} +00:00"'
