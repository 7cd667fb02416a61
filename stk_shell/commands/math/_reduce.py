"""Making one value of many: of a list, of each column of a table, of each field of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias, cast

from stk_shell.model.batches import cut
from stk_shell.model.command import Call
from stk_shell.model.errors import Label, RunError
from stk_shell.model.stream import Data, Stream, collect, is_list_like, iterate
from stk_shell.model.values import Range, Record, Value

Reduction: TypeAlias = Callable[[list[Value]], Value]
"""Makes one value of one or more."""

MEASURES = (("list<number>", "number"), ("list<duration>", "duration"), ("list<filesize>", "filesize"))
"""What goes in and comes out where durations and sizes are calculated with as well."""

WHOLES = (("range", "number"), ("table", "record"), ("record", "record"))
"""The same for what any of these commands takes."""


def reduced(call: Call, data: Data, reduction: Reduction, *, stepwise: bool = False) -> Value:
    """What a function makes of all values.

    `stepwise` says that it may as well be given some of the values, and then its result with further ones: then they
    need not be in memory all together.

    Raises:
        RunError: there are no values, they have no end, or the function fails for them or for all columns.
    """
    if isinstance(data, Range) and data.end is None:
        raise RunError("the range has no end", "incorrect_value", (Label(call.head, "this needs all of its numbers"),))
    if isinstance(data, dict):
        return {name: reduction([value]) for name, value in data.items()}
    if not is_list_like(data):
        return reduction([collect(data)])
    if stepwise and not isinstance(data, list):
        batches = data.batches if isinstance(data, Stream) else None
        return _by_steps(call, batches or cut(iterate(data)), reduction)
    return _of_list(call, data if isinstance(data, list) else list(iterate(data)), reduction)


def _by_steps(call: Call, batches: Iterator[list[Value]], reduction: Reduction) -> Value:
    so_far: list[Value] = []
    for batch in filter(None, batches):
        if isinstance(batch[0], dict):
            return _of_list(call, [*so_far, *batch, *chain.from_iterable(batches)], reduction)
        batch[:0] = so_far
        so_far = [reduction(batch)]
    return _of_list(call, so_far, lambda whole: whole[0])


def _of_list(call: Call, values: list[Value], reduction: Reduction) -> Value:
    if not values:
        raise no_values(call)
    columns = _columns(values) if isinstance(values[0], dict) else None
    return reduction(values) if columns is None else _of_columns(call, columns, reduction)


def _columns(rows: list[Value]) -> dict[str, list[Value]] | None:
    """The values of each column, or None where the values are not all records."""
    known = cast("list[Record]", rows)
    try:
        if set(map(len, known)) == {len(known[0])}:
            return {name: [row[name] for row in known] for name in known[0]}
    except (KeyError, TypeError):
        # They are no records of the same columns.
        pass
    return _uneven_columns(rows)


def _uneven_columns(rows: list[Value]) -> dict[str, list[Value]] | None:
    columns: dict[str, list[Value]] = {}
    for row in rows:
        if not isinstance(row, dict):
            return None
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return columns


def _of_columns(call: Call, columns: dict[str, list[Value]], reduction: Reduction) -> Value:
    results: dict[str, Value] = {}
    why = None
    for name, values in columns.items():
        try:
            results[name] = reduction(values)
        except RunError as error:
            why = f"Column `{name}`: {error.headline}."
    if results:
        return results
    label = Label(call.head, "of a table, it takes the columns that fit")
    raise RunError(f"`{call.command.name}` works on none of the columns", "unsupported_input", (label,), why)


def no_values(call: Call) -> RunError:
    """The error for asking nothing for its sum and the like."""
    label = Label(call.head, "nothing comes in here")
    hint = f"`try {{ ... | {call.command.name} }} catch {{ 0 }}` gives 0 then."
    return RunError(f"`{call.command.name}` needs at least one value", "unsupported_input", (label,), hint)
