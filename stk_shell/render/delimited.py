"""Tables as text with a separator: CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from stk_shell.model.conform import article
from stk_shell.model.errors import RunError
from stk_shell.model.stream import Data, Stream, collect
from stk_shell.model.text import scalar
from stk_shell.model.values import Range, Record, Value
from stk_shell.render.json_text import to_json

NAMES = {",": "CSV", "\t": "TSV"}
"""What the format with each separator is called."""

LOOKAHEAD = 1000
"""The rows whose columns make the header; a stream is not read to its end for it."""


def nested_as_json(value: Value) -> str:
    """A cell: what is nested becomes JSON."""
    return to_json(value) if isinstance(value, (dict, list)) else value if isinstance(value, str) else scalar(value)


def rows_as_text(rows: Iterable[Value], separator: str) -> Iterator[str]:
    """The header and then each row, without line ends. Values that are no records are a line each, without a header.

    Of a list all rows are looked at before the first line, of anything else `LOOKAHEAD` rows.

    Raises:
        RunError: the rows make no table, or a late row has a column that the header lacks.
    """
    first = rows if isinstance(rows, list) else list(islice(rows := iter(rows), LOOKAHEAD))
    later = enumerate([] if isinstance(rows, list) else rows, len(first))
    names = list(dict.fromkeys(name for row in first if isinstance(row, dict) for name in row))
    is_table = any(isinstance(row, dict) for row in first)
    for at, row in enumerate(first):
        _check(at, row, separator, is_table=is_table)
    if is_table:
        yield line(names, separator)
    for at, row in chain(enumerate(first), later):
        _check(at, row, separator, is_table=is_table)
        yield line(_cells(row, names) if isinstance(row, dict) else [nested_as_json(row)], separator)


def _check(at: int, row: Value, separator: str, *, is_table: bool) -> None:
    """Refuse what does not go with the other rows, and lists, which are no row at all."""
    if isinstance(row, dict) is is_table and not isinstance(row, (list, Range)):
        return
    raise RunError(
        f"{NAMES[separator]} is for tables: item {at} of the list is {article(row)}",
        "unsupported_input",
        help="`where` and `select` make a table of it; JSON, as of `to json`, takes any value.",
    )


def _cells(record: Record, names: list[str]) -> list[str]:
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
    # What is in the line terminator gets quotes, in any Python: here a carriage return, too.
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n")


def csv_lines(data: Data) -> Iterator[str]:
    """Comma-separated values."""
    return _lines(data, ",")


def tsv_lines(data: Data) -> Iterator[str]:
    """Tab-separated values."""
    return _lines(data, "\t")


def _lines(data: Data, separator: str) -> Iterator[str]:
    if isinstance(data, (list, Stream, Range)):
        return rows_as_text(data, separator)
    return rows_as_text([collect(data)], separator)
