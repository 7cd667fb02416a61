"""The SQL of events. It uses only what every chuck-stack database has: the views of api and their columns."""

from __future__ import annotations

from functools import lru_cache

from psycopg import sql

from stk_shell.model.store import EventQuery
from stk_shell.store.database import Query

LISTED = (
    *("name", "record_json", "created", "updated", "is_revoked", "uu"),
    *("type_enum", "type_name", "description", "table_name_uu_json"),
)
"""The columns of a list, in order."""

DETAILS = (
    *("revoked", "processed", "is_processed", "is_valid", "search_key", "entity", "created_by", "updated_by"),
    *("type_uu", "stk_entity_uu", "created_by_uu", "updated_by_uu", "table_name"),
)
"""The columns that a detailed list and a single event have beside those."""

SELECTED = {
    **{name: f"e.{name}::text" for name in ("uu", "type_uu", "stk_entity_uu", "created_by_uu", "updated_by_uu")},
    "type_enum": "t.type_enum::text",
    "type_name": "t.name",
    "entity": "n.name",
    "created_by": "c.name",
    "updated_by": "u.name",
}
"""Columns that are not taken as they stand: uuids are texts, and some come from other views."""

TYPE_JOIN = "left join api.stk_event_type t on t.uu = e.type_uu"
DETAIL_JOINS = (
    " left join api.stk_entity n on n.uu = e.stk_entity_uu"
    " left join api.stk_actor c on c.uu = e.created_by_uu"
    " left join api.stk_actor u on u.uu = e.updated_by_uu"
)

REVOKE = sql.SQL(
    "update api.stk_event set revoked = now() where uu = any(%s) and revoked is null"
    " returning uu::text, name, revoked, is_revoked"
)
REVOKED = ("uu", "name", "revoked", "is_revoked")
APPENDED = ("uu", "name", "created")
TYPES = ("name", "type_enum", "is_default", "description", "search_key", "uu")

EVENT_TYPES = sql.SQL(
    "select name, type_enum::text, is_default, description, search_key, uu::text from api.stk_event_type"
    " where not is_revoked order by is_default desc, type_enum, name"
)
TYPE_BY_NAME = sql.SQL(
    "select uu::text, name, search_key, is_revoked from api.stk_event_type"
    " where lower(%(name)s) in (lower(name), lower(search_key))"
)
TABLE_OF = sql.SQL("select api.get_table_name_uu_json(%s)")
STATES = sql.SQL(
    "select e.uu::text, e.revoked, u.name from api.stk_event e"
    " left join api.stk_actor u on u.uu = e.updated_by_uu where e.uu = any(%s)"
)
MATCHING = sql.SQL(
    "select e.uu::text, e.name, e.created from api.stk_event e where e.uu between %s and %s order by e.uu desc limit %s"
)
"""The greatest are the newest: uus begin with the time. Ordered by anything else, all that match would be read."""


def columns(*, detail: bool) -> tuple[str, ...]:
    """The names of a list's columns."""
    return LISTED + DETAILS if detail else LISTED


@lru_cache(maxsize=64)
def selection(*, detail: bool) -> str:
    """`select ... from ...` of events, without conditions."""
    names = ", ".join(SELECTED.get(name, f"e.{name}") for name in columns(detail=detail))
    return f"select {names} from api.stk_event e {TYPE_JOIN}{DETAIL_JOINS if detail else ''}"


def listing(query: EventQuery, types: list[str] | None) -> tuple[Query, list[object]]:
    """The statement that lists events, newest first, and its values; `types` are the uus of the query's type."""
    conditions, values = _conditions(query, types)
    text = f"{selection(detail=query.detail)}{conditions} order by e.created desc, e.uu desc"
    if query.limit is not None:
        text += " limit %s"
        values.append(query.limit)
    return sql.SQL(text), values


def counting(query: EventQuery, types: list[str] | None, at_most: int) -> tuple[Query, list[object]]:
    """The statement that counts what the query finds without its limit, up to a number."""
    conditions, values = _conditions(query, types)
    text = f"select count(*) from (select from api.stk_event e{conditions} limit %s) as found"
    return sql.SQL(text), [*values, at_most]


def _conditions(query: EventQuery, types: list[str] | None) -> tuple[str, list[object]]:
    conditions: list[str] = [] if query.revoked else ["not e.is_revoked"]
    values: list[object] = []
    for condition, value in (
        ("e.name = %s", query.name),
        ("e.type_uu = any(%s::uuid[])", types),
        ("e.created >= %s", query.since),
        ("e.created < %s", query.until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return (f" where {' and '.join(conditions)}" if conditions else ""), values


ONE = sql.SQL(f"{selection(detail=True)} where e.uu = %s")


@lru_cache(maxsize=64)
def inserting(names: tuple[str, ...]) -> Query:
    """The statement that records one event, with the columns named."""
    places = ", ".join(["%s"] * len(names))
    return sql.SQL(
        f"insert into api.stk_event ({', '.join(names)}) values ({places}) returning uu::text, name, created"
    )


INSERT_MANY = sql.SQL(
    "insert into api.stk_event (name, record_json, description, type_uu, table_name_uu_json)"
    " select r ->> 0, r -> 1, r ->> 2, (r ->> 3)::uuid,"
    """ coalesce(nullif(r -> 4, 'null'), '{"table_name": "", "uu": ""}')"""
    " from jsonb_array_elements(%s::jsonb) as r returning uu::text, name, created"
)
