"""A listing of any length as one table: laid out by its first rows, written as the rows come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stk_shell.model.values import Value
from stk_shell.render.columns import NARROWEST, PADDING, Column, column_of, fit, measure
from stk_shell.render.palette import Palette
from stk_shell.render.table import HIDDEN, Tables, are_records, boxed, noun
from stk_shell.render.width import display_width

PAGE = 1000
"""The rows that decide the layout, and that are written at once."""

INDEX_WIDTH = 6
"""The digits of row numbers that there is room for: nobody knows how many rows will come."""

HEADROOM = 3
"""The characters by which later texts and numbers may be longer: those that count the rows are."""

ROOM = 24
"""The width that columns of texts get, as far as there is room, where few rows decide it."""

LATE_NAMES = 10
"""How many columns that only later rows have are named."""


class Pages:
    """The lines of one table in pieces, as its rows come."""

    def __init__(self, rows: Iterable[Value], width: int, palette: Palette) -> None:
        """`width` 0 is no limit."""
        self._rows = iter(rows)
        self._width = width
        self._palette = palette
        self._held: list[Value] = []
        self._table: LongTable | None = None
        self._count = 0
        self.is_slow = False
        """Whether it is shown row by row, as they come."""

    def __iter__(self) -> Iterator[str]:
        for row in self._rows:
            if len(self._held) == PAGE:
                yield self._laid_out()
            self._held.append(row)
        if self._table is None:
            yield Tables(self._width, self._palette).render(self._held)
            return
        if self._held:
            yield self._laid_out()
        yield self._table.end(self._count)

    def so_far(self) -> str:
        """What has come and was not given yet: nobody knows how long the next row takes.

        If it is the beginning, these rows decide the layout, and leave room for others.
        """
        self.is_slow = True
        return self._laid_out() if self._held else ""

    def end(self) -> str:
        """The end of a table that somebody stops."""
        return self._table.end(self._count) if self._table is not None else ""

    @property
    def has_begun(self) -> bool:
        """Whether a part of it was given."""
        return self._table is not None

    def _laid_out(self) -> str:
        rows, count = self._held, self._count
        self._held, self._count = [], count + len(rows)
        if self._table is None:
            self._table = LongTable(rows, self._width, self._palette, may_grow=self.is_slow)
            return self._table.beginning(rows)
        return "\n".join(self._table.lines(rows, count))


def pages(rows: Iterable[Value], width: int, palette: Palette) -> Iterator[str]:
    """The lines of one table in pieces; `width` 0 is no limit."""
    return iter(Pages(rows, width, palette))


class LongTable:
    """A table whose columns keep the widths that its first rows decide."""

    def __init__(self, first: list[Value], width: int, palette: Palette, *, may_grow: bool = False) -> None:
        """Where later rows `may_grow`, texts get more room than these few need, and records what is left."""
        self.tables = Tables(width, palette)
        self.palette = palette
        self.has_header = are_records(first)
        self.noun = noun(first)
        room = max(width - INDEX_WIDTH - PADDING, 1) if width else 0
        rows = [row if self.has_header and isinstance(row, dict) else {"": row} for row in first]
        columns = [_roomy(column) for column in measure(rows, self.tables.limit())]
        if may_grow:
            nested = {name for row in rows for name, value in row.items() if isinstance(value, (dict, list))}
            columns = [_growing(column, room if column.name in nested else ROOM) for column in columns]
        self.layout = fit(columns if self.has_header else [_filling(columns[0], room)], room)
        self.names = {column.name for column in columns}
        self.late: dict[str, None] = {}

    def beginning(self, rows: Sequence[Value]) -> str:
        """The upper border, the names of the columns, and the first rows."""
        text = self.box(rows, 0)
        return "\n".join(text[:-1] if self.has_header else [text[0], *text[2:-1]])

    def lines(self, rows: Sequence[Value], start: int) -> list[str]:
        """Further rows; the first of them gets the number `start`."""
        for row in rows:
            if self.has_header and isinstance(row, dict) and len(self.late) <= LATE_NAMES:
                self.late.update((name, None) for name in row if name not in self.names)
        return self.box(rows, start)[3 if self.has_header else 2 : -1]

    def end(self, count: int) -> str:
        """The lower border, and what there is to say."""
        late = [*self.late][:LATE_NAMES] + ["…"] * (len(self.late) > LATE_NAMES)
        missing = {HIDDEN: self.layout.hidden, "only in later rows": late}
        footer = self.tables.footer(count, self.noun, missing)
        return "\n".join([self.box([], 0)[-1], *footer])

    def box(self, rows: Sequence[Value], start: int) -> list[str]:
        """The rows in borders, under a first line that is as wide as all columns."""
        index = [self.palette.paint("index", _number(start + at)) for at in range(len(rows))]
        cells = zip(index, *self.columns(rows), strict=True)
        aligned = ["right", *("right" if column.numeric else "left" for column, _ in self.layout.shown)]
        lines = [[self.palette.paint("header", head) for head in self.heads(aligned)], *map(list, cells)]
        return boxed(lines, aligned, header=self.has_header).split("\n")

    def heads(self, aligned: list[str]) -> list[str]:
        """The names of the columns, each as wide as its column."""
        heads = self.tables.heads(self.layout)
        widths = [INDEX_WIDTH, *(width for _, width in self.layout.shown)]
        blanks = [" " * (width - display_width(head)) for head, width in zip(heads, widths, strict=True)]
        return [
            blank + head if side == "right" else head + blank
            for head, blank, side in zip(heads, blanks, aligned, strict=True)
        ]

    def columns(self, rows: Sequence[Value]) -> list[list[str]]:
        """The texts of the shown columns; what is no record stands in the first."""
        result = []
        for at, (column, width) in enumerate(self.layout.shown):
            values = [
                row.get(column.name) if self.has_header and isinstance(row, dict) else None if at else row
                for row in rows
            ]
            found = column_of(column.name, values, self.tables.limit())
            result.append(found.clipped(width) if self.tables.width else [*found.texts])
        return result


def _roomy(column: Column) -> Column:
    if column.is_uu:
        return column
    least = column.least + HEADROOM if column.numeric else column.least
    return column.replace(natural=column.natural + HEADROOM, least=least)


def _growing(column: Column, natural: int) -> Column:
    """A column that gets this width if there is room; one of dates has the same in each row."""
    if column.is_uu or column.numeric:
        return column
    return column.replace(natural=column.least if column.least > NARROWEST else max(column.natural, natural))


def _filling(column: Column, room: int) -> Column:
    """A single column of texts has all the room: later ones may be longer."""
    return column if column.numeric else column.replace(natural=max(column.natural, room - PADDING - 1))


def _number(index: int) -> str:
    text = str(index)
    return text if len(text) <= INDEX_WIDTH else f"…{text[1 - INDEX_WIDTH :]}"
