"""What stages make of all rows together, asked for by one statement, or else left to memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from stk_shell.model import operations
from stk_shell.model.errors import StoreError
from stk_shell.model.operations import Operation
from stk_shell.model.source import Declined, Rest
from stk_shell.model.stream import Data, Stream, collect, iterate
from stk_shell.store.pushdown.aggregates import Doubtful
from stk_shell.store.pushdown.cells import Cell, Columns, either, listed_at
from stk_shell.store.pushdown.grouping import Grouping
from stk_shell.store.pushdown.keys import Key, key
from stk_shell.store.pushdown.relation import PushedRows, Read
from stk_shell.store.pushdown.rows import Rows

if TYPE_CHECKING:
    from stk_shell.model.values import CellPath, Value
    from stk_shell.store.connecting import Row


class Gathered(PushedRows):
    """What is made of all rows; it is told by their groups."""

    grouping: Grouping

    def __init__(self, pushed: PushedRows, *rest: Rest) -> None:
        """`rest` is what the stages from here on make of the rows in memory."""
        super().__init__(pushed.asker, pushed.rows, pushed.values, pushed.whole)
        self.pushed = pushed
        self.rest = rest

    def taken(self, operation: Operation, in_memory: Rest) -> PushedRows:
        """Nothing more: what is left is small."""
        raise Declined

    @property
    def is_column(self) -> bool:
        """Whether memory gives a list of values; what comes in a stream may be anything."""
        return False

    def batches(self) -> Iterator[list[Value]]:
        """What comes out, at once; or one by one what the stages give."""
        made = self.certain()
        if made is None:
            yield from ([row] for row in iterate(self.in_memory()))
        else:
            yield made

    def certain(self) -> list[Value] | None:
        """What comes out, if memory need not decide."""
        # Who reads rows while an error is at hand would keep their connection in a circle with it.
        with suppress(Doubtful):
            return self.made()
        return None

    def in_memory(self, read: Read | None = None) -> Data:
        """The same by the stages themselves, from the first on that looks at all rows."""
        data: Data = Stream.of_batches(self.pushed.batches())
        if self.pushed.column is not None:
            # `get` gives a list, and what is made of a list may differ from what is made step by step.
            data = collect(data)
        for stage in self.rest:
            data = stage(data)
        return data

    def value(self) -> Data:
        """All of it, where it is no stream."""
        made = self.certain()
        return self.in_memory() if made is None else made

    def made(self) -> list[Value]:
        """What comes out.

        Raises:
            Doubtful: memory has to decide.
        """
        raise NotImplementedError

    def statement(self) -> str:
        """The SELECT."""
        return self.grouping.statement(self.asker.who())

    def found(self) -> list[Row]:
        """The groups.

        Raises:
            Doubtful: there are rows of which memory has to decide, or something that is no number is added up.
        """
        try:
            found = self.asker.rows(self.statement(), self.values.given)
        except StoreError:
            raise Doubtful from None
        if self.grouping.is_doubtful and (any(row[-1] for row in found) if found else self.in_doubt(found)):
            raise Doubtful
        return found


def doubting(rows: Rows, keys: Sequence[Key]) -> Rows:
    """The rows, with the doubts about their keys."""
    return rows.replace(doubt=either(rows.doubt, *(each.doubt for each in keys)))


def flowing(pushed: PushedRows) -> tuple[Rows, Cell, CellPath | None]:
    """The rows whose cells flow, the cell, and the path that the last stage has taken to it.

    Raises:
        Declined: rows flow, and no cells.
    """
    if pushed.column is not None:
        rows, path = pushed.column
        rows = rows.nested() if rows.is_cut else rows
        return rows, listed_at(rows.columns, path, pushed.values), path
    if not pushed.rows.scalar:
        raise Declined
    rows = pushed.rows.nested() if pushed.rows.is_cut else pushed.rows
    return rows, rows.only, None


class PushedDistinct(Gathered):
    """Rows or values that may differ, with the count of each."""

    def __init__(self, pushed: PushedRows, operation: operations.Distinct, in_memory: Rest) -> None:
        super().__init__(pushed, in_memory)
        self.operation = operation
        path = None
        if pushed.rows.scalar:
            rows, cell, path = flowing(pushed)
            self.columns: Columns = {"": cell}
        else:
            rows = pushed.rows.nested() if pushed.rows.is_cut else pushed.rows
            self.columns = rows.columns
        if any(cell.sql == "e.uu" for cell in self.columns.values()):
            # No two rows are equal.
            raise Declined
        self.keys = [key(cell, path) for cell in self.columns.values()]
        self.grouping = Grouping(doubting(rows, self.keys), tuple(each.sql for each in self.keys))

    @property
    def is_column(self) -> bool:
        """Whether memory gives a list of values."""
        return self.rows.scalar and self.operation.at_once

    def made(self) -> list[Value]:
        """What the stage makes of them."""
        found, width = self.found(), len(self.keys)
        read = [[each.read(value) for each, value in zip(self.keys, row, strict=False)] for row in found]
        is_scalar = self.rows.scalar
        rows: list[Value] = [row[0] if is_scalar else dict(zip(self.columns, row, strict=True)) for row in read]
        return self.operation.finish(rows, [row[width] for row in found])


class PushedFrequencies(Gathered):
    """How often each value is there."""

    def __init__(self, pushed: PushedRows, operation: operations.Frequencies, in_memory: Rest) -> None:
        super().__init__(pushed, in_memory)
        self.operation = operation
        if pushed.rows.scalar is not (operation.column is None):
            raise Declined
        rows, cell, path = flowing(pushed) if operation.column is None else _of_column(pushed.rows, operation.column)
        self.key = key(cell, path)
        self.grouping = Grouping(doubting(rows, [self.key]), (self.key.sql,), ordered=False)

    def made(self) -> list[Value]:
        """What the stage makes of them; among values, there may be none that cannot be counted."""
        pairs: list[tuple[Value, int]] = [(self.key.read(row[0]), row[1]) for row in self.found()]
        counted = [pair for pair in pairs if not (pair[0] is None or isinstance(pair[0], (list, dict)))]
        if len(counted) < len(pairs) if self.operation.column is None else not counted:
            raise Doubtful
        return self.operation.finish(counted)


def _of_column(rows: Rows, name: str) -> tuple[Rows, Cell, None]:
    rows = rows.nested() if rows.is_cut else rows
    if name not in rows.columns:
        raise Declined
    return rows, rows.columns[name], None


def gathered(pushed: PushedRows, operation: Operation, in_memory: Rest) -> PushedRows:
    """What is left when the operation is done on all rows.

    Raises:
        Declined: it is not done here.
    """
    if not pushed.rows.order and not isinstance(operation, (operations.Reduce, operations.Names)):
        # Groups come as they first appear, and of these rows nobody knows in which order they come.
        raise Declined
    from stk_shell.store.pushdown.groups import PushedGroups
    from stk_shell.store.pushdown.reductions import PushedFirsts, PushedNames, PushedReduction

    makers: dict[type[Operation], Callable[..., PushedRows]] = {
        operations.Distinct: PushedDistinct,
        operations.Frequencies: PushedFrequencies,
        operations.Gather: PushedGroups,
        operations.Reduce: PushedReduction,
        operations.FirstOfEach: PushedFirsts,
        operations.Names: PushedNames,
    }
    return makers[type(operation)](pushed, operation, in_memory)
