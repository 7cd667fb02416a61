"""The statements that list and count records, the newest first.

Where the database knows of members, a list goes from one entity of the session to the next: row security alone would
have PostgreSQL walk through the records of others by their time, to find the few of a small entity among them.
"""

from __future__ import annotations

from psycopg import sql

from stk_shell.model.store import EventQuery
from stk_shell.store.claims import Who
from stk_shell.store.database import Query
from stk_shell.store.event_queries import Table, selection

ORDER = " order by e.created desc, e.uu desc"
OWNED = "e.stk_entity_uu = o.uu"
EACH_ENTITY = "api.stk_entities() as o (uu) cross join lateral"
ONLY_ENTITY = "e.stk_entity_uu = (select o.uu from api.stk_entities() as o (uu) limit 1)"
"""For a list without a limit, which comes in the order of an index where there is one entity."""


def listing(table: Table, query: EventQuery, types: list[str] | None, who: Who) -> tuple[Query, list[object]]:
    """The statement that lists records, and its values; `types` are the uus of the query's type."""
    conditions, values = _conditions(query, types)
    if query.limit is None:
        only = [ONLY_ENTITY] if who.entities == 1 and _has_entity(table) else []
        return sql.SQL(f"{selection(table, detail=query.detail)}{_where(only + conditions)}{ORDER}"), values
    # As a number, not as a parameter: for any limit there may be, PostgreSQL would plan each time anew.
    limit = f" limit {query.limit}"
    if not _goes_by_entity(table, who):
        return sql.SQL(f"{selection(table, detail=query.detail)}{_where(conditions)}{ORDER}{limit}"), values
    newest = f"select e.* from {table.view} e{_where([OWNED, *conditions])}{ORDER}{limit}"
    selected = selection(table, detail=query.detail, source=f"{EACH_ENTITY} ({newest}) e")
    return sql.SQL(f"{selected}{ORDER}{limit}"), values


def counting(
    table: Table, query: EventQuery, types: list[str] | None, at_most: int, who: Who
) -> tuple[Query, list[object]]:
    """The statement that counts what the query finds without its limit, up to a number."""
    conditions, values = _conditions(query, types)
    if not _goes_by_entity(table, who):
        text = f"select count(*) from (select from {table.view} e{_where(conditions)} limit %s) as found"
        return sql.SQL(text), [*values, at_most]
    found = f"select from {table.view} e{_where([OWNED, *conditions])} limit %s"
    text = f"select count(*) from (select from {EACH_ENTITY} ({found}) e limit %s) as found"
    return sql.SQL(text), [*values, at_most, at_most]


def _goes_by_entity(table: Table, who: Who) -> bool:
    return who.has_few_entities and _has_entity(table)


def _has_entity(table: Table) -> bool:
    return "stk_entity_uu" not in table.lacks


def _where(conditions: list[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""


def _conditions(query: EventQuery, types: list[str] | None) -> tuple[list[str], list[object]]:
    conditions: list[str] = [] if query.revoked else ["not e.is_revoked"]
    values: list[object] = []
    if query.unprocessed:
        conditions.append("not e.is_processed")
    for condition, value in (
        ("e.name = %s", query.name),
        ("e.type_uu = any(%s::uuid[])", types),
        ("e.created >= %s", query.since),
        ("e.created < %s", query.until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, values
