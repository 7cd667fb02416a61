"""A table that one moves about in: rows as they are wanted, a cursor, an order, a search. Nothing here draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from stk_shell.model.compare import sort_key
from stk_shell.model.stream import Data, TextStream, is_list_like, iterate
from stk_shell.model.values import Record, Value
from stk_shell.render.cells import cell, visible

MOST = 100_000
"""How many rows are looked at in all: sorting and searching need them at once."""

AHEAD = 200
"""How many rows decide which columns there are to begin with."""

SEARCHED = 10_000
"""How many characters of a cell are searched."""


class Rows:
    """Rows that are pulled when somebody looks at them."""

    def __init__(self, source: Iterable[Value]) -> None:
        self._source: Iterator[Value] = islice(source, MOST)
        self.loaded: list[Value] = []
        self.complete = False

    def load(self, count: int) -> None:
        """Pull rows until there are so many, or no more."""
        if not self.complete and len(self.loaded) < count:
            self.loaded += islice(self._source, count - len(self.loaded))
            self.complete = len(self.loaded) < count

    def load_all(self) -> None:
        """Pull all rows, up to the bound."""
        self.loaded += self._source
        self.complete = True


class Grid:
    """What is looked at: a table, a list, a record as names and values, or a text as its lines."""

    def __init__(self, value: Data, title: str) -> None:
        self.title = title
        self.row = self.column = self.top = self.left = 0
        self.order: list[int] | None = None
        self.sorted_by: tuple[str, bool] | None = None
        """The column that decides the order, and whether the largest comes first."""
        self.numbered = is_list_like(value)
        self.rows = Rows(_rows(value))
        self.rows.load(AHEAD)
        self.names: list[str] = []
        self._named = 0
        self._learn()

    def _learn(self) -> None:
        """Take up the columns that rows have which have come since."""
        for row in self.rows.loaded[self._named :]:
            for name in row if isinstance(row, dict) else ("value",):
                if name not in self.names:
                    self.names.append(name)
        self._named = len(self.rows.loaded)

    def page(self, height: int) -> list[tuple[int, Value]]:
        """The rows that are on the screen, each with its number."""
        self.rows.load(self.top + height + 1)
        self._learn()
        end = min(self.top + height, len(self.rows.loaded))
        return [(number, self.rows.loaded[number]) for number in map(self._number, range(self.top, end))]

    def _number(self, at: int) -> int:
        return at if self.order is None else self.order[at]

    def value(self, row: Value, name: str) -> Value:
        """The cell of a row."""
        if isinstance(row, dict):
            return row.get(name)
        return row if name == "value" else None

    @property
    def current_row(self) -> Value:
        """The row under the cursor; null where there is none."""
        if not self.rows.loaded:
            return None
        return self.rows.loaded[self._number(self.row)]

    @property
    def current(self) -> Value:
        """The cell under the cursor."""
        return self.value(self.current_row, self.names[self.column]) if self.names else None

    def move(self, rows: int, columns: int = 0) -> None:
        """Move the cursor, as far as there is something."""
        self.rows.load(self.row + max(rows, 0) + 1)
        self._learn()
        self.row = min(max(self.row + rows, 0), max(len(self.rows.loaded) - 1, 0))
        self.column = min(max(self.column + columns, 0), max(len(self.names) - 1, 0))

    def go_to(self, row: int) -> None:
        """Move the cursor to a row; -1 is the last one."""
        if row < 0:
            self.rows.load_all()
            row = len(self.rows.loaded) - 1
        self.row = max(row, 0)

    def sort(self) -> None:
        """Order by the current column; a second time, the largest first; a third time, as the rows came."""
        if not self.names:
            return
        name = self.names[self.column]
        if self.sorted_by == (name, True):
            self.order = self.sorted_by = None
        else:
            self.sorted_by = (name, self.sorted_by == (name, False))
            self._put_in_order(*self.sorted_by)
        self.row = self.top = 0

    def _put_in_order(self, name: str, reverse: bool) -> None:  # noqa: FBT001
        self.rows.load_all()
        self._learn()
        loaded = self.rows.loaded
        self.order = sorted(range(len(loaded)), key=lambda at: sort_key(self.value(loaded[at], name)), reverse=reverse)

    def find(self, text: str, step: int) -> bool:
        """Move the cursor to the next cell (or, with a step of -1, the one before) that holds the text, in any case."""
        self.rows.load_all()
        self._learn()
        wanted, width = text.casefold(), max(len(self.names), 1)
        cells = len(self.rows.loaded) * width
        here = self.row * width + self.column
        for distance in range(1, cells + 1):
            row, column = divmod((here + step * distance) % cells, width)
            value = self.value(self.rows.loaded[self._number(row)], self.names[column])
            if wanted in cell(value, SEARCHED).casefold():
                self.row, self.column = row, column
                return True
        return False

    def opened(self) -> Grid | None:
        """What is inside the current cell, if it holds more than one line shows."""
        value = self.current
        if not isinstance(value, (dict, list, str)) or not value:
            return None
        name = self.names[self.column]
        at = f"{self._number(self.row)}." if self.numbered else ""
        if not self.numbered and isinstance(self.current_row, dict):
            name = str(self.current_row.get("name", name))
        return Grid(value, f"{self.title} › {at}{visible(name)}")


def _rows(value: Data) -> Iterable[Value]:
    if isinstance(value, TextStream):
        value = value.read()
    if isinstance(value, dict):
        fields: list[Value] = [_field(name, item) for name, item in value.items()]
        return fields
    if isinstance(value, str):
        return value.split("\n")
    return iterate(value)


def _field(name: str, item: Value) -> Record:
    return {"name": name, "value": item}
