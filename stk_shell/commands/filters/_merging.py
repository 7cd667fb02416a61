"""What `merge` and `merge deep` share: two records, or two tables row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat

from stk_shell.commands._records import as_record
from stk_shell.model.command import Call
from stk_shell.model.conform import article
from stk_shell.model.errors import Label, RunError
from stk_shell.model.shape import RECORD, TABLE, one_of
from stk_shell.model.signature import Parameter
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, is_list_like, iterate
from stk_shell.model.values import Record, Value

OTHER = Parameter("value", one_of(RECORD, TABLE), "A record for a record, a table for a table.")
"""What is merged with the input."""


def merged(call: Call, data: Data, combine: Callable[[Record, Record], Record]) -> Data:
    """The record combined with the one given; of tables, each row with the row of the same number, if there is one.

    Raises:
        RunError: one of both is a table and the other is none.
    """
    other = call.value("value")
    if is_list_like(data) != isinstance(other, list):
        raise unlike(call, data, other)
    if isinstance(other, list):
        return Stream(_rows(call, iterate(data), other, combine), cut_note_of(data))
    return combine(as_record(call, collect(data)), as_record(call, other))


def _rows(
    call: Call, rows: Iterable[Value], others: list[Value], combine: Callable[[Record, Record], Record]
) -> Iterator[Value]:
    for row, other in zip(rows, chain(others, repeat({})), strict=False):
        yield combine(as_record(call, row), as_record(call, other))


def unlike(call: Call, data: Data, other: Value) -> RunError:
    """The error for a table where a record is needed, or the other way round."""
    wanted = "a table" if is_list_like(data) else "a record"
    label = Label(call.span("value"), f"this is {article(other)}")
    return RunError(
        f"what comes in is {wanted}, so `{call.command.name}` takes {wanted}",
        "only_supports_this_input_type",
        (label,),
        "`each { merge {...} }` adds one record to every row." if isinstance(other, dict) else None,
    )
