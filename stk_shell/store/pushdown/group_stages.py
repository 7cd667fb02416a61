"""What the stages behind `group-by` make of each group, as far as they do it without its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from stk_shell.model import operations
from stk_shell.model.operations import Operation
from stk_shell.model.source import Declined
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import INPUT_SLOT
from stk_shell.model.values import Record, Value
from stk_shell.store.pushdown.aggregates import Doubtful
from stk_shell.store.pushdown.closures import ITEMS, GroupClosure, Wanted, plain_slots

Step: TypeAlias = "Callable[[Value, Sequence[Value]], Value]"
"""What a stage makes of a group, of what the stages before have made of it, and of all aggregates of its rows."""


class Group(Struct):
    """The names of a group, how many rows it has, and its aggregates."""

    names: tuple[str, ...]
    count: int
    aggregates: tuple[Value, ...]


class Plan(Struct):
    """Groups as a table with `names`, or a record; what is wanted of their rows, and the steps that follow.

    It `has_rows` as long as somebody may ask for them.
    """

    names: tuple[str, ...]
    is_table: bool
    wanted: tuple[Wanted, ...] = ()
    steps: tuple[Step, ...] = ()
    has_rows: bool = True
    is_count: bool = False
    is_names: bool = False
    keeps_null: bool = True

    @property
    def is_value(self) -> bool:
        """Whether it stands for a record, or a number."""
        return self.is_count or (self.has_rows and not self.is_table)

    @property
    def in_order(self) -> bool:
        """Whether it matters which group comes first."""
        return not self.is_count

    def made(self, groups: Sequence[Group]) -> list[Value]:
        """What the steps make of the groups.

        Raises:
            StkError: a closure fails.
        """
        made: list[Value] = []
        for group in groups:
            value: Value = {**dict(zip(self.names, group.names, strict=True)), ITEMS: None} if self.is_table else None
            for step in self.steps:
                value = step(value if self.is_table else group.names[0], group.aggregates)
            if value is not None or self.keeps_null:
                made.append(value)
        return made

    def then(self, step: Step, closure: GroupClosure | None = None, *, has_rows: bool) -> Plan:
        """One more step, and what its closure wants."""
        wanted = (*self.wanted, *(closure.wanted if closure else ()))
        return self.replace(wanted=wanted, steps=(*self.steps, step), has_rows=has_rows)

    def share(self, closure: GroupClosure) -> slice:
        """Where a closure will find what it wants among the aggregates."""
        return slice(len(self.wanted), len(self.wanted) + len(closure.wanted))


def planned(plan: Plan, operation: Operation) -> Plan:
    """The plan with one more stage.

    Raises:
        Declined: the stage needs rows, or does more than is done here.
    """
    take = (OF_TABLE if plan.is_table else OF_RECORD).get(type(operation)) if plan.has_rows else None
    if take is None:
        raise Declined
    return take(plan, operation)


def _put(plan: Plan, operation: operations.Put) -> Plan:
    name, slots = operation.name, plain_slots(operation.made, 1)
    if not operation.replaces:
        closure = GroupClosure(operation.made, groups=(*slots, INPUT_SLOT))
    elif name == ITEMS:
        closure = GroupClosure(operation.made, groups=slots, rows=[INPUT_SLOT], takes_rows=True)
    else:
        closure = GroupClosure(operation.made, groups=slots, takes_cell=True)
    share = plan.share(closure)

    def step(value: Value, aggregates: Sequence[Value]) -> Value:
        record = _record(value)
        if (name in record) is not operation.replaces:
            raise Doubtful
        cell = record[name] if operation.replaces else record
        given = {INPUT_SLOT: cell, **dict.fromkeys(slots, value)}
        return {**record, name: closure.result(given, cell, aggregates[share])}

    return plan.then(step, closure, has_rows=not (operation.replaces and name == ITEMS))


def _make(plan: Plan, operation: operations.Make) -> Plan:
    slots = plain_slots(operation.made, 1)
    closure = GroupClosure(operation.made, groups=(*slots, INPUT_SLOT))
    share = plan.share(closure)

    def step(value: Value, aggregates: Sequence[Value]) -> Value:
        return closure.result(dict.fromkeys((*slots, INPUT_SLOT), value), value, aggregates[share])

    return plan.then(step, closure, has_rows=False).replace(keeps_null=False)


def _make_of_fields(plan: Plan, operation: operations.MakeOfFields) -> Plan:
    slots = plain_slots(operation.made, 2)
    closure = GroupClosure(operation.made, rows=slots[1:])
    share = plan.share(closure)

    def step(value: Value, aggregates: Sequence[Value]) -> Value:
        return closure.result(dict.fromkeys(slots[:1], value), None, aggregates[share])

    return plan.then(step, closure, has_rows=False)


def _names(plan: Plan, operation: operations.Names) -> Plan:
    return plan.then(lambda value, aggregates: value, has_rows=False).replace(is_names=True)


def _omit(plan: Plan, operation: operations.Omit) -> Plan:
    names = operation.names

    def step(value: Value, aggregates: Sequence[Value]) -> Value:
        record = _record(value)
        if not set(names) <= set(record):
            raise Doubtful
        return {name: cell for name, cell in record.items() if name not in names}

    return plan.then(step, has_rows=ITEMS not in names)


def _pick(plan: Plan, operation: operations.Pick) -> Plan:
    old = [path.members[0].value for _, path in operation.columns]
    if ITEMS in old or any(len(path.members) > 1 or path.members[0].ignore_case for _, path in operation.columns):
        raise Declined

    def step(value: Value, aggregates: Sequence[Value]) -> Value:
        record = _record(value)
        if not set(old) <= set(record):
            raise Doubtful
        return {name: record[str(each)] for each, (name, _) in zip(old, operation.columns, strict=True)}

    return plan.then(step, has_rows=False)


def _count(plan: Plan, operation: operations.CountRows) -> Plan:
    return plan.replace(is_count=True, has_rows=False)


def _record(value: Value) -> Record:
    if not isinstance(value, dict):
        raise Doubtful
    return value


OF_TABLE: dict[type[Operation], Callable[..., Plan]] = {
    operations.Put: _put,
    operations.Make: _make,
    operations.Omit: _omit,
    operations.Pick: _pick,
    operations.CountRows: _count,
}
"""What is done to a table of groups."""

OF_RECORD: dict[type[Operation], Callable[..., Plan]] = {
    operations.MakeOfFields: _make_of_fields,
    operations.Names: _names,
}
"""What is done to a record of groups."""
