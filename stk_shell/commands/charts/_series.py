"""What is to be drawn, of whatever comes in: numbers, rows, records, or things that are counted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from stk_shell.commands._cells import unsupported
from stk_shell.commands.charts._intervals import counted
from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.offers import COLUMN
from stk_shell.model.paths import no_column
from stk_shell.model.remedies import column_text
from stk_shell.model.series import NUMBERS, Number, Series
from stk_shell.model.shape import STRING
from stk_shell.model.signature import Flag
from stk_shell.model.stream import Data, iterate
from stk_shell.model.text import counted as count_text
from stk_shell.model.types import kind
from stk_shell.model.values import Record, Value

LOOKED_AT = 1000
"""How many rows decide which columns are drawn."""

COLUMN_FLAGS = (
    Flag("x", "The column with the labels: names, times or numbers.", STRING, short="x", completes=COLUMN),
    Flag("y", "The column with the numbers.", STRING, short="y", completes=COLUMN),
)

INPUTS = "numbers, times, texts or rows"


def series_of(call: Call, data: Data, intervals: int, *, over_time: bool = False) -> Series:
    """What the data says; times without numbers are counted in no more than so many intervals.

    With `over_time`, a column of times is taken before one of texts.

    Raises:
        RunError: there is nothing in it that can be drawn, or a column that was named is not there.
    """
    if isinstance(data, dict):
        return _of_record(call, data)
    items = iterate(data)
    first = list(islice(items, LOOKED_AT))
    if any(isinstance(item, dict) for item in first):
        return _of_rows(call, first, items, intervals, over_time=over_time)
    return _of_items(call, chain(first, items), intervals)


def _of_record(call: Call, record: Record) -> Series:
    """The numbers of a record, by their names; of a list, how long it is."""
    _refuse_columns(call)
    for name, value in record.items():
        if value is not None and type(value) not in NUMBERS and not isinstance(value, list):
            raise _no_number(call, name, value, record)
    return Series(tuple(record), tuple(_number(value) for value in record.values()))


def _refuse_columns(call: Call) -> None:
    flag = next((flag for flag in ("x", "y") if call.given(flag)), None)
    if flag is not None:
        label = Label(call.span(flag), "no table comes in")
        raise RunError(f"`--{flag}` names a column of a table", "incompatible_parameters", (label,))


def _no_number(call: Call, name: str, value: Value, record: Record) -> RunError:
    tables = [key for key, item in record.items() if isinstance(item, list)]
    hint = f"`get {column_text(tables[0])}` before it takes the table." if tables else None
    hint = hint or "`select` or `reject` before it leaves fields out, `transpose` makes rows of them."
    label = Label(call.head, f"`{name}` is {article(value)}")
    return RunError(f"`{call.command.name}` draws numbers", "only_supports_this_input_type", (label,), hint)


def _number(value: Value) -> Number | None:
    if isinstance(value, list):
        return len(value)
    return value if type(value) in NUMBERS and isinstance(value, (int, float)) else None


def _of_items(call: Call, items: Iterable[Value], intervals: int) -> Series:
    """The items of a list: numbers as they are; times and texts are counted."""
    found = _sorted_out(call, items)
    if found.numbers or found.times or found.others:
        _refuse_columns(call)
    if found.times or found.others:
        return _counted(found, "", intervals)
    return Series(tuple(range(len(found.numbers))), tuple(found.numbers))


def _of_rows(call: Call, first: list[Value], rows: Iterator[Value], intervals: int, *, over_time: bool) -> Series:
    """The labels and numbers of two columns; where no column has numbers, the labels are counted."""
    looked_at = [row for row in first if isinstance(row, dict)]
    columns = _columns(looked_at)
    numbers = _named(call, "y", columns) or _of_numbers(columns, call.optional_text("x"))
    labels = _named(call, "x", columns) or _of_labels(columns, numbers, over_time=over_time)
    cells = _cells(call, chain(first, rows), labels, numbers)
    if labels is not None and numbers is None:
        return _counted(_sorted_out(call, (label for label, _ in cells)), labels, intervals)
    if numbers is None:
        raise unsupported(call, looked_at[0], f"{INPUTS} with a column of these")
    pairs = list(cells)
    drawn = [label for label, _ in pairs] if labels is not None else range(len(pairs))
    return Series(tuple(drawn), tuple(number for _, number in pairs), labels or "", numbers)


def _columns(rows: list[Record]) -> dict[str, Value]:
    """The columns of the rows, each with its first value that is not null."""
    columns: dict[str, Value] = {}
    for row in rows:
        for name, value in row.items():
            if columns.get(name) is None:
                columns[name] = value
    return columns


def _named(call: Call, flag: str, columns: dict[str, Value]) -> str | None:
    """The column that a flag names.

    Raises:
        RunError: no row has it, or it cannot be what the flag says.
    """
    name = call.optional_text(flag)
    if name is None:
        return None
    if name not in columns:
        raise no_column(name, list(columns), call.span(flag), may_be_optional=False)
    value = columns[name]
    if flag == "y" and value is not None and type(value) not in NUMBERS and not isinstance(value, list):
        label = Label(call.span(flag), f"this column has {article(value)}")
        raise RunError("`--y` names a column of numbers", "type_mismatch", (label,), "`into int` makes numbers.")
    return name


def _of_numbers(columns: dict[str, Value], labels: str | None) -> str | None:
    """The first column of numbers, or else of lists; the second one where labels that are numbers come first."""
    names = [name for name, value in columns.items() if type(value) in NUMBERS and name != labels]
    if labels is None and len(names) > 1 and list(columns)[:2] == names[:2]:
        return names[1]
    lists = (name for name, value in columns.items() if isinstance(value, list) and name != labels)
    return names[0] if names else next(lists, None)


def _of_labels(columns: dict[str, Value], numbers: str | None, *, over_time: bool) -> str | None:
    """The first column of numbers, if the numbers to draw come behind it, or else of times or texts."""
    first = next(iter(columns), None)
    if first != numbers and first is not None and type(columns[first]) in NUMBERS:
        return first
    times = [name for name, value in columns.items() if isinstance(value, datetime.datetime) and name != numbers]
    if over_time and times:
        return times[0]
    texts = (name for name, value in columns.items() if isinstance(value, (str, datetime.datetime)))
    return next(texts, None)


def _cells(
    call: Call, rows: Iterable[Value], labels: str | None, numbers: str | None
) -> Iterator[tuple[Value, Number | None]]:
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            raise unsupported(call, row, "a list of records alone, or of none")
        value = row.get(numbers) if numbers is not None else None
        number = _number(value)
        if number is None and value is not None:
            label = Label(call.head, f"row {at} has {article(value)} in `{numbers}`")
            raise RunError(f"`{call.command.name}` draws numbers", "type_mismatch", (label,), "`into int` makes them.")
        yield (row.get(labels) if labels is not None else None), number


class Found(NamedTuple):
    """Values by what can be made of them; null is among the numbers."""

    numbers: list[Number | None]
    times: list[datetime.datetime]
    others: Counter[tuple[str, Value]]


def _sorted_out(call: Call, values: Iterable[Value]) -> Found:
    found = Found([], [], Counter())
    for value in values:
        if value is None or type(value) in NUMBERS:
            found.numbers.append(_number(value))
        elif isinstance(value, datetime.datetime):
            found.times.append(value)
        elif isinstance(value, (str, bool, bytes)):
            found.others[kind(value), value] += 1
        else:
            raise unsupported(call, value, INPUTS)
    return found


def _counted(found: Found, name: str, intervals: int) -> Series:
    """How often each value is there, the most frequent first; times by the interval that they are in."""
    numbers = [number for number in found.numbers if number is not None]
    missing = len(found.numbers) - len(numbers)
    remarks = (f"{count_text(missing)} without a value",) if missing else ()
    if found.times and not numbers and not found.others:
        parts = counted(found.times, intervals)
        labels = f"{name} ({parts.interval})" if name else parts.interval
        return Series(parts.starts, parts.counts, labels, "count", remarks)
    counts = found.others + Counter((kind(value), value) for value in (*numbers, *found.times))
    order = sorted(counts, key=lambda key: (-counts[key], *key))
    return Series(
        tuple(value for _, value in order), tuple(counts[key] for key in order), name or "value", "count", remarks
    )
