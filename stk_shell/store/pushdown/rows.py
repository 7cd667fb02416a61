"""A question for rows, as stages make it narrower: the parts of a SELECT, and the text of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct
from stk_shell.store.pushdown.cells import Cell, either

if TYPE_CHECKING:
    from stk_shell.store.claims import Who

OTHERS = re.compile(r"\b[tncu]\.")
"""What mentions a joined table."""

IN_ORDER = "e.created"
"""What the order of the indexes begins with."""

OWNED = "e.stk_entity_uu = o.uu"
EACH_ENTITY = "api.stk_entities() as o (uu) cross join lateral"
"""With a limit, a list goes from one entity of the session to the next: row security alone would have PostgreSQL walk
through the records of others by their time, to find the few of a small entity among them."""


class Origin(Struct):
    """The table that rows come from, as `e`; `joins` are by the alias that they are mentioned by.

    `by_entity` says that its rows belong to entities, and that an index has them in the default order.
    """

    table: str
    joins: Mapping[str, str]
    by_entity: bool


class Ordering(Struct):
    """An expression to order by; a `fixed` one stays as it is where the order is turned round."""

    sql: str
    descending: bool = False
    fixed: bool = False

    def __str__(self) -> str:
        return f"{self.sql} desc" if self.descending else self.sql

    def turned(self) -> Ordering:
        """The other way round; nulls go to the other end, too."""
        return self if self.fixed else self.replace(descending=not self.descending)


class Rows(Struct):
    """Which rows, what of them, in which order.

    `scalar` says that there is one column, and its values flow instead of rows. Rows for which `doubt` is true are
    among the others, whatever the conditions say: memory has to decide about them. `probe` is true if there are such
    rows among those that a stage has looked at and not given on.
    """

    source: Origin | Rows
    columns: Mapping[str, Cell]
    order: tuple[Ordering, ...]
    scalar: bool = False
    conditions: tuple[str, ...] = ()
    doubt: str | None = None
    probe: Rows | None = None
    offset: int = 0
    limit: int | None = None
    depth: int = 0

    @property
    def only(self) -> Cell:
        """The one column of values."""
        return next(iter(self.columns.values()))

    @property
    def is_cut(self) -> bool:
        """Whether only a part of the rows is wanted, by their number."""
        return self.limit is not None or self.offset > 0

    def nested(self) -> Rows:
        """The same rows, as a source for others."""
        alias = f"q{self.depth}"
        columns = {
            name: cell.replace(sql=f"{alias}.c{at}", doubt=None, guard=None, text=None)
            for at, (name, cell) in enumerate(self.columns.items())
        }
        order = tuple(each.replace(sql=f"{alias}.o{at}") for at, each in enumerate(self.order))
        doubt = f"{alias}.doubt" if self.doubt else None
        return Rows(self, columns, order, self.scalar, (), doubt, self.probe, depth=self.depth + 1)

    def narrowed(self, truth: str, doubt: str | None, kept: str | None = None) -> Rows:
        """The rows for which a condition is true, and those in doubt; `kept` is a shorter way to say both."""
        condition = either(self.doubt, kept or either(truth, doubt)) or truth
        return self.replace(conditions=(*self.conditions, condition), doubt=either(self.doubt, doubt))

    def settled(self) -> Rows:
        """The rows for a stage that looks at all of them before it gives any: doubts among them matter at once."""
        if self.doubt is None:
            return self
        inside = self.nested() if self.is_cut else self
        doubtful = inside.replace(conditions=(*inside.conditions, str(inside.doubt)), doubt=None, probe=None)
        return self.replace(probe=doubtful.replace(probe=self.probe), doubt=None)

    def selection(self, outputs: Sequence[str], who: Who, *, ordered: bool = True, also: str = "") -> str:
        """The SELECT; `also` is what stands behind the conditions, such as a GROUP BY."""
        limit = (
            f"{f' limit {self.limit}' if self.limit is not None else ''}{f' offset {self.offset}' * (self.offset > 0)}"
        )
        order = f" order by {', '.join(map(str, self.order))}" if ordered and self.order else ""
        if isinstance(self.source, Rows):
            return f"select {', '.join(outputs)}{self._from_nested(self.source, who)}{also}{order}{limit}"
        text = ", ".join((*outputs, *self.conditions, *(each.sql for each in self.order)))
        joins = "".join(join for alias, join in self.source.joins.items() if re.search(rf"\b{alias}\.", text))
        if self._goes_by_entity(who) and ordered:
            return self._by_entity(outputs, joins, order, limit)
        where = _where([*(_of(who.uus) if self.source.by_entity else []), *self.conditions])
        return f"select {', '.join(outputs)} from {self.source.table} e{joins}{where}{also}{order}{limit}"

    def _from_nested(self, source: Rows, who: Who) -> str:
        outputs = [f"{cell.sql} as c{at}" for at, cell in enumerate(source.columns.values())]
        outputs += [f"{each.sql} as o{at}" for at, each in enumerate(source.order)]
        outputs += [f"{source.doubt} as doubt"] if source.doubt else []
        inside = source.selection(outputs, who, ordered=source.is_cut)
        return f" from ({inside}) q{source.depth}{_where(self.conditions)}"

    def _goes_by_entity(self, who: Who) -> bool:
        """Whether to ask each entity for its first rows: there are a few of them, and an index for that."""
        if not (isinstance(self.source, Origin) and self.source.by_entity and self.limit is not None):
            return False
        in_order = bool(self.order) and self.order[0].sql == IN_ORDER
        return in_order and who.has_few_entities and not re.search(OTHERS, " ".join(self.conditions))

    def _by_entity(self, outputs: Sequence[str], joins: str, order: str, limit: str) -> str:
        assert isinstance(self.source, Origin)  # noqa: S101
        first = f" limit {(self.limit or 0) + self.offset}"
        inner = f"select e.* from {self.source.table} e{_where([OWNED, *self.conditions])}{order}{first}"
        return f"select {', '.join(outputs)} from {EACH_ENTITY} ({inner}) e{joins}{order}{limit}"


def _of(entities: Sequence[str]) -> list[str]:
    """The condition that names the entities, if they are known."""
    if len(entities) == 1:
        return [f"e.stk_entity_uu = '{entities[0]}'"]
    return [f"e.stk_entity_uu = any('{{{','.join(entities)}}}')"] if entities else []


def _where(conditions: Sequence[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""
