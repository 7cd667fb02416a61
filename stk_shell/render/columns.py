"""Which columns of a table are shown, and how wide: the table has to fit the screen, and nothing is dropped unsaid."""

from __future__ import annotations

import datetime
import re

from stk_shell.model.struct import Struct
from stk_shell.model.values import Record, Value
from stk_shell.render.cells import cell
from stk_shell.render.width import clip, display_width

SUPPORTING = (
    *("is_revoked", "type_enum", "description", "updated", "type_name", "table_name_uu_json"),
    *("revoked", "processed", "is_processed", "is_valid", "search_key", "entity", "created_by", "updated_by"),
    *("type_uu", "stk_entity_uu", "created_by_uu", "updated_by_uu", "table_name"),
)
"""The columns of a record of the store that only support the others, in the order in which room is given to them."""

OWN = ("record_json", "created", "logged", "sealed_as_of", "uu")
"""The columns of a record of the store that come after those that somebody has added to it; its name comes first.

So does its uu where there is no `created`: findings and what waits in the spool tell by it which event is meant.
"""

BESIDE_MATCH = ("record_json", "uu")
"""What only supports as well where a column `match` shows the part of the record that matters."""

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z")
UUID_START = 13
"""The characters of a uu that a narrow table shows at least: those of a version 7 uuid hold the millisecond."""

NARROWEST = 12
"""What a column of text is not cut below, unless it stands alone."""

PADDING = 3
"""What a column takes beside its text: a blank on each side and a border."""


class Column(Struct):
    """A column with the text of its cells. It can shrink from its natural width down to `least`."""

    name: str
    texts: tuple[str, ...]
    natural: int
    least: int
    numeric: bool = False
    is_uu: bool = False

    def clipped(self, width: int) -> list[str]:
        """The texts in that width; the beginning of a uu stands for it, so it gets no ellipsis."""
        return [text[:width] if self.is_uu else clip(text, width) for text in self.texts]


class Layout(Struct):
    """The columns that are shown with their widths, in their order, and the names of those that are not."""

    shown: tuple[tuple[Column, int], ...]
    hidden: tuple[str, ...]


def measure(rows: list[Record], limit: int) -> list[Column]:
    """The columns of the rows, in order of appearance; `limit` is the longest text that could be shown."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [column_of(name, [row.get(name) for row in rows], limit) for name in names]


def column_of(name: str, values: list[Value], limit: int) -> Column:
    """The column of these values; `limit` is the longest text that could be shown."""
    texts = tuple(cell(value, limit) for value in values)
    widest = max(map(display_width, texts), default=0)
    natural = max(widest, display_width(name))
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, str) and UUID.match(value) for value in present):
        least = min(natural, max(_unique_start(texts), display_width(name)))
        return Column(name, texts, natural, least, is_uu=True)
    numeric = bool(present) and all(
        isinstance(value, (int, float)) and not isinstance(value, bool) for value in present
    )
    fixed = bool(present) and all(isinstance(value, (int, float, datetime.datetime)) for value in present)
    return Column(name, texts, natural, natural if fixed else min(natural, NARROWEST), numeric)


def _unique_start(texts: tuple[str, ...]) -> int:
    """How many characters tell all the uus apart, not less than `UUID_START`."""
    distinct = set(texts)
    lengths: list[int] = [UUID_START, 18, 23, *range(24, 36)]
    for length in lengths:
        if len({text[:length] for text in distinct}) == len(distinct):
            return length
    return 36


def fit(columns: list[Column], width: int) -> Layout:
    """The layout for a table of `width` columns, borders included; 0 is no limit."""
    if width == 0:
        return Layout(tuple((column, column.natural) for column in columns), ())
    room = width - 1
    shown = _chosen(columns, room) or _only_first(columns, room)
    widths = _widths(shown, room)
    layout = tuple((column, widths[column.name]) for column in columns if column in shown)
    return Layout(layout, tuple(column.name for column in columns if column not in shown))


def _chosen(columns: list[Column], room: int) -> list[Column]:
    """Columns by importance, as many as fit. What only supports must leave the texts before it a third of the room."""
    first, supporting = _by_importance(columns)
    chosen: list[Column] = []
    for column in first:
        if _needed([*chosen, column], 0) <= room:
            chosen.append(column)
    for column in supporting:
        if _needed([*chosen, column], room // 3) <= room:
            chosen.append(column)
    return chosen


def _by_importance(columns: list[Column]) -> tuple[list[Column], list[Column]]:
    """Those that matter and those that only support them, each the most important first."""
    if all(column.name != "uu" for column in columns):
        return columns, []
    lesser = (*BESIDE_MATCH, *SUPPORTING) if any(column.name == "match" for column in columns) else SUPPORTING
    supporting = [column for column in columns if column.name in lesser]
    supporting.sort(key=lambda column: lesser.index(column.name))
    first = [column for column in columns if column.name not in lesser]
    naming = ("name",) if any(column.name == "created" for column in columns) else ("name", "uu")
    first.sort(key=lambda column: 0 if column.name in naming else 2 if column.name in OWN else 1)
    return first, supporting


def _needed(columns: list[Column], comfort: int) -> int:
    """The room that the columns need, with texts at no less than `comfort` where they are that long."""
    widths: list[int] = [column.least if column.is_uu else _least(column, comfort) for column in columns]
    return sum(widths) + PADDING * len(columns)


def _least(column: Column, comfort: int) -> int:
    return max(column.least, min(column.natural, comfort))


def _only_first(columns: list[Column], room: int) -> list[Column]:
    first = columns[0]
    return [first.replace(natural=max(room - PADDING, 1), least=max(room - PADDING, 1))]


def _widths(columns: list[Column], room: int) -> dict[str, int]:
    """Least widths first; what is left goes to texts, the nearest to complete first, and then to uus."""
    widths = {column.name: column.least for column in columns}
    left = room - sum(PADDING + column.least for column in columns)
    growing = sorted(columns, key=lambda column: (column.is_uu, column.natural - column.least))
    for at, column in enumerate(growing):
        same = [other for other in growing[at:] if other.is_uu == column.is_uu]
        more = min(column.natural - column.least, left // len(same))
        if column.is_uu and more < column.natural - column.least:
            continue
        widths[column.name] += more
        left -= more
    return widths
