"""Groups of rows: as long as stages need no more of them than counts and the like, no row leaves the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model import operations
from stk_shell.model.errors import StkError
from stk_shell.model.operations import Operation
from stk_shell.model.source import Declined, Rest
from stk_shell.model.values import Value
from stk_shell.store.pushdown.aggregates import LENGTH, Aggregate, Doubtful, Fractional, aggregate
from stk_shell.store.pushdown.cells import cell_at
from stk_shell.store.pushdown.gathering import Gathered, doubting
from stk_shell.store.pushdown.group_stages import Group, Plan, planned
from stk_shell.store.pushdown.grouping import Grouping
from stk_shell.store.pushdown.keys import Ambiguous, Key, key, name_key, name_of
from stk_shell.store.pushdown.relation import PushedRows

if TYPE_CHECKING:
    from stk_shell.model.stream import Data
    from stk_shell.store.connecting import Row


class PushedGroups(Gathered):
    """Groups whose rows nobody has asked for, and what the stages behind make of each."""

    def __init__(self, pushed: PushedRows, gather: operations.Gather, *rest: Rest, plan: Plan | None = None) -> None:
        super().__init__(pushed, *rest)
        if pushed.rows.scalar:
            raise Declined
        self.gather = gather
        self.plan = plan or Plan(gather.names, gather.to_table)
        self.is_value, self.is_open = self.plan.is_value, self.plan.has_rows
        self.inner = pushed.rows.nested() if pushed.rows.is_cut else pushed.rows
        self.cells = [cell_at(self.inner.columns, path, self.values) for path in gather.paths]
        self.aggregates: list[Aggregate] = [
            LENGTH if path is None else aggregate(what, cell_at(self.inner.columns, path, self.values))
            for what, path in self.plan.wanted
        ]
        self.keys: list[Key] = list(map(name_key, self.cells, gather.paths))
        self.grouping = self._grouping()

    def _grouping(self) -> Grouping:
        """The question for the groups."""
        values = list(dict.fromkeys(each.value for each in self.aggregates if each.value is not None))
        parts = [
            part.replace("{0}", f"{{{values.index(each.value)}}}")
            for each in self.aggregates
            if each.value is not None
            for part in each.parts
        ]
        keys = tuple(each.sql for each in self.keys)
        return Grouping(doubting(self.inner, self.keys), keys, tuple(values), tuple(parts), self.plan.in_order)

    @property
    def is_column(self) -> bool:
        """Whether these are the names of the groups."""
        return self.plan.is_names

    def taken(self, operation: Operation, in_memory: Rest) -> PushedRows:
        """The groups, with what a stage makes of each."""
        plan = planned(self.plan, operation)
        return PushedGroups(self.pushed, self.gather, *self.rest, in_memory, plan=plan)

    def statement(self) -> str:
        """The SELECT: of all rows, if they are wanted."""
        return PushedRows.statement(self) if self.plan.has_rows else super().statement()

    def value(self) -> Data:
        """How many groups there are, or the record of them."""
        made = self.certain()
        return self.in_memory() if made is None else len(made)

    def made(self) -> list[Value]:
        """What the stages have made of the groups; those with rows are made by memory."""
        if self.plan.has_rows:
            raise Doubtful
        groups = self._read_exactly()
        try:
            return self.plan.made(groups)
        except StkError:
            # Memory says it with the rows.
            raise Doubtful from None

    def _read_exactly(self) -> list[Group]:
        """The groups, asked for again where the quick answer does not tell enough."""
        while True:
            try:
                return self._read()
            except Ambiguous:
                self.keys = list(map(key, self.cells, self.gather.paths))
            except Fractional:
                self.aggregates = [each.in_order() for each in self.aggregates]
            self.grouping = self._grouping()

    def _read(self) -> list[Group]:
        """The groups, in the order of those that they are in, and then their own."""
        nested: dict[str, dict[tuple[str, ...], Group]] = {}
        width = len(self.keys)
        for row in self.found():
            first, *others = [name_of(each.read(value)) for each, value in zip(self.keys, row, strict=False)]
            if first is None:
                continue
            within = nested.setdefault(first, {})
            names = (first, *(name for name in others if name is not None))
            if len(names) == width:
                within[names] = self._with(within.get(names), Group(names, row[width], self._aggregates(row)))
        return [group for within in nested.values() for group in within.values()]

    def _with(self, same: Group | None, group: Group) -> Group:
        """The group, and one that has the same name though it was made of other values."""
        if same is None:
            return group
        if any(each.parts for each in self.aggregates):
            raise Doubtful
        count = same.count + group.count
        return Group(group.names, count, tuple(count for _ in self.aggregates))

    def _aggregates(self, row: Row) -> tuple[Value, ...]:
        at = len(self.keys)
        count, rest = row[at], row[at + 1 :]
        found: list[Value] = []
        for each in self.aggregates:
            found.append(each.read(count, rest[: len(each.parts)]))
            rest = rest[len(each.parts) :]
        return tuple(found)
