"""What there is in the store to be named: a few statements, each of them bounded whatever the number of events."""

from __future__ import annotations

from typing import TypeAlias

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.nouns import EVENTS, REQUESTS, TAGS, Noun
from stk_shell.model.overview import Described, Overview, SeenEvent, SeenField, SeenKind, SeenName
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

MILLISECONDS = 5000
"""How long a statement may take. A database that was not made by stk may lack the indexes."""

TIMEOUT = sql.SQL("select set_config('statement_timeout', %s, false)")

SEEN_NAMES = sql.SQL(
    "with recursive found as ("
    " (select name, created from api.stk_event order by name, created desc limit 1)"
    " union all"
    " select next.name, next.created from found cross join lateral ("
    " select e.name, e.created from api.stk_event e where e.name > found.name order by e.name, e.created desc limit 1"
    " ) as next"
    ") select found.name, open.created from found cross join lateral ("
    " select created from ("
    " select e.created, e.is_revoked from api.stk_event e where e.name between found.name and found.name"
    " order by e.name, e.created desc, e.uu desc limit %s"
    ") as newest where not is_revoked limit 1) as open limit %s"
)
"""Goes from each name to the next by the index on names: a plain `distinct` would read all events.

`between` keeps to that index, where `=` would let PostgreSQL look for a rare name among all events by time.
"""

SEEN_RECORDS = {
    noun: sql.SQL(
        f"select e.uu::text, e.name, e.created, e.is_revoked from api.{noun.table} e"
        " order by e.created desc, e.uu desc limit %s"
    )
    for noun in (EVENTS, REQUESTS, TAGS)
}
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

SEEN_FIELDS = sql.SQL(
    "with recursive sample as materialized ("
    " select newest.record_json from unnest(%s::text[]) as names (name) cross join lateral ("
    " select e.record_json from api.stk_event e where e.name between names.name and names.name"
    " order by e.name, e.created desc, e.uu desc limit %s"
    " ) as newest where pg_column_size(newest.record_json) < %s and jsonb_typeof(newest.record_json) = 'object'"
    "), field (path, value) as ("
    " select array[]::text[], record_json from sample"
    " union all"
    " select field.path || each.key, each.value from field cross join lateral jsonb_each("
    " case when jsonb_typeof(field.value) = 'object' then field.value"
    " when jsonb_typeof(field.value -> 0) = 'object' then field.value -> 0 else '{}' end"
    " ) as each where cardinality(field.path) < %s"
    ") select path, (array_agg(jsonb_typeof(value)))[1], (array_agg(left(value #>> '{}', %s)))[1], count(*)"
    " from field group by path order by count(*) desc, path limit %s"
)
"""The fields of the newest events of some names, at every depth; of a list, those of its first item.

The field without a path is the whole record.
"""

Values: TypeAlias = "tuple[object, ...]"


def overview(database: Database) -> Overview:
    """What there is to be named; what takes too long is left out.

    Raises:
        StoreError: the store cannot be reached.
    """
    database.rows(TIMEOUT, (str(MILLISECONDS),))
    events = _records(database, EVENTS)
    names = _names(database, events)
    sampled = [each.name for each in names[:SAMPLED_NAMES]]
    fields = _rows(database, SEEN_FIELDS, (sampled, SAMPLED_EVENTS, BYTES, DEPTH, CHARACTERS, FIELDS + 1))
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
        tuple(_kind(database, noun) for noun in (REQUESTS, TAGS)),
    )


def _kind(database: Database, noun: Noun) -> SeenKind:
    """What there is of a kind of records beside events, by the newest of them."""
    records = _records(database, noun)
    names = {each.name: SeenName(each.name, each.created) for each in reversed(records) if not each.is_revoked}
    return SeenKind(noun, tuple(reversed(names.values())), _types(database, noun), records)


def _records(database: Database, noun: Noun) -> tuple[SeenEvent, ...]:
    return tuple(SeenEvent(*row) for row in _rows(database, SEEN_RECORDS[noun], (NEWEST,)))


def _types(database: Database, noun: Noun) -> tuple[Described, ...]:
    return _described(_rows(database, SEEN_TYPES[noun], (ENTITIES,)))


def _names(database: Database, events: tuple[SeenEvent, ...]) -> tuple[SeenName, ...]:
    """The names with the newest events first; those of the newest events alone where all of them take too long."""
    newest = {each.name: SeenName(each.name, each.created) for each in reversed(events) if not each.is_revoked}
    newest |= {name: SeenName(name, created) for name, created in _rows(database, SEEN_NAMES, (REVOKED, NAMES))}
    return tuple(sorted(newest.values(), key=lambda each: each.created, reverse=True))


def _described(rows: list[Row]) -> tuple[Described, ...]:
    return tuple(Described(name, description or "") for name, description in rows)


def _rows(database: Database, statement: Query, values: Values) -> list[Row]:
    """The rows; none where the statement takes too long, or may not be asked."""
    try:
        return database.rows(statement, values)
    except StoreError as error:
        if error.code.rpartition("::")[2] in ("canceled", "permission", "no_schema"):
            return []
        raise
