"""The SQL of proving.

What verifies reads tables, not views, and calls functions of PostgreSQL alone: an administrator can replace those of
the store. For the same reason, everything has its schema.
"""

from __future__ import annotations

from psycopg import sql

from stk_shell.model.proof.facts import Head
from stk_shell.store.database import Query


def _text(column: str) -> str:
    """A column as UTF-8, whatever the encodings of database and client are."""
    return f"pg_catalog.convert_to({column}, 'UTF8')"


def _time(column: str) -> str:
    """A time as Python can hold it: whoever forges one may take infinity, or the year 20000."""
    return (
        f"case when {column} is not null then least(greatest({column}, pg_catalog.timestamptz '0001-01-03 00:00+00'),"
        " pg_catalog.timestamptz '9999-12-29 00:00+00') end"
    )


def _leaf(*values: str) -> str:
    form = f"pg_catalog.record_send(row({', '.join(values)}))"
    return f"pg_catalog.sha256('\\x00'::pg_catalog.bytea || {form})"


def event_leaf(created: str = "r.created") -> str:
    """The hash of an event `r`: `facts.event_form` in SQL. With another expression, as if it were of that time."""
    return _leaf(
        *("'stk_event'::pg_catalog.text", "r.uu", "r.stk_entity_uu", created, "r.created_by_uu"),
        *(_text("r.table_name_uu_json::pg_catalog.text"), "r.is_valid", "r.type_uu"),
        *(_text("r.record_json::pg_catalog.text"), _text("r.search_key"), _text("r.name"), _text("r.description")),
    )


def change_leaf(created: str = "r.created") -> str:
    """The hash of a row `r` of the change log."""
    return _leaf(
        *("'stk_change_log'::pg_catalog.text", "r.uu", "r.stk_entity_uu", created, "r.created_by_uu", "r.batch_id"),
        *(_text("r.record_table"), "r.record_uu", _text("r.operation")),
        *(_text("r.old_values::pg_catalog.text"), _text("r.new_values::pg_catalog.text")),
    )


TABLES = {"stk_event": event_leaf, "stk_change_log": change_leaf}
"""The tables whose rows are sealed, in the order of a block."""

SLICES = {"stk_event": "b.uus[:b.events]", "stk_change_log": "b.uus[b.events + 1:]"}
"""The part of a block's list that is about a table."""

SEAL_SELDOM = sql.SQL(
    "select case when not exists (select from api.stk_block b"
    " where b.number = (select pg_catalog.max(number) - 100 from api.stk_block)"
    " and b.created > pg_catalog.now() - interval '15 minutes')"
    " then (select blocks from api.stk_seal()) end"
)
"""Programs that log one event each, and many of them, would make a block of each. A hundred in a while are enough."""

SEAL = sql.SQL("select blocks, facts, pending from api.stk_seal()")
HAS_CHAIN = sql.SQL(
    "select exists (select from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace"
    " where n.nspname = 'api' and p.proname = 'stk_seal')"
)
CAN_SEAL = sql.SQL("select not pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool")
"""Not so on a standby."""

HEADS = ", ".join(_time("b.created") if name == "created" else f"b.{name}" for name in (*Head._fields, "hash"))
LAST = sql.SQL(f"select {HEADS} from api.stk_block b order by b.number desc limit 1")
HEADS_FROM = sql.SQL(f"select {HEADS} from api.stk_block b where b.number >= %s order by b.number")

OWN_EVENT = sql.SQL(
    "select uu::text, stk_entity_uu::text, created, created_by_uu::text, table_name_uu_json::text, is_valid,"
    " type_uu::text, record_json::text, search_key, name, description from api.stk_event where uu = %s"
)
SEALED = sql.SQL("select number, place, leaves from api.stk_sealed(%s, %s)")

AUDIT = {"search_path": "", "TimeZone": "UTC", "jit": "off"}
ISOLATED = sql.SQL("set transaction isolation level repeatable read, read only")
SNAPSHOT = sql.SQL("select pg_catalog.pg_export_snapshot()")
BOUNDS = sql.SQL(
    "select coalesce((select pg_catalog.max(number) from private.stk_block), 0), coalesce((select xact_to from"
    " private.stk_block order by number desc limit 1), 0), pg_catalog.pg_snapshot_xmax("
    "pg_catalog.pg_current_snapshot())::pg_catalog.text::pg_catalog.int8"
)
"""The last block, its transactions, and the first number that no transaction has had yet."""


def _recomputed(table: str) -> str:
    """The hashes of a block's facts as the rows are now, in order; zeros for a row that is gone."""
    return (
        "cross join lateral (select"
        f" coalesce(pg_catalog.string_agg(coalesce({TABLES[table]()}, %(nothing)s), '' order by f.place), '')"
        " as leaves,"
        " pg_catalog.count(*) filter (where r.xact_id < %(sealed)s) as counted,"
        " coalesce(pg_catalog.bool_and(r.xact_id between b.xact_least and b.xact_greatest), true) as is_in_range"
        f" from pg_catalog.unnest({SLICES[table]}) with ordinality as f (uu, place)"
        f" left join private.{table} r on r.uu = f.uu) as {table}"
    )


BLOCKS = sql.SQL(
    f"select {HEADS}, b.leaves, pg_catalog.array_send(b.uus) || pg_catalog.array_send(b.moments)"
    " || pg_catalog.array_send(b.records), stk_event.leaves || stk_change_log.leaves,"
    " stk_event.counted, stk_change_log.counted, stk_event.is_in_range and stk_change_log.is_in_range,"
    f" (select {_time('pg_catalog.min(m)')} from pg_catalog.unnest(b.moments[:b.events]) as m)"
    f" from private.stk_block b {_recomputed('stk_event')} {_recomputed('stk_change_log')}"
    " where b.number %% %(parts)s = %(part)s order by b.number"
)
"""Each block with what was kept in it, and with what its facts come to now."""


SUBJECTS = {"stk_event": "r.uu", "stk_change_log": "r.record_uu"}
"""What a fact is about: the event itself, or the record that was changed."""


def facts(table: str) -> Query:
    """The facts of one block: what is kept of them, and what they come to now."""
    is_event = table == "stk_event"
    place = "f.place" if is_event else "f.place + b.events"
    moment, leaf = f"b.moments[{place}]", TABLES[table]
    return sql.SQL(
        f"select ({place} - 1)::pg_catalog.int4, f.uu::text, {'f.uu' if is_event else 'b.records[f.place]'}::text,"
        f" {_time(moment)}, {_time('r.created')}, {leaf()}, {leaf(moment)}, r.uu is not null,"
        " r.xact_id between b.xact_least and b.xact_greatest"
        " from private.stk_block b"
        f" cross join lateral pg_catalog.unnest({SLICES[table]}) with ordinality as f (uu, place)"
        f" left join private.{table} r on r.uu = f.uu where b.number = %s order by 1"
    )


COUNTED = {
    table: sql.SQL(f"select pg_catalog.count(*) from private.{table} r where r.xact_id < %s") for table in TABLES
}

UNHELD = {
    table: sql.SQL(
        f"with held as materialized (select pg_catalog.unnest({SLICES[table]}) as uu from private.stk_block b)"
        f" select r.uu::text, {SUBJECTS[table]}::text, {_time('r.created')}, r.xact_id"
        f" from private.{table} r where not exists (select from held h where h.uu = r.uu) and r.xact_id < %s"
    )
    for table in TABLES
}
"""Rows that no block holds, of transactions that are sealed."""

UNSEALED = {
    table: sql.SQL(
        f"with held as materialized (select pg_catalog.unnest({SLICES[table]}) as uu from private.stk_block b"
        " where b.xact_greatest >= %(sealed)s)"
        f" select r.uu::text, {SUBJECTS[table]}::text, {_time('r.created')},"
        f" r.xact_id >= %(next)s from private.{table} r"
        " where r.xact_id >= %(sealed)s and not exists (select from held h where h.uu = r.uu)"
    )
    for table in TABLES
}
"""Rows that no block holds yet, and whether their transaction is one that there has not been."""

LATE = sql.SQL(
    f"select f.uu::text, {_time('b.moments[f.place]')} from private.stk_block b"
    " cross join lateral pg_catalog.unnest(b.uus[:b.events]) with ordinality as f (uu, place)"
    " where b.number = %s and b.moments[f.place] < %s order by 2"
)

STATES = sql.SQL(
    "with logged as (select l.record_uu as uu,"
    " pg_catalog.max((l.new_values ->> 'revoked')::pg_catalog.timestamptz) as revoked,"
    " pg_catalog.max((l.new_values ->> 'processed')::pg_catalog.timestamptz) as processed,"
    " pg_catalog.array_agg((l.new_values ->> 'updated')::pg_catalog.timestamptz) as updated,"
    " pg_catalog.array_agg(l.created_by_uu) as updated_by_uu"
    " from private.stk_change_log l where l.record_table = 'stk_event' and l.operation = 'UPDATE' group by l.record_uu)"
    f" select e.uu::text, {', '.join(map(_time, ('e.revoked', 'l.revoked', 'e.processed', 'l.processed')))},"
    " case when l.uu is null then e.updated = e.created and e.updated_by_uu = e.created_by_uu"
    " else e.updated = any (l.updated) and e.updated_by_uu = any (l.updated_by_uu) end,"
    " e.table_name = 'stk_event' and e.is_revoked = (e.revoked is not null)"
    " and e.is_processed = (e.processed is not null)"
    " from private.stk_event e left join logged l on l.uu = e.uu"
    " where e.revoked is distinct from l.revoked or e.processed is distinct from l.processed"
    " or l.uu is null and (e.updated <> e.created or e.updated_by_uu <> e.created_by_uu)"
    " or l.uu is not null and not (e.updated = any (l.updated) and e.updated_by_uu = any (l.updated_by_uu))"
    " or e.table_name <> 'stk_event' or e.is_revoked <> (e.revoked is not null)"
    " or e.is_processed <> (e.processed is not null)"
)
"""Events whose state is not what the changes made of it."""

GUARDS = sql.SQL(
    "select coalesce(c.relname, w.relname)::pg_catalog.text, w.tgname,"
    " c.relkind = 'r' or w.relname = 'stk_event' and c.relkind = 'p', t.tgenabled is not distinct from 'O', exists ("
    "select from pg_catalog.pg_policy p where p.polrelid = c.oid and not p.polpermissive),"
    " w.relname = 'stk_block' or c.relrowsecurity and c.relforcerowsecurity"
    " from (values ('stk_event', 't10010_stk_event_immutable'), ('stk_event', 't10020_stk_no_delete'),"
    " ('stk_event', 't10100_stk_change_log'), ('stk_change_log', 't10015_stk_append_only'),"
    " ('stk_change_log', 't10020_stk_no_delete'), ('stk_block', 't10015_stk_append_only'),"
    " ('stk_block', 't10020_stk_no_delete')) as w (relname, tgname)"
    " left join pg_catalog.pg_class r on r.relname = w.relname and r.relnamespace = 'private'::pg_catalog.regnamespace"
    " left join pg_catalog.pg_class c on c.oid = r.oid or c.oid in ("
    "select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = r.oid)"
    " left join pg_catalog.pg_trigger t on t.tgrelid = c.oid and t.tgname = w.tgname"
)
"""Whether what keeps the tables as they are is there: tables that are tables, triggers that fire, row security."""

CASTS = sql.SQL(
    "select pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null)"
    " from pg_catalog.pg_cast c where c.oid >= 16384 and (c.castsource, c.casttarget) in ("
    "values (3802::pg_catalog.oid, 25::pg_catalog.oid), (25, 1184), (25, 20), (5069, 25), (2950, 25), (20, 23))"
)
"""Casts that somebody has added between types of PostgreSQL, of those that are used here: jsonb to text, text to
timestamptz and bigint, xid8 and uuid to text, bigint to integer. Through one of them, rows can seem unaltered.
"""
