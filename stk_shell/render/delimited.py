"""Tables as text with a separator: CSV and TSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from stk_shell.model.conform import article
from stk_shell.model.errors import RunError
from stk_shell.model.stream import Data, Stream, collect
from stk_shell.model.struct import Struct
from stk_shell.model.text import scalar
from stk_shell.model.values import CellPath, Closure, PathMember, Range, Record, Value
from stk_shell.render.json_text import to_json

LOOKAHEAD = 1000
"""The rows whose columns make the header; a stream is not read to its end for it."""

AS_THEY_ARE = (str, int, type(None))
"""What the writer makes the right text of by itself."""


class Layout(Struct):
    """How a table is written.

    A strict one refuses what is nested, which is JSON otherwise, and lists that are no table, which are a line for each
    item otherwise. `names` are the columns where they are settled before the first row is seen. A guarded one has a
    quote before each text that a spreadsheet would take for a formula.
    """

    separator: str = ","
    format: str = "CSV"
    header: bool = True
    strict: bool = False
    names: tuple[str, ...] | None = None
    guard: bool = False


CSV = Layout()
TSV = Layout("\t", "TSV")

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a text begins with that some spreadsheet takes for a formula, or may once it has dropped a blank before one."""

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|inf|NaN)", re.ASCII)
"""What is a number whoever reads it."""


def csv_lines(data: Data) -> Iterator[str]:
    """Comma-separated values."""
    return delimited_lines(data, CSV)


def tsv_lines(data: Data) -> Iterator[str]:
    """Tab-separated values."""
    return delimited_lines(data, TSV)


def guarded_csv_lines(data: Data) -> Iterator[str]:
    """Comma-separated values, in which no text is a formula."""
    return delimited_lines(data, CSV.replace(guard=True))


def guarded_tsv_lines(data: Data) -> Iterator[str]:
    """Tab-separated values, in which no text is a formula."""
    return delimited_lines(data, TSV.replace(guard=True))


def delimited_lines(data: Data, layout: Layout) -> Iterator[str]:
    """The header and then each row, without line ends, as the rows come.

    Of a list all rows are looked at before the first line, of anything else `LOOKAHEAD` rows.

    Raises:
        RunError: the rows make no table, a late row has a column that the header lacks, or a cell is refused.
    """
    rows: Iterable[Value] = data if isinstance(data, (list, Stream, Range)) else [collect(data)]
    first = rows if isinstance(rows, list) else list(islice(rows := iter(rows), LOOKAHEAD))
    later = enumerate([] if isinstance(rows, list) else rows, len(first))
    is_table = layout.strict or any(isinstance(row, dict) for row in first)
    for at, row in enumerate(first):
        _check(at, row, layout, is_table=is_table)
    names = layout.names or tuple(dict.fromkeys(name for row in first if isinstance(row, dict) for name in row))
    known, line = frozenset(names), _line_writer(layout.separator)
    if layout.guard:
        line = _guarding(line)
    if is_table and layout.header:
        yield line(names)
    for at, row in chain(enumerate(first), later):
        _check(at, row, layout, is_table=is_table)
        if isinstance(row, dict):
            if not row.keys() <= known:
                raise _extra_column(row, known, layout)
            yield line(_cells(row, names, layout))
        else:
            yield line([_cell(row, {}, layout)])


def _check(at: int, row: Value, layout: Layout, *, is_table: bool) -> None:
    """Refuse what does not go with the other rows, and lists, which are no row at all."""
    if isinstance(row, dict) is is_table and not isinstance(row, (list, Range)):
        return
    raise RunError(
        f"{layout.format} is for tables: item {at} of the list is {article(row)}",
        "only_supports_this_input_type",
        help="`where` and `select` make a table of it; JSON, as of `to json`, takes any value.",
    )


def _extra_column(record: Record, known: frozenset[str], layout: Layout) -> RunError:
    extra = next(name for name in record if name not in known)
    without = f"the first {LOOKAHEAD} rows lack" if layout.names is None else "is not in the header"
    headline = f"a row has the column `{extra}`, which {without}"
    return RunError(headline, "unsupported_input", help="`select` the columns to write.")


def _cells(record: Record, names: tuple[str, ...], layout: Layout) -> list[Value]:
    values = map(record.get, names)
    return [value if type(value) in AS_THEY_ARE else _cell(value, record, layout) for value in values]


def _cell(value: Value, record: Record, layout: Layout) -> Value:
    if type(value) in AS_THEY_ARE:
        return value
    if not _is_nested(value):
        return scalar(value)
    if layout.strict:
        raise _no_cell(record, layout)
    return to_json(value)


def _is_nested(value: Value) -> bool:
    return isinstance(value, (dict, list, Range, Closure))


def _no_cell(record: Record, layout: Layout) -> RunError:
    """The error for what is nested in a cell of the record, or in several."""
    nested = [name for name, value in record.items() if _is_nested(value)]
    columns = [str(CellPath((PathMember(name),))) for name in nested]
    if len(columns) == 1:
        hint = f"`update {columns[0]} {{ to json --raw }}` makes a text of it"
    else:
        hint = f"`update cells --columns [{' '.join(columns)}] {{ to json --raw }}` makes texts of all such cells"
    headline = f"a cell of {layout.format} cannot hold {article(record[nested[0]])}: column `{nested[0]}`"
    ending = layout.format.lower()
    return RunError(headline, "cant_convert", help=f"{hint}; `save FILE.{ending}` does so by itself.")


def _guarding(line: Callable[[Iterable[Value]], str]) -> Callable[[Iterable[Value]], str]:
    """The function that puts cells into one line, with a quote before those that would be formulas."""
    return lambda cells: line([_guarded(cell) for cell in cells])


def _guarded(cell: Value) -> Value:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


class _Echo:
    """Takes a line and gives it back."""

    @staticmethod
    def write(text: str) -> str:
        return text.removesuffix("\r\n")


def _line_writer(separator: str) -> Callable[[Iterable[Value]], str]:
    """The function that puts cells into one line, quoted where they have to be, without the line end."""
    # What is in the line terminator gets quotes, in any Python: here a carriage return, too.
    write = csv.writer(_Echo, delimiter=separator, lineterminator="\r\n").writerow
    # A line of nothing would be no row for whoever reads it.
    return lambda cells: str(write(cells)) or '""'
