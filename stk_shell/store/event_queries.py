"""The SQL of events, and of requests and tags, which are kept alike.

It uses only what every chuck-stack database has: the views of api and their columns.
"""

from __future__ import annotations

from functools import lru_cache

from psycopg import sql

from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.struct import Struct
from stk_shell.store.database import Query


class Table(Struct):
    """The view that records of a kind are in. A database that stk did not make may lack some of its columns."""

    noun: Noun
    lacks: tuple[str, ...] = ()
    is_distributed: bool = False

    @property
    def view(self) -> str:
        """Its name in SQL."""
        return f"api.{self.noun.table}"


EVENT_TABLE = Table(EVENTS)

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

DETAIL_JOINS = (
    ("stk_entity_uu", " left join api.stk_entity n on n.uu = e.stk_entity_uu"),
    ("created_by_uu", " left join api.stk_actor c on c.uu = e.created_by_uu"),
    ("updated_by_uu", " left join api.stk_actor u on u.uu = e.updated_by_uu"),
)
FOUND_BY = {"entity": "stk_entity_uu", "created_by": "created_by_uu", "updated_by": "updated_by_uu"}
"""Columns that come through another one."""

APPENDED = ("uu", "name", "created")
TYPES = ("name", "type_enum", "is_default", "description", "search_key", "uu")

TABLE_OF = sql.SQL("select api.get_table_name_uu_json(%s)")
HAS_TABLE_OF = sql.SQL("select pg_catalog.to_regprocedure('api.get_table_name_uu_json(uuid)') is not null")
COLUMNS_OF = sql.SQL(
    "select attname from pg_catalog.pg_attribute"
    " where attrelid = pg_catalog.to_regclass(%s) and attnum > 0 and not attisdropped"
)


def marked(mark: str) -> tuple[str, ...]:
    """The columns that come back of what was marked: `revoked`, `processed`."""
    return "uu", "name", mark, f"is_{mark}"


@lru_cache(maxsize=64)
def marking(table: Table, mark: str) -> Query:
    """The statement that revokes or processes the records of some uus that are not yet.

    Events that are distributed over several servers are not changed through their view.
    """
    if table.is_distributed:
        return sql.SQL(f"select uu::text, name, marked, is_marked from api.stk_event_mark('{mark}', %s::uuid[])")
    unrevoked = "" if mark == "revoked" else " and revoked is null"
    return sql.SQL(
        f"update {table.view} set {mark} = now() where uu = any(%s) and {mark} is null{unrevoked}"
        f" returning uu::text, name, {mark}, is_{mark}"
    )


@lru_cache(maxsize=64)
def states(table: Table, mark: str) -> Query:
    """The statement that tells why records could not be marked: when each was marked or revoked, and by whom."""
    return sql.SQL(
        f"select e.uu::text, e.{mark}, e.revoked, u.name from {table.view} e"
        " left join api.stk_actor u on u.uu = e.updated_by_uu where e.uu = any(%s)"
    )


# A type table of another make may have no record_json: `to_jsonb` gives null for what is not there.
SCHEMA = "to_jsonb(t) -> 'record_json' -> 'json_schema'"
FOUND_TYPE = (
    "uu::text, name, search_key, is_revoked, to_jsonb(t) ->> 'updated',"
    f" coalesce(jsonb_typeof({SCHEMA}), 'null') <> 'null', to_jsonb(t) ->> 'stk_entity_uu'"
)
"""What is asked of a type; the entity is null where it is for all."""

ENUM_VALUES = sql.SQL("select enum_value, is_default from api.enum_value where enum_name = %s")


@lru_cache(maxsize=64)
def types_of(table: Table, *, detail: bool = False) -> Query:
    """The statement that lists the types that are not revoked, the default first."""
    return sql.SQL(
        f"select {_listed_type(detail=detail)} from {table.view}_type t"
        " where not is_revoked order by is_default desc, t.type_enum, name"
    )


def _listed_type(*, detail: bool) -> str:
    names = "name, type_enum::text, is_default, description, search_key, uu::text"
    return f"{names}, {SCHEMA}" if detail else names


@lru_cache(maxsize=64)
def type_by_name(table: Table) -> Query:
    """The statement that finds types by name or search_key, in any case."""
    return sql.SQL(
        f"select {FOUND_TYPE} from {table.view}_type t where lower(%(name)s) in (lower(name), lower(search_key))"
    )


@lru_cache(maxsize=64)
def default_types(table: Table) -> Query:
    """The statement that finds the default types: one for each entity, and one for all."""
    return sql.SQL(f"select {FOUND_TYPE} from {table.view}_type t where is_default and not is_revoked")


@lru_cache(maxsize=64)
def schema_of(table: Table) -> Query:
    """The statement that gives the schema of a type."""
    return sql.SQL(f"select {SCHEMA} from {table.view}_type t where uu = %s")


ENTITY_OF_NEW = sql.SQL("select entity_uu::text from api.stk_session_start()")
"""The entity of what the session records."""


@lru_cache(maxsize=64)
def adding_type(table: Table) -> Query:
    """The statement that makes a type."""
    return sql.SQL(
        f"insert into {table.view}_type as t (name, type_enum, record_json, description)"
        f" values (%s, %s, %s, %s) returning {_listed_type(detail=False)}"
    )


@lru_cache(maxsize=64)
def making_default(table: Table, *, value: bool) -> Query:
    """The statement that makes a type the default, or takes that from the one that was it for the same entity."""
    entity = "to_jsonb({0}) ->> 'stk_entity_uu'"
    same = f"{entity.format('t')} is not distinct from {entity.format('n')}"
    which = "t.uu = n.uu" if value else f"t.is_default and not t.is_revoked and {same}"
    return sql.SQL(
        f"update {table.view}_type t set is_default = {str(value).lower()}"
        f" from {table.view}_type n where n.uu = %s and {which}"
    )


@lru_cache(maxsize=64)
def revoking_type(table: Table) -> Query:
    """The statement that revokes a type unless it is the default."""
    return sql.SQL(
        f"update {table.view}_type set revoked = now() where uu = %s and not is_revoked and not is_default"
        " returning uu::text, name, revoked, is_revoked"
    )


@lru_cache(maxsize=64)
def matching(table: Table) -> Query:
    """The statement that finds records by the beginning of their uu.

    The greatest are the newest: uus begin with the time. Ordered by anything else, all that match would be read.
    """
    return sql.SQL(
        f"select e.uu::text, e.name, e.created from {table.view} e"
        " where e.uu between %s and %s order by e.uu desc limit %s"
    )


@lru_cache(maxsize=64)
def columns(noun: Noun, *, detail: bool) -> tuple[str, ...]:
    """The names of a list's columns.

    Whether a record is processed matters most where somebody marks it so; what is no event tells which table it is of.
    """
    shown: tuple[str, ...] = LISTED
    if noun.has_end:
        at = LISTED.index("is_revoked") + 1
        shown = (*LISTED[:at], "is_processed", *LISTED[at:])
    if noun != EVENTS:
        shown = (*shown, "table_name")
    return (*shown, *(name for name in DETAILS if name not in shown)) if detail else shown


def joins(table: Table) -> dict[str, str]:
    """The joins that give the columns of other views, by the alias of the view."""
    by_name = {"t": f" left join {table.view}_type t on t.uu = e.type_uu"}
    return by_name | {join.split()[3]: join for through, join in DETAIL_JOINS if through not in table.lacks}


def odd_documents(table: Table) -> str:
    """The question whether there is any content that is no record, which stk never records; an index knows."""
    return f"select api.stk_has_odd_records('{table.noun.table}')"


@lru_cache(maxsize=64)
def selection(table: Table, *, detail: bool, source: str = "") -> str:
    """`select ... from ...` of records, without conditions; `source` gives them as `e`, if it is not the view."""
    names = ", ".join(_selected(table, name) for name in columns(table.noun, detail=detail))
    joins = "".join(join for through, join in DETAIL_JOINS if detail and through not in table.lacks)
    source = source or f"{table.view} e"
    return f"select {names} from {source} left join {table.view}_type t on t.uu = e.type_uu{joins}"


def _selected(table: Table, name: str) -> str:
    if FOUND_BY.get(name, name) in table.lacks:
        return f"null as {name}"
    return SELECTED.get(name, f"e.{name}")


@lru_cache(maxsize=64)
def chosen(table: Table, condition: str, *, revoked: bool) -> Query:
    """The statement that gives all columns of records that meet a condition, newest first."""
    valid = "" if revoked else " and not e.is_revoked"
    return sql.SQL(f"{selection(table, detail=True)} where {condition}{valid} order by e.created desc, e.uu desc")


@lru_cache(maxsize=64)
def one(table: Table) -> Query:
    """The statement that gives all columns of one record."""
    return sql.SQL(f"{selection(table, detail=True)} where e.uu = %s")


@lru_cache(maxsize=64)
def marked_by_us(table: Table, mark: str) -> Query:
    """The statement that finds a record if our login has marked it within a number of seconds."""
    return sql.SQL(
        f"select e.uu::text, e.name, e.{mark}, e.is_{mark} from {table.view} e"
        f" where e.uu = %s and e.{mark} >= now() - make_interval(secs => %s) and e.updated_by_uu = coalesce("
        "(select a.uu from api.stk_actor a where a.psql_user = session_user and not a.is_revoked),"
        " (select a.uu from api.stk_actor a where a.name = 'unknown' order by a.created limit 1))"
    )


@lru_cache(maxsize=64)
def recorded(table: Table) -> Query:
    """The statement that gives of a record what comes back when it is recorded."""
    return sql.SQL(f"select uu::text, name, created from {table.view} where uu = %s")


@lru_cache(maxsize=64)
def takes_uu(table: Table) -> Query:
    """The statement that tells whether clients may choose the uu of a new record."""
    return sql.SQL(f"select pg_catalog.has_column_privilege('{table.view}', 'uu', 'insert')")


@lru_cache(maxsize=64)
def inserting(table: Table, names: tuple[str, ...]) -> Query:
    """The statement that records one, with the columns named."""
    places = ", ".join(["%s"] * len(names))
    return sql.SQL(f"insert into {table.view} ({', '.join(names)}) values ({places}) returning uu::text, name, created")


@lru_cache(maxsize=64)
def inserting_many(table: Table, *, missing: bool = False, names_uu: bool = True) -> Query:
    """The statement that records many, which it is given as a JSON array; or those whose uu is not there yet.

    Without `names_uu`, the database chooses the uus.
    """
    on_conflict = " on conflict do nothing" if missing else ""
    column, value = (", uu", ", (r ->> 5)::uuid") if names_uu else ("", "")
    return sql.SQL(
        f"insert into {table.view} (name, record_json, description, type_uu, table_name_uu_json{column})"
        " select r ->> 0, r -> 1, r ->> 2, (r ->> 3)::uuid,"
        f""" coalesce(nullif(r -> 4, 'null'), '{{"table_name": "", "uu": ""}}'){value}"""
        f" from jsonb_array_elements(%s::jsonb) as r{on_conflict} returning uu::text, name, created"
    )


COMMON = {"description": "text", "type_uu": "uuid", "table_name_uu_json": "jsonb"}
"""Columns that many records have in common, and their types."""


@lru_cache(maxsize=64)
def inserting_block(table: Table, common: tuple[str, ...]) -> Query:
    """The statement that records many, given arrays of uus, names and contents, and what all have of other columns.

    It gives when they were recorded. What comes back of each is known here.
    """
    names = ", ".join(["uu", "name", "record_json", *common])
    values = ", ".join(["u", "n", "r", *(f"%s::{COMMON[name]}" for name in common)])
    return sql.SQL(
        f"with recorded as (insert into {table.view} ({names})"
        f" select {values} from unnest(%s, %s, %s) as block (u, n, r)) select now()"
    )
