"""Values as tables: a list of records as rows and columns, one record down the page, a list of scalars by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stk_shell.model.text import counted, plain
from stk_shell.model.values import Record, Value
from stk_shell.render.cells import cell, harmless
from stk_shell.render.columns import PADDING, Column, Layout, fit, measure
from stk_shell.render.palette import PLAIN, Palette
from stk_shell.render.width import clip, display_width, wrap

HEADER_LINE = str.maketrans("╭┬╮", "├┼┤")
HIDDEN = "hidden at this width"
COUNT_FROM = 25
"""The number of rows from which on a table says how many it has."""
MOST_NUMBERS = 10
"""How many rows are told by their number."""
MOST_INNER, FIRST_INNER, LAST_INNER = 6, 3, 2
"""How many rows a table in a record may have to be written out whole, else how many at its beginning and its end."""
INNER_GAP = 2
"""The blanks between the columns of such a table."""


class Tables:
    """Renders values for one width (0 for no limit) and palette."""

    def __init__(self, width: int, palette: Palette = PLAIN) -> None:
        self.width = width
        self.palette = palette

    def render(self, value: Value) -> str:
        """The value as a table, or as a line where it is a single thing. Null is the empty text."""
        if isinstance(value, list):
            return self.rows(value)
        if isinstance(value, dict):
            return self.record(value)
        return harmless(value) if isinstance(value, str) else cell(value)

    def rows(self, rows: Sequence[Value]) -> str:
        """A list: a table where all of it are records, else each item by its number."""
        if not rows:
            return "no rows"
        return self.table([row for row in rows if isinstance(row, dict)]) if are_records(rows) else self.items(rows)

    def table(self, records: list[Record]) -> str:
        """Records as rows, with a number before each and a line of what had no room behind them."""
        index_width = len(str(len(records) - 1))
        room = max(self.width - index_width - PADDING, 1) if self.width else 0
        layout = fit(measure(records, self.limit()), room)
        lines = [[self.palette.paint("header", head) for head in self.heads(layout)]]
        texts = [column.clipped(width) for column, width in layout.shown]
        lines += [[self.palette.paint("index", str(at)), *cells] for at, cells in enumerate(zip(*texts, strict=True))]
        aligned = ["right", *("right" if column.numeric else "left" for column, _ in layout.shown)]
        box = boxed(lines, aligned, header=True)
        missing = {"revoked": _revoked(records, layout), HIDDEN: layout.hidden}
        return "\n".join([box, *self.footer(len(records), noun(records), missing)])

    def heads(self, layout: Layout) -> list[str]:
        """The first line: the names of the columns."""
        return ["#", *(_head(column, width) for column, width in layout.shown)]

    def footer(self, count: int, noun: str, missing: Mapping[str, Sequence[str]]) -> list[str]:
        """How many rows there are, and the columns that are not there, by the reason."""
        parts = [f"{counted(count)} {noun}{'' if count == 1 else 's'}"]
        parts += [f"{reason}: {', '.join(map(cell, names))}" for reason, names in missing.items() if names]
        if len(parts) == 1 and count < COUNT_FROM:
            return []
        # The name of a column may end with blanks, which would go on in a line of their own.
        text = " · ".join(parts).rstrip()
        lines = wrap(text, self.width) if self.width else [text]
        return [self.palette.paint("note", line) for line in lines]

    def record(self, record: Record) -> str:
        """A record: a line for each name; long values are wrapped, not cut, but for tables."""
        if not record:
            return "empty record"
        names = [cell(name, self.limit()) for name in record]
        widest = max(map(display_width, names))
        if self.width:
            widest = min(widest, max(self.width // 3, 1))
        room = self.width - widest - 2 * PADDING - 1 if self.width else 0
        lines = [
            [self.palette.paint("index", clip(name, widest)), self.wrapped(value, room)]
            for name, value in zip(names, record.values(), strict=True)
        ]
        return boxed(lines, ["left", "left"], header=False)

    def items(self, items: Sequence[Value]) -> str:
        """A list of anything, numbered."""
        index_width = len(str(len(items) - 1))
        room = max(self.width - index_width - 2 * PADDING - 1, 1) if self.width else 0
        lines = [
            [self.palette.paint("index", str(at)), clip(text, room) if room else text]
            for at, text in enumerate(cell(item, self.limit()) for item in items)
        ]
        numeric = all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items)
        return boxed(lines, ["right", "right" if numeric else "left"], header=False)

    def wrapped(self, value: Value, room: int) -> str:
        """A value in lines that fit; a text keeps its own.

        A narrow table is written out; wider ones, and groups of them, are counted where they need several lines.
        """
        if room and isinstance(value, list) and are_records(value) and (text := self.inner(value, room)):
            return text
        if room and isinstance(value, (list, dict)) and display_width(cell(value, 2 * room)) > room:
            value = _counted(value)
        text = harmless(value).replace("\t", "    ") if isinstance(value, str) else cell(value)
        return "\n".join(wrap(text, room)) if room else text

    def inner(self, rows: list[Value], room: int) -> str | None:
        """A table as lines without borders, its middle left out if it is long; None where it has not enough room."""
        is_long = len(rows) > MOST_INNER
        shown = [*rows[:FIRST_INNER], *rows[-LAST_INNER:]] if is_long else rows
        columns = measure([row for row in shown if isinstance(row, dict)], self.limit())
        if sum(column.natural + INNER_GAP for column in columns) - INNER_GAP > room:
            return None
        texts = [column.clipped(column.natural) for column in columns]
        lines = [self.palette.paint("header", _aligned(columns, [_head(each, each.natural) for each in columns]))]
        lines += [_aligned(columns, cells) for cells in zip(*texts, strict=True)]
        if is_long:
            left_out = f"… {counted(len(rows) - len(shown))} more rows"
            lines.insert(1 + FIRST_INNER, self.palette.paint("note", clip(left_out, room)))
        return "\n".join(lines)

    def limit(self) -> int:
        """The longest text that can be shown in a line."""
        return 2 * self.width if self.width else 1_000_000


def _aligned(columns: Sequence[Column], texts: Sequence[str]) -> str:
    """The cells of one row under each other with those of the others."""
    cells = []
    for column, text in zip(columns, texts, strict=True):
        blanks = " " * (column.natural - display_width(text))
        cells.append(f"{blanks}{text}" if column.numeric else f"{text}{blanks}")
    return (" " * INNER_GAP).join(cells).rstrip()


def _counted(value: Value) -> Value:
    """A table, and each one of a group of tables, as the number of its rows; any other value as it is."""
    if isinstance(value, list) and are_records(value):
        return f"[table {counted(len(value))} row{'' if len(value) == 1 else 's'}]"
    if (
        isinstance(value, dict)
        and value
        and all(isinstance(item, list) and are_records(item) for item in value.values())
    ):
        return {name: _counted(item) for name, item in value.items()}
    return value


def _revoked(records: Sequence[Record], layout: Layout) -> list[str]:
    """The numbers of revoked records where the column that says so has no room."""
    if "is_revoked" not in layout.hidden:
        return []
    numbers = [str(at) for at, record in enumerate(records) if record.get("is_revoked") is True]
    return numbers if len(numbers) <= MOST_NUMBERS else [*numbers[:MOST_NUMBERS], "…"]


def _head(column: Column, width: int) -> str:
    return clip(cell(column.name), width)


OF_TABLES = {"stk_event": "event", "stk_request": "request", "stk_tag": "tag"}
"""What a row is called that says which table it is from."""


def are_records(rows: Sequence[Value]) -> bool:
    """Whether the rows make a table: all of them are records, and there is a column."""
    return all(isinstance(row, dict) for row in rows) and any(rows)


def noun(rows: Sequence[Value]) -> str:
    """What a row is called."""
    first = rows[0]
    if not isinstance(first, dict) or "record_json" not in first or "created" not in first:
        return "row"
    return OF_TABLES.get(plain(first.get("table_name", "stk_event")), "row")


def boxed(lines: list[list[str]], aligned: list[str], *, header: bool) -> str:
    """The lines in rounded borders."""
    # Most programs show no table, and this import takes longer than all of theirs.
    from tabulate import tabulate

    text: str = tabulate(
        lines, tablefmt="rounded_outline", colalign=aligned, disable_numparse=True, preserve_whitespace=True
    )
    if not header:
        return text
    border, head, rest = text.split("\n", 2)
    return "\n".join((border, head, border.translate(HEADER_LINE), rest))
