"""Which of several groups comes first that begin at the same time, as all do that were loaded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stk_shell.model.struct import Struct
from stk_shell.store.pushdown.rows import Ordering, Origin, Rows

if TYPE_CHECKING:
    from stk_shell.store.claims import Who

NAME = "e.name"
"""The column by which an index has the rows of an entity in the default order."""

NEAR, FEW_TIMES = 1000, 20
"""How many rows of a time are looked at first, and up to how many times: there, most groups begin."""

TIMES = "select distinct ranked.f from ranked where ranked.tied"


class Firsts(Struct):
    """The uuids of the first rows of groups: `ranked` has the keys of those, their time `f`, and whether it is `tied`.

    The rows come by their time and then by their uuid, both from the greatest on if `down` says so; `end` gives the
    first of several.
    """

    rows: Rows
    keys: tuple[str, ...]
    end: str
    down: str

    def texts(self, who: Who) -> tuple[tuple[str, str], str]:
        """What has to stand before the SELECT and behind it, and the expression to order by."""
        if self.keys == (NAME,) and has_names(self.rows):
            return ("", ""), f"case when ranked.tied then ({self._by_name(who)}) end"
        if not has_names(self.rows):
            firsts = self._by_hash(who, f"({TIMES})")
            return (f", firsts as ({firsts})", self._join("firsts")), "firsts.m"
        rest = f"select ranked.f from ranked{self._join('near')} where ranked.tied and near.m is null"
        firsts = self._by_hash(who, "(select rest.f from rest)")
        before = f", near as ({self._near(who)}), rest as ({rest}), firsts as ({firsts})"
        return (before, f"{self._join('near')}{self._join('firsts')}"), "coalesce(near.m, firsts.m)"

    def _join(self, name: str) -> str:
        same = " and ".join(
            f"coalesce('=' || {name}.k{at}, '') = coalesce('=' || ranked.k{at}, '')" for at in range(len(self.keys))
        )
        return f" left join {name} on {name}.f = ranked.f and {same}"

    def _by_name(self, who: Who) -> str:
        """The first row of one group, which an index finds."""
        conditions = (*self.rows.conditions, f"{NAME} = ranked.k0", "e.created = ranked.f")
        return self._first_rows(conditions, 1).selection(["e.uu"], who)

    def _first_rows(self, conditions: tuple[str, ...], limit: int) -> Rows:
        order = (Ordering(self.rows.order[1].sql, bool(self.down)),)
        return self.rows.replace(conditions=conditions, order=order, limit=limit)

    def _near(self, who: Who) -> str:
        """The first rows of groups that are found soon, where few times are tied."""
        time, uu = self.rows.order
        keys = [f"{key} as k{at}" for at, key in enumerate(self.keys)]
        rows = self._first_rows((*self.rows.conditions, f"{time.sql} = times.f"), NEAR)
        few = f"{TIMES} and (select count(*) from ({TIMES}) times) <= {FEW_TIMES}"
        names = "".join(f"rows.k{at}, " for at in range(len(keys)))
        return (
            f"select {names}times.f, {self.end}(array[rows.m]) as m from ({few}) times"
            f" cross join lateral ({rows.selection([*keys, f'{uu.sql} as m'], who)}) rows"
            f"{grouped_by(len(keys) + 1)}"
        )

    def _by_hash(self, who: Who, times: str) -> str:
        """The first rows of groups at some times, by one look at all rows, if there are such times.

        PostgreSQL has no maximum of uuids, but one of arrays.
        """
        time, uu = self.rows.order
        rows = self.rows.replace(conditions=(*self.rows.conditions, f"{time.sql} in {times}", f"exists {times}"))
        keys = [f"{key} as k{at}" for at, key in enumerate(self.keys)]
        outputs = [*keys, f"{time.sql} as f", f"{self.end}(array[{uu.sql}]) as m"]
        return rows.selection(outputs, who, ordered=False, also=grouped_by(len(keys) + 1))


def has_names(rows: Rows) -> bool:
    """Whether an index finds the first row of each name, and of each time."""
    return isinstance(rows.source, Origin) and rows.source.by_entity


def is_by_time(rows: Rows) -> bool:
    """Whether the rows come by their time and then by their uuid, from one end or the other."""
    origin = rows
    while isinstance(origin.source, Rows):
        origin = origin.source
    directions = {each.descending for each in rows.order}
    return has_names(origin) and len(rows.order) == len(origin.order) == 2 and len(directions) == 1


def grouped_by(count: int) -> str:
    """By so many of the outputs."""
    return f" group by {', '.join(str(at + 1) for at in range(count))}" if count else ""
