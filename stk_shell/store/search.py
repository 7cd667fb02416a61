"""Finding events by their words: the statement, and bringing the index up to date that it goes by.

What the index lacks is looked for among the events themselves, so that nothing is missed. In a database without the
index, all events are.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from psycopg import sql

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.progress import Progress
from stk_shell.model.store import EventQuery, Searched
from stk_shell.model.stream import Stream
from stk_shell.model.struct import Struct
from stk_shell.model.values import Record, Value
from stk_shell.store import event_queries as queries
from stk_shell.store.connecting import Connection, Row
from stk_shell.store.database import Database, Query, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.json_values import check_characters
from stk_shell.store.narrowing import conditions, where
from stk_shell.store.pushdown.cells import Values

AT_ONCE = 1000
"""Up to how many events are read at once; more come as they are pulled."""

CANDIDATES = 100
"""Of how many events with the words, the newest, the best are found."""

LONGEST = 1000
"""How many characters the words may have."""

MARKS = "«", "»"
"""What stands around a word that was looked for."""

TAIL = 500
"""How many events that the index lacks are looked at one by one, before it is brought up to date: some 10 ms."""

READABLE = 20_000
"""How many of them are looked at where the index cannot be brought up to date: some 0.4 s."""

STEP = 0.5
"""For how many seconds the index is brought up to date at a time, which is one transaction."""

PATIENCE = 5.0
"""How many seconds to wait for another session that brings it up to date, and does not get on."""

AT_REST, SELDOM = 5.0, 100
"""For how many seconds the index is brought up to date in the background, and how many events are worth it."""

HAS_INDEX = sql.SQL("select pg_catalog.to_regproc('api.stk_event_index') is not null")
IS_SPECIAL = sql.SQL(
    "select pg_catalog.to_regproc('api.stk_event_find') is not null"
    " and not exists (select from api.stk_event_type where uu = any(%s::uuid[]) and is_default)"
)
GIVEN_TYPES = ("int", "text", "uuid[]", "timestamptz", "timestamptz", "boolean")
UNINDEXED = sql.SQL("select api.stk_event_unindexed(%s)")
INDEX = sql.SQL("select is_complete, added, lacking from api.stk_event_index(%s, %s)")

TEXTS = "jsonb_path_query(e.record_json, 'strict $.** ? (@.type() == \"string\")') with ordinality as s (value, place)"
WORDS = (
    "setweight(to_tsvector('simple'::regconfig,"
    " left(e.name, 1000) || ' ' || translate(left(e.name, 1000), './:@', '    ')), 'A')"
    " || setweight(case when pg_column_size(e.record_json) < 3000"
    """ then jsonb_to_tsvector('simple'::regconfig, e.record_json, '["string"]')"""
    " else to_tsvector('simple'::regconfig, left((select string_agg(s.value #>> '{}', ' ')"
    f" from {TEXTS}), 50000)) end, 'B')"
    " || setweight(to_tsvector('simple'::regconfig, coalesce(left(e.description, 50000), '')), 'C')"
)
"""The words of an event, as `private.event_words` has them, for a database that lacks it."""

QUERY = "websearch_to_tsquery('simple', %s)"
OPTIONS = f"'StartSel={MARKS[0]}, StopSel={MARKS[1]}, MaxWords=14, MinWords=10, ShortWord=0'"
TEXT = (
    "left(concat_ws(' · ', (select string_agg(s.value #>> '{}', ' · '"
    " order by s.value is distinct from e.record_json -> 'text', s.place)"
    f" from {TEXTS}), e.description), 50000)"
)
MARKED = (
    f"case when to_tsvector('simple', {TEXT}) @@ {QUERY} then ts_headline('simple', {TEXT}, {QUERY}, {OPTIONS})"
    f" else ts_headline('simple', concat_ws(' · ', left(e.name, 1000), {TEXT}), {QUERY}, {OPTIONS}) end"
)
ORDER = " order by f.rank desc, e.created desc, e.uu desc"


class Readiness(Struct):
    """Whether there is an index, and what is not searched, if that is so."""

    has_index: bool
    lacking: str | None = None


def search(
    database: Database,
    connect: Callable[[], Connection],
    table: Table,
    words: str,
    query: EventQuery,
    types: list[str] | None,
    progress: Progress,
) -> Searched:
    """The events that have the words, the best first; a long list comes over a connection of its own.

    Raises:
        EventError: there is no word to look for.
    """
    readiness = ready(database, progress)
    statement, values = search_statement(table, words, query, types, readiness)
    name, *others = queries.columns(table.noun, detail=query.detail)
    names = (name, "match", *others, "rank")
    if query.limit is not None and query.limit <= AT_ONCE:
        found = [_as_found(names, row) for row in database.rows(statement, values)]
        return Searched(Stream(found), readiness.lacking)
    batches = _streamed(Database(connect, database.note), names, statement, values)
    return Searched(Stream.of_batches(batches), readiness.lacking)


def _streamed(
    database: Database, names: tuple[str, ...], statement: Query, values: Sequence[object]
) -> Iterator[list[Value]]:
    try:
        for rows in database.stream(statement, values):
            yield [_as_found(names, row) for row in rows]
    finally:
        database.close()


def _as_found(names: tuple[str, ...], row: Row) -> Record:
    rank, match, name, *others = row
    return as_record(names, (name, " ".join(match.split()), *others, rank))


def search_statement(
    table: Table, words: str, query: EventQuery, types: list[str] | None, readiness: Readiness
) -> tuple[Query, list[object]]:
    """The statement that finds events, the best first, and its values; it gives rank, match and what a list gives.

    Raises:
        EventError: the words have a character that cannot be there, or are too long.
    """
    if len(check_characters(words)) > LONGEST:
        raise EventError(
            "these are too many words to look for", "too_long", help=f"{LONGEST} characters can be looked for."
        )
    candidates = None if query.limit is None else max(query.limit, CANDIDATES)
    values: list[object]
    if readiness.has_index:
        source = "api.stk_event_search(%s, %s::int, %s, %s::uuid[], %s::timestamptz, %s::timestamptz, %s, %s) as f"
        values = [words, candidates, query.name, types, query.since, query.until, query.revoked, not readiness.lacking]
    else:
        source, values = _by_reading(table, words, query, types, candidates)
    selected = queries.selection(table, detail=query.detail, source=f"{source} join {table.view} e on e.uu = f.uu")
    limit = "" if query.limit is None else f" limit {query.limit}"
    text = f"select round(f.rank::numeric, 3)::float8, {MARKED}, {selected.removeprefix('select ')}{ORDER}{limit}"
    return sql.SQL(text), [*[words] * MARKED.count("%s"), *values]


def _by_reading(
    table: Table, words: str, query: EventQuery, types: list[str] | None, candidates: int | None
) -> tuple[str, list[object]]:
    found, values = conditions(query, types)
    valid = [] if query.revoked else ["not e.is_revoked"]
    limit = "" if candidates is None else f" limit {candidates}"
    source = (
        f"(select e.uu, ts_rank(w.words, {QUERY}) as rank from {table.view} e"
        f" cross join lateral (select {WORDS} as words offset 0) as w"
        f"{where([*valid, *found, f'w.words @@ {QUERY}'])} order by e.created desc, e.uu desc{limit}) as f"
    )
    return source, [words, *values, words]


def among_types(database: Database, query: EventQuery, types: list[str], values: Values) -> str | None:
    """The condition that events are the newest that a query with types and a limit finds, if the index tells them.

    It is for types that few events have. Of the default type, there are always some among the newest.
    """
    if not database.rows(IS_SPECIAL, (types,))[0][0] or _unindexed(database, READABLE + 1) > READABLE:
        return None
    given = (query.limit, query.name, types, query.since, query.until, query.revoked)
    places = (f"{values.add(value)}::{type_}" for value, type_ in zip(given, GIVEN_TYPES, strict=True))
    return f"e.uu = any(array(select api.stk_event_find(null, {', '.join(places)})))"


def ready(database: Database, progress: Progress) -> Readiness:
    """Bring the index up to date as far as a search needs it, and count the events.

    Raises:
        StoreError: the store is one of ours, and lacks a migration.
    """
    try:
        if _unindexed(database, TAIL + 1) <= TAIL:
            return Readiness(True)
    except StoreError as error:
        if error.code != "stk::store::undefined":
            raise
        return Readiness(False)
    try:
        _bring_up_to_date(database, progress)
    except StoreError as error:
        if error.code != "stk::store::read_only":
            raise
    if _unindexed(database, READABLE + 1) <= READABLE:
        return Readiness(True)
    return Readiness(True, f"more than {READABLE} events are not in the index yet, and were not searched")


def _unindexed(database: Database, at_most: int) -> int:
    count: int = database.rows(UNINDEXED, (at_most,))[0][0]
    return count


def _bring_up_to_date(database: Database, progress: Progress) -> None:
    least, since = math.inf, time.monotonic()
    while True:
        is_complete, added, lacking = database.change(INDEX, (STEP, 0))[0]
        progress.done += added
        progress.total = progress.done + lacking
        if added or lacking < least:
            least, since = lacking, time.monotonic()
        if is_complete or time.monotonic() - since > PATIENCE:
            return
        if not added:
            time.sleep(STEP / 5)


def index_own(database: Database, at_most: float | None) -> None:
    """Bring the index up to date in passing, for so many seconds, if there is one and much is new."""
    if database.rows(HAS_INDEX)[0][0]:
        with suppress(StoreError):
            database.change(INDEX, (AT_REST if at_most is None else at_most, SELDOM))
