"""Recording events, requests and tags: one at once, many by the thousand in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from psycopg.types.json import Jsonb

from stk_shell.model.errors import EventError
from stk_shell.model.store import NewEvent
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.event_types import type_uu
from stk_shell.store.fates import insert_once
from stk_shell.store.json_values import check_characters, stored_json
from stk_shell.store.uuids import new_uuid

BATCH = 1000
"""How many events go to the server in one statement."""


def append(database: Database, table: Table, events: Iterable[NewEvent]) -> list[Record]:
    """Record events, all or none; gives uu, name and created of each, in order.

    Raises:
        StkError: there is no such type or record to attach to, a text cannot be kept, or the database refused.
    """
    stream = iter(events)
    first = list(islice(stream, 2))
    if len(first) == 1:
        return [_append_one(database, table, first[0])]
    every = chain(first, stream)
    appended: list[Record] = []
    with database.transaction(f"`{table.noun.name} list` shows the newest."):
        while batch := list(islice(every, BATCH)):
            appended += _append_batch(database, table, batch, len(appended))
    return appended


def _append_one(database: Database, table: Table, event: NewEvent) -> Record:
    values: dict[str, object] = {
        "uu": event.uu or new_uuid(),
        "name": check_characters(event.name),
        "record_json": stored_json(event.record_json),
    }
    if event.description is not None:
        values["description"] = check_characters(event.description)
    if event.type is not None:
        values["type_uu"] = type_uu(database, table, event.type)
    if event.attach is not None:
        values["table_name_uu_json"] = Jsonb(_attachment(database, table, event.attach))
    return as_record(queries.APPENDED, insert_once(database, table, values))


def _append_batch(database: Database, table: Table, events: list[NewEvent], done: int) -> list[Record]:
    known: dict[tuple[str, str], str] = {}
    lines = [_line(database, table, event, done + at, known) for at, event in enumerate(events)]
    rows = database.change(queries.inserting_many(table), (f"[{','.join(lines)}]",))
    return [as_record(queries.APPENDED, row) for row in rows]


def _line(database: Database, table: Table, event: NewEvent, number: int, known: dict[tuple[str, str], str]) -> str:
    """The event as an array of JSON; `known` keeps what was looked up for the ones before it."""
    uu = attached = "null"
    if event.type is not None:
        key = ("type", event.type)
        uu = known[key] = known.get(key) or stored_json(type_uu(database, table, event.type))
    if event.attach is not None:
        key = ("attach", event.attach)
        attached = known[key] = known.get(key) or stored_json(_attachment(database, table, event.attach))
    check_characters(event.name)
    name, description = stored_json(event.name), stored_json(event.description)
    try:
        content = stored_json(event.record_json)
    except EventError as error:
        error.headline = f"item {number} of the list: {error.headline}"
        raise
    return f'[{name},{content},{description},{uu},{attached},"{event.uu or new_uuid()}"]'


def _attachment(database: Database, table: Table, uu: str) -> Record:
    found: Record = database.rows(queries.TABLE_OF, (uu,))[0][0]
    if "error" in found:
        raise EventError(
            f"no record has the uu {uu}",
            "unknown_record",
            help=f"{table.noun.one.capitalize()} is attached to a record of this store.",
        )
    return {"table_name": found["table_name"], "uu": found["uu"]}
