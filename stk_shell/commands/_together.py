"""Work on many rows at once, for what asks the store: a question for each row would take a thousand times as long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

from stk_shell.commands._cells import unsupported
from stk_shell.model.command import Call
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, is_list_like, iterate
from stk_shell.model.values import Record, Value

ROWS = 1000
"""How many rows are worked on at once."""

SECONDS = 0.1
"""How long rows that come slowly are waited for before those that are there are worked on."""

Work: TypeAlias = Callable[[list[Record]], list[Record]]


def together(call: Call, data: Data, work: Work) -> Data:
    """What `work` makes of a record, or of the records of a table, in their order; null rows stay as they are.

    Raises:
        RunError: there is something else than records.
    """
    if is_list_like(data):
        stream = Stream.of_batches(_worked(call, rows, work) for rows in _batches(iterate(data)))
        stream.cut_note = cut_note_of(data)
        return stream
    return _worked(call, [collect(data)], work)[0]


def _batches(rows: Iterator[Value]) -> Iterator[list[Value]]:
    batch: list[Value] = []
    until = 0.0
    for row in rows:
        if not batch:
            until = time.monotonic() + SECONDS
        batch.append(row)
        if len(batch) == ROWS or time.monotonic() > until:
            yield batch
            batch = []
    if batch:
        yield batch


def _worked(call: Call, rows: list[Value], work: Work) -> list[Value]:
    records = [_record(call, row) for row in rows if row is not None]
    done = iter(work(records) if records else ())
    return [None if row is None else next(done) for row in rows]


def _record(call: Call, row: Value) -> Record:
    if isinstance(row, dict):
        return row
    raise unsupported(call, row, "records")
