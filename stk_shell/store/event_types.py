"""The types that events can have: finding one by what a user calls it."""

from __future__ import annotations

from stk_shell.model.errors import EventError
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, Row, as_record
from stk_shell.store.json_values import check_characters


def event_types(database: Database) -> list[Record]:
    """The types that are not revoked, the default first."""
    return [as_record(queries.TYPES, row) for row in database.rows(queries.EVENT_TYPES)]


def type_uu(database: Database, name: str) -> str:
    """The uu of the type of a name or search_key, in any case.

    Raises:
        EventError: there is none, or there are several.
    """
    rows = [row for row in _types(database, name) if not row[3]]
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        keys = ", ".join(row[2] for row in rows)
        raise EventError(f"several types have the name `{name}`", "ambiguous_type", help=f"Their search keys: {keys}.")
    raise _unknown(database, name)


def type_uus(database: Database, name: str) -> list[str]:
    """The uus of all types of a name or search_key, also of revoked ones: their events stay.

    Raises:
        EventError: there is none.
    """
    rows = _types(database, name)
    if not rows:
        raise _unknown(database, name)
    return [str(row[0]) for row in rows]


def _types(database: Database, name: str) -> list[Row]:
    """The types of that name or search_key; those that differ in capital letters if none is exactly so."""
    rows = database.rows(queries.TYPE_BY_NAME, {"name": check_characters(name)})  # type: ignore[arg-type]
    return [row for row in rows if name in row[1:3]] or rows


def _unknown(database: Database, name: str) -> EventError:
    names = [str(each["name"]) for each in event_types(database)]
    near = nearest(name, names)
    help = f"Did you mean `{near}`?" if near else f"The types are {', '.join(names)}."
    return EventError(f"there is no event type `{name}`", "unknown_type", help=help)
