"""Tables as Parquet, written and read by pyarrow a group of rows at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from stk_shell.commands.files._paths import failure
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, iterate
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Record, Value
from stk_shell.render.json_text import to_json

if TYPE_CHECKING:
    import pyarrow as pa

Convert: TypeAlias = "Callable[[Value], Value]"

BATCH = 1000
"""How many rows are converted at once. The first ones say which columns there are, and of which type."""

GROUP = 1 << 22
"""The bytes from which on the rows that wait are written as a group: a file is read group by group as well."""

NUMBERS = frozenset({int, float})
NESTED = frozenset({dict, list})


class Column:
    """A column of a file: the type of its cells, those of ours that fit, and how they are converted before."""

    def __init__(self, name: str, kinds: set[type], arrow: ModuleType) -> None:
        """`kinds` are the types of the first cells, but for null."""
        self.name = name
        self.fitting: frozenset[type] | None = frozenset(kinds)
        self.convert: Convert | None = None
        if kinds == {bool}:
            self.type = arrow.bool_()
        elif kinds in ({int}, {Filesize}):
            self.type = arrow.int64()
        elif kinds and kinds <= NUMBERS:
            self.type, self.fitting = arrow.float64(), NUMBERS
        elif kinds == {datetime.datetime}:
            self.type = arrow.timestamp("us", tz="UTC")
        elif kinds == {Duration}:
            self.type = arrow.duration("ns")
        elif kinds == {bytes}:
            self.type = arrow.binary()
        else:
            self.type, self.fitting = arrow.string(), None
            self.convert = _json if kinds & NESTED else _text

    def array(self, cells: list[Value], arrow: ModuleType) -> pa.Array:
        """The cells.

        Raises:
            RunError: one of them is of another type.
        """
        if self.convert is not None:
            cells = [self.convert(cell) for cell in cells]
        elif self.fitting is not None and not (self.fitting | {type(None)}).issuperset(map(type, cells)):
            odd = next(cell for cell in cells if cell is not None and type(cell) not in self.fitting)
            headline = f"column `{self.name}` holds {article(odd)}, and something else in the rows before"
            hint = f"`update {self.name} {{ into string }}` makes texts of all."
            raise RunError(headline, "cant_convert", help=hint)
        return arrow.array(cells, type=self.type)


def _text(cell: Value) -> Value:
    return cell if isinstance(cell, str) else _json(cell)


def _json(cell: Value) -> Value:
    return None if cell is None else to_json(cell)


def write(data: Data, file: IO[bytes], place: Span) -> None:
    """Write a table.

    Raises:
        RunError: the data is none, or pyarrow is not installed.
    """
    arrow, parquet = _library(place)
    batches = _batches(data)
    first = next(batches, [])
    names = dict.fromkeys(name for row in first for name in row)
    columns = [Column(name, {type(row[name]) for row in first if row.get(name) is not None}, arrow) for name in names]
    schema = arrow.schema([(column.name, column.type) for column in columns])
    with parquet.ParquetWriter(file, schema) as writer:
        waiting: list[pa.RecordBatch] = []
        for rows in chain([first] if first else [], batches):
            waiting.append(_batch(rows, columns, schema, arrow))
            if sum(batch.nbytes for batch in waiting) > GROUP:
                writer.write_table(arrow.Table.from_batches(waiting))
                waiting.clear()
        if waiting:
            writer.write_table(arrow.Table.from_batches(waiting))


def _batches(data: Data) -> Iterator[list[Record]]:
    """The rows by the thousand.

    Raises:
        RunError: one of them is no record.
    """
    rows, at = iterate(data), 0
    while found := list(islice(rows, BATCH)):
        yield [_checked(row, at + index) for index, row in enumerate(found)]
        at += len(found)


def _checked(row: Value, at: int) -> Record:
    if isinstance(row, dict):
        return row
    raise RunError(
        f"Parquet is for tables: item {at} is {article(row)}",
        "only_supports_this_input_type",
        help="`wrap` makes a column of values; JSON, as of `to json`, takes any value.",
    )


def _batch(rows: list[Record], columns: list[Column], schema: pa.Schema, arrow: ModuleType) -> pa.RecordBatch:
    known = {column.name for column in columns}
    extra = next((name for row in rows if not row.keys() <= known for name in row if name not in known), None)
    if extra is not None:
        headline = f"a row has the column `{extra}`, which the first {BATCH} rows lack"
        raise RunError(headline, "unsupported_input", help="`select` the columns to write.")
    arrays = [column.array([row.get(column.name) for row in rows], arrow) for column in columns]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def read(path: str, place: Span) -> Stream:
    """The rows of a file, as they are needed.

    Raises:
        RunError: the file cannot be read, is no Parquet, or pyarrow is not installed.
    """
    arrow, parquet = _library(place)
    try:
        with open(path, "rb"):
            file = parquet.ParquetFile(path)
    except OSError as error:
        raise failure(error, path, place) from None
    except arrow.ArrowException:
        raise RunError(f"`{path}` holds no Parquet", "cant_convert", (Label(place, "this file"),)) from None
    return Stream.of_batches(_rows(file, path, place, arrow))


def _rows(file: Any, path: str, place: Span, arrow: ModuleType) -> Iterator[list[Value]]:
    with file:
        try:
            for batch in file.iter_batches(BATCH):
                cells = [_cells(column, arrow) for column in batch.columns]
                names = batch.schema.names
                yield [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]
        except (arrow.ArrowException, OSError, ValueError) as error:
            label = Label(place, str(error).partition("\n")[0])
            raise RunError(f"`{path}` cannot be read to its end", "cant_convert", (label,)) from None


def _cells(column: Any, arrow: ModuleType) -> Iterable[Value]:
    """The cells of a column as values of ours."""
    kind = column.type
    if arrow.types.is_duration(kind):
        column = column.cast(arrow.duration("ns")).cast(arrow.int64())
        return [None if cell is None else Duration(cell) for cell in column.to_pylist()]
    if arrow.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(arrow.timestamp("us", tz=kind.tz), safe=False)
    return [_value(cell) for cell in column.to_pylist()]


def _value(cell: Any) -> Value:
    if cell is None or type(cell) in (str, bool, float, bytes):
        return cell  # type: ignore[no-any-return]
    if isinstance(cell, int):
        return cell if INT_MIN <= cell <= INT_MAX else float(cell)
    if isinstance(cell, datetime.datetime):
        return cell.replace(tzinfo=cell.tzinfo or datetime.UTC)
    if isinstance(cell, datetime.date):
        return datetime.datetime(cell.year, cell.month, cell.day, tzinfo=datetime.UTC)
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, dict):
        return {str(name): _value(inner) for name, inner in cell.items()}
    return [_value(inner) for inner in cell] if isinstance(cell, (list, tuple)) else str(cell)


def _library(place: Span) -> tuple[ModuleType, ModuleType]:
    """pyarrow, and the part of it that is for Parquet.

    Raises:
        RunError: it is not installed.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise RunError(
            "Parquet is written and read by pyarrow, which is not installed here",
            "missing_extra",
            (Label(place, "needs pyarrow"),),
            "pip install 'stk-shell[parquet]'",
        ) from None
    return arrow, parquet
