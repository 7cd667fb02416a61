"""What there is in the store to be named: a few statements, each of them bounded whatever the number of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.nouns import EVENTS, REQUESTS, TAGS, Noun
from stk_shell.model.overview import Described, Overview, SeenEvent, SeenField, SeenKind, SeenName
from stk_shell.store import seen
from stk_shell.store.claims import Who
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database, Query

NAMES = 1000
REVOKED = 100
"""How many of the newest events of a name may be revoked before it counts as one that nobody uses."""
ENTITIES = 200
NEWEST = 200
SAMPLED_NAMES, SAMPLED_EVENTS = 100, 5
"""Of how many names, and of how many events of each, the fields are looked at."""
FIELDS = 1000
BYTES = 20_000
"""The size from which what an event has recorded is not looked into."""
DEPTH = 5
CHARACTERS = 40
"""How much of a value is taken as an example."""

SECONDS = 5.0
"""How long a statement may take. A database that was not made by stk may lack the indexes."""

SEEN_TYPES = {
    noun: sql.SQL(
        f"select name, description from api.{noun.table}_type where not is_revoked"
        " order by is_default desc, type_enum, name limit %s"
    )
    for noun in (EVENTS, REQUESTS, TAGS)
}
SEEN_ENUMS = sql.SQL("select enum_value, comment from api.enum_value where enum_name = 'stk_event_type_enum' limit %s")
SEEN_ENTITIES = sql.SQL("select name, description from api.stk_entity where not is_revoked order by name limit %s")
SEEN_ACTORS = sql.SQL(
    "select name, coalesce(to_jsonb(a) ->> 'description', to_jsonb(a) ->> 'psql_user') from api.stk_actor a"
    " where not is_revoked order by name limit %s"
)

Values: TypeAlias = "tuple[object, ...]"


def overview(database: Database, who: Callable[[], Who]) -> Overview:
    """What there is to be named; what takes too long is left out. `who` gives what the database says of the session.

    Raises:
        StoreError: the store cannot be reached.
    """
    database.limit(SECONDS)
    by_entity = who().has_few_entities
    events = _records(database, EVENTS, by_entity=by_entity)
    names = _names(database, events, by_entity=by_entity)
    sampled = [each.name for each in names[:SAMPLED_NAMES]]
    values = sampled, SAMPLED_EVENTS, BYTES, DEPTH, CHARACTERS, FIELDS + 1
    fields = _rows(database, seen.fields(by_entity=by_entity), values)
    counts = {tuple(path): count for path, _, _, count in fields}
    return Overview(
        names,
        _types(database, EVENTS),
        _described(_rows(database, SEEN_ENTITIES, (ENTITIES,))),
        _described(_rows(database, SEEN_ACTORS, (ENTITIES,))),
        events,
        tuple(
            SeenField(tuple(path), kind, example or "", everywhere=count == counts[tuple(path[:-1])])
            for path, kind, example, count in fields
            if path
        ),
        _described(_rows(database, SEEN_ENUMS, (ENTITIES,))),
        tuple(_kind(database, noun, by_entity=by_entity) for noun in (REQUESTS, TAGS)),
    )


def _kind(database: Database, noun: Noun, *, by_entity: bool) -> SeenKind:
    """What there is of a kind of records beside events, by the newest of them."""
    records = _records(database, noun, by_entity=by_entity)
    names = {each.name: SeenName(each.name, each.created) for each in reversed(records) if not each.is_revoked}
    return SeenKind(noun, tuple(reversed(names.values())), _types(database, noun), records)


def _records(database: Database, noun: Noun, *, by_entity: bool) -> tuple[SeenEvent, ...]:
    rows = _rows(database, seen.newest(noun, by_entity=by_entity), (NEWEST, NEWEST))
    return tuple(SeenEvent(*row) for row in rows)


def _types(database: Database, noun: Noun) -> tuple[Described, ...]:
    return _described(_rows(database, SEEN_TYPES[noun], (ENTITIES,)))


def _names(database: Database, events: tuple[SeenEvent, ...], *, by_entity: bool) -> tuple[SeenName, ...]:
    """The names with the newest events first; those of the newest events alone where all of them take too long."""
    newest = {each.name: SeenName(each.name, each.created) for each in reversed(events) if not each.is_revoked}
    rows = _rows(database, seen.names(by_entity=by_entity), (REVOKED, NAMES))
    newest |= {name: SeenName(name, created) for name, created in rows}
    return tuple(sorted(newest.values(), key=lambda each: each.created, reverse=True))


def _described(rows: list[Row]) -> tuple[Described, ...]:
    return tuple(Described(name, description or "") for name, description in rows)


def _rows(database: Database, statement: Query, values: Values) -> list[Row]:
    """The rows; none where the statement takes too long, or may not be asked."""
    try:
        return database.rows(statement, values)
    except StoreError as error:
        if error.code.rpartition("::")[2] in ("canceled", "permission", "no_schema", "undefined", "older_schema"):
            return []
        raise
