"""What `insert`, `update` and `upsert` share: a new value, or a closure that makes it, for one cell of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, islice, repeat
from typing import NoReturn, TypeAlias

from stk_shell.model.batches import Fast, Rows, Unfit, in_batches
from stk_shell.model.command import Call, Command
from stk_shell.model.edit import Edit
from stk_shell.model.shape import ANY, CELL_PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, iterate
from stk_shell.model.values import CellPath, Closure, Value

One: TypeAlias = "Callable[[Value], Value]"
"""Makes the new row of a row."""


def editing(field: str, value: str) -> Signature:
    """The signature of such a command, with a sentence for each argument."""
    return Signature(
        types=(("record", "record"), ("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        positionals=(Parameter("field", CELL_PATH, field), Parameter("value", ANY, value)),
    )


class EditCommand(Command):
    """A command that changes one cell of each row."""

    def edit(self, new: Value, origin: Span) -> Edit:
        """What puts the new value there."""
        raise NotImplementedError

    def cell(self, row: Value, path: CellPath, origin: Span) -> Value:
        """What a closure gets as its `$in`."""
        raise NotImplementedError

    def cells(self, rows: Rows, name: str) -> Rows:
        """The same for a plain column of many rows; raises what Python raises at rows that are unfit."""
        raise NotImplementedError

    def rows_with(self, rows: Rows, name: str, values: Iterable[Value]) -> list[Value]:
        """Many rows with new values in a plain column; raises what Python raises at rows that are unfit."""
        raise NotImplementedError

    def run(self, call: Call, data: Data) -> Data:
        """The record, or a stream of the rows, with the cell changed."""
        path = call.path("field")
        one, first = self._one(call, path), path.members[0].value
        if isinstance(data, dict):
            return one(data)
        if isinstance(first, int):
            return _at_row(data, first, one)
        fast = self._fast(call.value("value"), path)
        stream = in_batches(data, fast, lambda rows: map(one, rows)) if fast else None
        stream = stream or Stream(map(one, iterate(data)))
        stream.cut_note = cut_note_of(data)
        return stream

    def _one(self, call: Call, path: CellPath) -> One:
        value, head, members = call.value("value"), call.head, path.members
        if not isinstance(value, Closure):
            edit = self.edit(value, head)
            return lambda row: edit.at(row, members)
        run, whole_row = value.run, isinstance(members[0].value, str)

        def one(row: Value) -> Value:
            cell = self.cell(row, path, head)
            new = collect(run((row if whole_row else cell,), cell))
            return self.edit(new, head).at(row, members)

        return one

    def _fast(self, value: Value, path: CellPath) -> Fast | None:
        name = path.members[0].value
        if len(path.members) > 1 or not isinstance(name, str) or path.members[0].ignore_case:
            return None
        values = self._values(value, name)
        if values is None:
            return None

        def changed(rows: Rows) -> list[Value]:
            try:
                return self.rows_with(rows, name, values(rows))
            except (KeyError, TypeError, AttributeError):
                raise Unfit from None

        return changed

    def _values(self, value: Value, name: str) -> Callable[[Rows], Iterable[Value]] | None:
        """What makes the new values of many rows, if that is possible."""
        if not isinstance(value, Closure):
            return lambda rows: repeat(value, len(rows))
        batch = value.batch
        if batch is None or (value.parameters and batch.reads_input):
            return None
        if value.parameters:
            return batch.values
        return lambda rows: batch.values(self.cells(rows, name))


def unfit() -> NoReturn:
    """For the middle of an expression."""
    raise Unfit


def _at_row(data: Data, index: int, one: One) -> Stream:
    """The items with a row changed; no more is read before that than has to be."""
    items = iterate(data)
    changed = one(list(islice(items, index + 1)))
    return Stream(chain(iterate(changed), items))
