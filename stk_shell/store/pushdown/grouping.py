"""The statement that counts rows by what is equal in them, in the order in which each group first appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct
from stk_shell.store.pushdown.cells import TEXT, Cell, either
from stk_shell.store.pushdown.firsts import Firsts, grouped_by, is_by_time
from stk_shell.store.pushdown.relation import probes
from stk_shell.store.pushdown.rows import Rows

if TYPE_CHECKING:
    from stk_shell.store.claims import Who

IS_TIED = "count(*) over (partition by found.f) > 1 as tied"


class Grouping(Struct):
    """Rows, the keys that tell their groups, and what is made of the rows of each.

    `values` are expressions about a row, and `aggregates` texts with `{0}` for the first of them. The answer has the
    keys, the number of rows, the aggregates, and at last a doubt, if there can be one (`is_doubtful`).
    Without `counts`, it lacks the number.
    """

    rows: Rows
    keys: tuple[str, ...]
    values: tuple[str, ...] = ()
    aggregates: tuple[str, ...] = ()
    ordered: bool = True
    counts: bool = True

    @property
    def is_doubtful(self) -> bool:
        """Whether there may be rows of which memory has to decide."""
        return self.rows.doubt is not None or self.rows.probe is not None

    def statement(self, who: Who) -> str:
        """The SELECT."""
        if not self.ordered:
            return self._plain(who)
        return self._by_time(who) if is_by_time(self.rows) else self._by_number(who)

    def _plain(self, who: Who) -> str:
        """The groups in any order."""
        rows, outputs = self._grouped()
        outputs += [doubt] if (doubt := either(_any(rows.doubt), *probes(self.rows, who))) else []
        return rows.selection(outputs, who, ordered=False, also=grouped_by(len(self.keys)))

    def _grouped(self, *added: str) -> tuple[Rows, list[str]]:
        """Rows, and what is selected of each group; each value is worked out once, and so is what is `added`."""
        rows, keys, values = self.rows, list(self.keys), list(self.values)
        if added or any("->" in value for value in values):
            columns = {str(at): Cell(sql, TEXT) for at, sql in enumerate((*keys, *values, *added))}
            rows = rows.replace(columns=columns).nested()
            inside = [cell.sql for cell in rows.columns.values()]
            keys, values = inside[: len(keys)], inside[len(keys) :]
        aggregates = [each.format(*values, order=", ".join(map(str, rows.order))) for each in self.aggregates]
        return rows, [*keys, *(["count(*)"] if self.counts else []), *aggregates]

    def _found(self, who: Who, rows: Rows, outputs: list[str], first: str) -> str:
        names = self._names()
        doubt = _any(rows.doubt)
        texts = [
            *map(" as ".join, zip(outputs, names, strict=True)),
            f"{first} as f",
            *([f"{doubt} as d"] if doubt else []),
        ]
        return (
            f"with found as materialized ({rows.selection(texts, who, ordered=False, also=grouped_by(len(self.keys)))})"
        )

    def _names(self) -> list[str]:
        return [
            *(f"k{at}" for at in range(len(self.keys))),
            "n",
            *(f"a{at}" for at in range(len(self.aggregates))),
        ]

    def _outputs(self, who: Who, relation: str) -> str:
        doubt = either(f"{relation}.d" if self.rows.doubt else None, *probes(self.rows, who))
        return ", ".join([*(f"{relation}.{name}" for name in self._names()), *([doubt] if doubt else [])])

    def _by_number(self, who: Who) -> str:
        """The groups by the number of their first row, in any order of the rows."""
        order = ", ".join(map(str, self.rows.order))
        rows, outputs = self._grouped(f"row_number() over (order by {order})")
        number = list(rows.columns.values())[-1].sql
        return (
            f"{self._found(who, rows, outputs, f'min({number})')} select {self._outputs(who, 'found')}"
            " from found order by found.f"
        )

    def _by_time(self, who: Who) -> str:
        """The groups by the time of their first row, and where several begin at one time, by its uuid."""
        rows, outputs = self._grouped()
        time, end = rows.order[0], "max" if rows.order[0].descending else "min"
        down = " desc" if time.descending else ""
        text = (
            f"{self._found(who, rows, outputs, f'{end}({time.sql})')}, ranked as (select found.*, {IS_TIED} from found)"
        )
        joins, first = Firsts(self.rows, self.keys, end, down).texts(who)
        order = f"order by ranked.f{down}, {first}{down}"
        return f"{text}{joins[0]} select {self._outputs(who, 'ranked')} from ranked{joins[1]} {order}"


def _any(doubt: str | None) -> str | None:
    return f"coalesce(bool_or({doubt}), false)" if doubt else None
