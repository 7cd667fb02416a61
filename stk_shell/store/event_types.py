"""The types that records can have: finding one by what a user calls it."""

from __future__ import annotations

from stk_shell.model.errors import EventError
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.json_values import check_characters


def types_of(database: Database, table: Table) -> list[Record]:
    """The types that are not revoked, the default first."""
    return [as_record(queries.TYPES, row) for row in database.rows(queries.types_of(table))]


def type_uu(database: Database, table: Table, name: str) -> str:
    """The uu of the type of a name or search_key, in any case.

    Raises:
        EventError: there is none, or there are several.
    """
    rows = [row for row in _named(database, table, name) if not row[3]]
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        keys = ", ".join(row[2] for row in rows)
        raise EventError(f"several types have the name `{name}`", "ambiguous_type", help=f"Their search keys: {keys}.")
    raise _unknown(database, table, name)


def type_uus(database: Database, table: Table, name: str) -> list[str]:
    """The uus of all types of a name or search_key, also of revoked ones: their records stay.

    Raises:
        EventError: there is none.
    """
    rows = _named(database, table, name)
    if not rows:
        raise _unknown(database, table, name)
    return [str(row[0]) for row in rows]


def _named(database: Database, table: Table, name: str) -> list[Row]:
    """The types of that name or search_key; those that differ in capital letters if none is exactly so."""
    rows = database.rows(queries.type_by_name(table), {"name": check_characters(name)})  # type: ignore[arg-type]
    return [row for row in rows if name in row[1:3]] or rows


def _unknown(database: Database, table: Table, name: str) -> EventError:
    names = [str(each["name"]) for each in types_of(database, table)]
    near = nearest(name, names)
    help = f"Did you mean `{near}`?" if near else f"The types are {', '.join(names)}."
    return EventError(f"there is no {table.noun.name} type `{name}`", "unknown_type", help=help)
