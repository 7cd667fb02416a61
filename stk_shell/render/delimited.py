"""Tables as text with a separator: CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from stk_shell.model.errors import RunError
from stk_shell.model.stream import Data, collect, is_list_like, iterate
from stk_shell.model.text import scalar
from stk_shell.model.values import Value
from stk_shell.render.json_text import to_json

LOOKAHEAD = 1000
"""The rows whose columns make the header; a stream is not read to its end for it."""


def nested_as_json(value: Value) -> str:
    """A cell: what is nested becomes JSON."""
    return to_json(value) if isinstance(value, (dict, list)) else value if isinstance(value, str) else scalar(value)


def rows_as_text(rows: Iterable[Value], separator: str) -> Iterator[str]:
    """The header and then each row, without line ends. What is no record is the only cell of its row.

    Raises:
        RunError: a late row has a column that the header lacks.
    """
    rows = iter(rows)
    first = list(islice(rows, LOOKAHEAD))
    if not any(isinstance(row, dict) for row in first):
        for row in chain(first, rows):
            yield line([nested_as_json(row)], separator)
        return
    names = list(dict.fromkeys(name for row in first if isinstance(row, dict) for name in row))
    yield line(names, separator)
    for row in chain(first, rows):
        yield line(_cells(row, names), separator)


def _cells(row: Value, names: list[str]) -> list[str]:
    record = row if isinstance(row, dict) else {names[0]: row}
    if not record.keys() <= set(names):
        extra = next(name for name in record if name not in names)
        raise RunError(
            f"a row has the column `{extra}`, which the first {LOOKAHEAD} rows lack",
            "unsupported_input",
            help="`select` the columns to write.",
        )
    return [nested_as_json(record.get(name)) for name in names]


def line(cells: list[str], separator: str) -> str:
    """Cells in one line, quoted where they have to be, without the line end."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerow(cells)
    return buffer.getvalue().removesuffix("\n")


def csv_lines(data: Data) -> Iterator[str]:
    """Comma-separated values."""
    return _lines(data, ",")


def tsv_lines(data: Data) -> Iterator[str]:
    """Tab-separated values."""
    return _lines(data, "\t")


def _lines(data: Data, separator: str) -> Iterator[str]:
    return rows_as_text(iterate(data) if is_list_like(data) else [collect(data)], separator)
