"""What `insert`, `update` and `upsert` share: a new value, or a closure that makes it, for one cell of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, repeat

from stk_shell.commands.filters._fast import writer
from stk_shell.model.batches import Fast, Rows, Unfit, in_batches
from stk_shell.model.columns import Column, Columns, Given, together
from stk_shell.model.command import Call, Command
from stk_shell.model.edit import Edit
from stk_shell.model.operations import Operation, Put
from stk_shell.model.shape import ANY, CELL_PATH
from stk_shell.model.signature import Parameter, Signature
from stk_shell.model.span import Span
from stk_shell.model.stream import Data, Stream, collect, cut_note_of, iterate, up_to
from stk_shell.model.values import CellPath, Closure, Value


def editing(field: str, value: str) -> Signature:
    """The signature of such a command, with a sentence for each argument."""
    return Signature(
        types=(("record", "record"), ("table", "table"), ("list<any>", "list<any>")),
        category="filters",
        positionals=(Parameter("field", CELL_PATH, field), Parameter("value", ANY, value)),
    )


class EditCommand(Command):
    """A command that changes one cell of each row."""

    there: bool | None = None
    """Whether all rows have to have the cell, or none of them."""

    def edit(self, new: Value, origin: Span) -> Edit:
        """What puts the new value there."""
        raise NotImplementedError

    def cell(self, row: Value, path: CellPath, origin: Span) -> Value:
        """What a closure gets as its `$in`."""
        raise NotImplementedError

    def cells(self, path: CellPath) -> Callable[[Rows], Rows]:
        """What gives the same for many rows; raises `Unfit` if there is no such function."""
        raise NotImplementedError

    def gives(self, given: Given) -> Columns:
        """Those that flow in, and the one that is set."""
        names = [str(path.members[0].value) for path in given.paths("field") if len(path.members) == 1]
        return together(tuple(Column(name, columns=given.inside("value")) for name in names), given.columns)

    def operation(self, call: Call) -> Operation | None:
        """The closure that makes the new cells of a column, as it is written."""
        path, value = call.path("field"), call.value("value")
        name, *rest = path.members
        written = value.written if isinstance(value, Closure) else None
        if written is None or self.there is None or rest or not isinstance(name.value, str) or name.ignore_case:
            return None
        return Put(name.value, written(), self.there)

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

    def _one(self, call: Call, path: CellPath) -> Callable[[Value], Value]:
        """What makes the new row of a row."""
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
        """What makes the new rows of many, if that is possible."""
        try:
            values, write = self._values(value, path), writer(path, there=self.there)
        except Unfit:
            return None
        return lambda rows: write(rows, values(rows))

    def _values(self, value: Value, path: CellPath) -> Callable[[Rows], Iterable[Value]]:
        """What makes the new values of many rows."""
        if not isinstance(value, Closure):
            return lambda rows: repeat(value, len(rows))
        batch = value.batch
        if batch is None or (value.parameters and batch.reads_input):
            raise Unfit
        if value.parameters:
            return batch.values
        cells = self.cells(path)
        return lambda rows: batch.values(cells(rows))


def _at_row(data: Data, index: int, one: Callable[[Value], Value]) -> Stream:
    """The items with a row changed; no more is read before that than has to be."""
    items = iterate(data)
    changed = one(list(up_to(index, items)))
    return Stream(chain(iterate(changed), items))
