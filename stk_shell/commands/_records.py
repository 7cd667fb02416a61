"""What commands share that work on a record, or on each record of a table."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.commands._cells import unsupported
from stk_shell.model.batches import mapped
from stk_shell.model.command import Call
from stk_shell.model.stream import Data, collect, is_list_like
from stk_shell.model.values import Record, Value


def change_records(call: Call, data: Data, new: Callable[[Record], Record]) -> Data:
    """The record changed; of a table, a stream of its rows, each changed.

    Raises:
        RunError: there is something else than records, or the change itself fails.
    """

    def changed(row: Value) -> Value:
        return new(as_record(call, row))

    return mapped(data, changed) if is_list_like(data) else changed(collect(data))


def as_record(call: Call, row: Value) -> Record:
    """The row, which has to be a record.

    Raises:
        RunError: it is something else.
    """
    if isinstance(row, dict):
        return row
    raise unsupported(call, row, "records")
