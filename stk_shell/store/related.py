"""Records that belong to others: what is attached to them, and what they point at; many with one statement."""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Sequence

from psycopg import sql

from stk_shell.model.values import Record, Value
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table

HAS_ATTACHED = sql.SQL("select pg_catalog.to_regprocedure('api.stk_attached(text, uuid[])') is not null")

VIEWS = sql.SQL(
    "select c.relname, array_agg(a.attname::text order by a.attnum)"
    " from pg_catalog.pg_class c"
    " join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = 'api'"
    " join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
    " where c.relkind in ('r', 'v') and c.relname <> 'stk_change_log' and has_table_privilege(c.oid, 'select')"
    " and exists (select from pg_catalog.pg_class p join pg_catalog.pg_namespace m on m.oid = p.relnamespace"
    " where m.nspname = 'private' and p.relname = c.relname and p.relkind in ('r', 'p'))"
    " group by c.relname"
    " having bool_or(a.attname = 'uu' and a.atttypid = 'uuid'::regtype)"
    # Most of what is pointed at is an event.
    " order by c.relname <> 'stk_event', c.relname"
)
"""The views that show the records of a table. A change log that is made up of others has no records of its own."""


class Related:
    """Finds the records that belong to others; what the database has for that is asked for once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._has_function: bool | None = None
        self._views: dict[str, list[str]] = {}

    def attached(self, table: Table, uus: Sequence[str], *, revoked: bool) -> list[Record]:
        """The records of a table, with all columns, that are attached to any of those uus; the newest first."""
        if self._has_function is None:
            self._has_function = bool(self._database.rows(HAS_ATTACHED)[0][0])
        found = "e.uu = any(array(select api.stk_attached(%s, %s::uuid[])))"
        values: tuple[object, ...] = (table.noun.table, [*uus])
        if not self._has_function:
            found, values = "e.table_name_uu_json ->> 'uu' = any(%s)", ([*uus],)
        rows = self._database.rows(queries.chosen(table, found, revoked=revoked), values)
        names = queries.columns(table.noun, detail=True)
        return [as_record(names, row) for row in rows]

    def resolved(self, uus: Sequence[str], names: Sequence[str] | None) -> dict[str, Record]:
        """The records of those uus, whatever their tables, with the columns named or all of them; by uu."""
        places = self.places(uus)
        found: dict[str, Record] = {}
        for view in dict.fromkeys(places.values()):
            columns = [name for name in names or self._views[view] if name in self._views[view]]
            wanted = [uu for uu, place in places.items() if place == view]
            text = sql.SQL("select uu::text, {} from api.{} where uu = any(%s::uuid[])").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(view)
            )
            for uu, *values in self._database.rows(text, (wanted,)):
                found[uu] = {name: _plain(value) for name, value in zip(columns, values, strict=True)}
        return found

    def places(self, uus: Sequence[str]) -> dict[str, str]:
        """The views that the records of those uus are in."""
        if not self._views:
            self._views = dict(self._database.rows(VIEWS))
        parts = [
            sql.SQL("select uu::text, {} from api.{} where uu = any(%(uus)s::uuid[])").format(
                sql.Literal(view), sql.Identifier(view)
            )
            for view in self._views
        ]
        every = sql.SQL(" union all ").join(parts)
        return dict(self._database.rows(every, {"uus": [*uus]}))


def _plain(value: object) -> Value:
    """What a column of any table holds, as a value of the language."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, uuid.UUID) or type(value) is datetime.date:
        return str(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, (str, bool, int, float, dict, bytes, datetime.datetime)):
        return value
    return str(value)
