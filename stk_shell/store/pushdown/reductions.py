"""One value of all rows, and one row of each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model import operations
from stk_shell.model.source import Declined, Rest
from stk_shell.store.pushdown.aggregates import Doubtful, aggregate
from stk_shell.store.pushdown.cells import cell_at
from stk_shell.store.pushdown.firsts import NAME, has_names, is_by_time
from stk_shell.store.pushdown.gathering import Gathered, doubting, flowing
from stk_shell.store.pushdown.grouping import Grouping
from stk_shell.store.pushdown.keys import JsonKey, key
from stk_shell.store.pushdown.relation import PushedRows, probes
from stk_shell.store.pushdown.rows import Ordering
from stk_shell.store.pushdown.taking import output

if TYPE_CHECKING:
    from stk_shell.model.stream import Data
    from stk_shell.model.values import Value
    from stk_shell.store.claims import Who


class PushedReduction(Gathered):
    """The sum of all values, or the like."""

    is_value = True

    def __init__(self, pushed: PushedRows, operation: operations.Reduce, in_memory: Rest) -> None:
        super().__init__(pushed, in_memory)
        rows, cell, _ = flowing(pushed)
        self.aggregate = aggregate(operation.what, cell)
        values = () if self.aggregate.value is None else (self.aggregate.value,)
        # An index finds an end of its order by itself, unless the rows are counted as well.
        is_end = len(self.aggregate.parts) == 1 and not rows.doubt
        self.grouping = Grouping(rows, (), values, self.aggregate.parts, ordered=False, counts=not is_end)

    def value(self) -> Data:
        """The value."""
        made = self.certain()
        return self.in_memory() if made is None else made[0]

    def made(self) -> list[Value]:
        """The value alone."""
        (row,) = self.found()
        count, *found = row if self.grouping.counts else (1, *row)
        return [self.aggregate.read(count, found[: len(self.aggregate.parts)])]


class PushedNames(Gathered):
    """The names of the columns, if there is a row."""

    is_column = True

    def __init__(self, pushed: PushedRows, operation: operations.Names, in_memory: Rest) -> None:
        super().__init__(pushed, in_memory)
        if pushed.rows.scalar:
            raise Declined
        self.rows = (pushed.rows.nested() if pushed.rows.is_cut else pushed.rows).settled()

    def statement(self) -> str:
        """The SELECT of any row."""
        who = self.asker.who()
        return self.rows.replace(limit=1).selection(["1", *probes(self.rows, who)], who, ordered=False)

    def made(self) -> list[Value]:
        """The names."""
        found = self.asker.rows(self.statement(), self.values.given)
        if any(any(row[1:]) for row in found) or (not found and self.in_doubt(found)):
            raise Doubtful
        return [*self.rows.columns] if found else []


class PushedFirsts(Gathered):
    """The first row of each value of a column."""

    def __init__(self, pushed: PushedRows, operation: operations.FirstOfEach, in_memory: Rest) -> None:
        super().__init__(pushed, in_memory)
        self.operation = operation
        if pushed.rows.scalar:
            raise Declined
        rows = pushed.rows.nested() if pushed.rows.is_cut else pushed.rows
        path = operation.path
        optional = path.replace(members=tuple(member.replace(optional=True) for member in path.members))
        self.key = key(cell_at(rows.columns, optional, self.values), optional)
        self.may_lack = len(path.members) == 1 or path.members[-1].optional
        self.inner = doubting(rows, [self.key]).settled()

    def statement(self) -> str:
        """The SELECT."""
        rows, who = self.inner, self.asker.who()
        cells = [f"{output(cell)} as c{at}" for at, cell in enumerate(rows.columns.values())]
        orders = [f"{each.sql} as o{at}" for at, each in enumerate(rows.order)]
        firsts = self._firsts([f"{self.key.sql} as k", *cells, *orders], who)
        order = ", ".join(str(Ordering(f"firsts.o{at}", each.descending)) for at, each in enumerate(rows.order))
        outputs = ["firsts.k", *(f"firsts.c{at}" for at in range(len(cells))), *probes(rows, who)]
        return f"select {', '.join(outputs)} from {firsts} order by {order}"

    def _firsts(self, outputs: list[str], who: Who) -> str:
        """The first rows, one by one where an index finds each."""
        rows, key = self.inner, self.key.sql
        if key == NAME and has_names(rows) and is_by_time(rows):
            names = rows.selection([f"{NAME} as k"], who, ordered=False, also=" group by 1")
            first = rows.replace(conditions=(*rows.conditions, f"{NAME} = names.k"), limit=1)
            return f"({names}) names cross join lateral ({first.selection(outputs, who)}) firsts"
        first = rows.replace(order=(Ordering(key), *rows.order))
        return f"({first.selection([f'distinct on ({key}) {outputs[0]}', *outputs[1:]], who)}) firsts"

    def made(self) -> list[Value]:
        """What the stage makes of them."""
        found = self.asker.rows(self.statement(), self.values.given)
        width = len(self.inner.columns) + 1
        lacks = isinstance(self.key, JsonKey) and not self.may_lack and all(row[0] is None for row in found)
        if lacks or any(any(row[width:]) for row in found):
            raise Doubtful
        names = list(self.inner.columns)
        rows: list[Value] = [dict(zip(names, row[1:width], strict=True)) for row in found]
        return self.operation.finish(rows, [self.key.read(row[0]) for row in found])
