"""How many events there are: by name, by type and by day.

One pass over the records counts everything but the days, which are counted by another: together, the groups would be
too many for PostgreSQL to count in parallel.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.local_time import local, midnight
from stk_shell.model.store import EventQuery
from stk_shell.model.struct import Struct
from stk_shell.model.values import Filesize, Record, Value
from stk_shell.store.claims import Who
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database
from stk_shell.store.errors import ConnectionLost
from stk_shell.store.event_queries import Table
from stk_shell.store.narrowing import conditions, where

HASHING = sql.SQL("set local enable_sort = off")
"""PostgreSQL takes every time for a day of its own, and would sort them all on disk."""

MOST_DAYS = 100_000
"""Of more days than that, those without events are left out: somebody has recorded a time of another age."""

ENTITIES = sql.SQL("select array(select o.uu::text from api.stk_entities() as o (uu))")

SIZE = sql.SQL(
    "select coalesce((select sum(pg_total_relation_size(p.relid)) from pg_partition_tree(c.oid) as p),"
    " pg_total_relation_size(c.oid))::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'private' and c.relname = %s"
)


class Group(Struct):
    """Records of one name and type that are revoked or not: how many, and the times of the first and the last."""

    name: str
    type: str | None
    is_revoked: bool
    count: int
    first: datetime.datetime
    last: datetime.datetime


class Chosen(Struct):
    """The records that are counted, as a condition in SQL."""

    table: Table
    conditions: list[str]
    values: list[object]


def statistics(database: Database, table: Table, query: EventQuery, types: list[str] | None, who: Who) -> Record:
    """What there is of the records that the query finds without its limit; `types` are the uus of its type."""
    try:
        groups, days = _counted(database, table, query, types, who)
    except ConnectionLost:
        # A question can be asked again.
        database.connect_again()
        groups, days = _counted(database, table, query, types, who)
    listed = _listed(groups, query)
    return {
        "count": sum(group.count for group in listed),
        "revoked": sum(group.count for group in groups if group.is_revoked),
        "first": min((group.first for group in listed), default=None),
        "last": max((group.last for group in listed), default=None),
        "size": _size(database, table),
        "by_name": _shares("name", ((group.name, group.count) for group in listed)),
        "by_type": _shares("type", ((group.type, group.count) for group in listed)),
        "by_day": days,
    }


def _listed(groups: list[Group], query: EventQuery) -> list[Group]:
    return [group for group in groups if query.revoked or not group.is_revoked]


def _counted(
    database: Database, table: Table, query: EventQuery, types: list[str] | None, who: Who
) -> tuple[list[Group], list[Value]]:
    with database.snapshot():
        chosen = _chosen(database, table, query, types, who)
        groups = _groups(database, chosen)
        listed = _listed(groups, query)
        return groups, _by_day(database, chosen, listed, revoked=query.revoked) if listed else []


def _chosen(database: Database, table: Table, query: EventQuery, types: list[str] | None, who: Who) -> Chosen:
    """The records, with the entities as values: by these, PostgreSQL knows whether they are few or most."""
    found, values = conditions(query, types)
    if who.has_few_entities and "stk_entity_uu" not in table.lacks:
        found, values = ["e.stk_entity_uu = any(%s::uuid[])", *found], [database.rows(ENTITIES)[0][0], *values]
    return Chosen(table, found, values)


def _groups(database: Database, chosen: Chosen) -> list[Group]:
    view = chosen.table.view
    statement = (
        "select g.name, t.name, g.is_revoked, g.count, g.first, g.last from (select e.name, e.type_uu, e.is_revoked,"
        f" count(*) as count, min(e.created) as first, max(e.created) as last from {view} e{where(chosen.conditions)}"
        f" group by e.name, e.type_uu, e.is_revoked) as g left join {view}_type t on t.uu = g.type_uu"
    )
    return [Group(*row) for row in database.rows(sql.SQL(statement), chosen.values)]


def _by_day(database: Database, chosen: Chosen, groups: list[Group], *, revoked: bool) -> list[Value]:
    """The number of each day from the first to the last of the groups, as days are here."""
    days = _days(min(group.first for group in groups), max(group.last for group in groups))
    found = chosen.conditions if revoked else [*chosen.conditions, "not e.is_revoked"]
    statement = (
        "select pg_catalog.width_bucket(e.created, %s::timestamptz[]), count(*)"
        f" from {chosen.table.view} e{where(found)} group by 1"
    )
    database.change(HASHING)
    counts: dict[int, int] = dict(map(_pair, database.rows(sql.SQL(statement), [days, *chosen.values])))
    numbered = enumerate(days, 1)
    return [{"day": day, "count": counts.get(at, 0)} for at, day in numbered if at in counts or len(days) < MOST_DAYS]


def _pair(row: Row) -> tuple[int, int]:
    return row[0], row[1]


def _days(first: datetime.datetime, last: datetime.datetime) -> list[datetime.datetime]:
    """When each day begins in the local time zone, from that of the first time to that of the last."""
    start, end = local(first).date().toordinal(), local(last).date().toordinal()
    return [midnight(datetime.date.fromordinal(day)) for day in range(start, end + 1)]


def _shares(column: str, counts: Iterable[tuple[str | None, int]]) -> list[Value]:
    """A row for each value, the most frequent first, with its share of all."""
    totals: Counter[str | None] = Counter()
    for value, count in counts:
        totals[value] += count
    whole = totals.total()
    order = sorted(totals.items(), key=lambda item: (-item[1], item[0] or ""))
    return [{column: value, "count": count, "percentage": f"{count / whole * 100:.2f}%"} for value, count in order]


def _size(database: Database, table: Table) -> Filesize | None:
    """The bytes that the table takes with its indexes; None where the database does not let us see it."""
    try:
        rows = database.rows(SIZE, (table.noun.table,))
    except StoreError as error:
        if error.code != "stk::store::permission":
            raise
        return None
    return Filesize(rows[0][0]) if rows else None
