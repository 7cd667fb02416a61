"""Recording events, requests and tags: one at once, many by the thousand in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from stk_shell.model.errors import EventError
from stk_shell.model.store import NewEvent
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.event_types import FoundType, Types
from stk_shell.store.fates import insert_once
from stk_shell.store.json_values import check_characters, stored_json
from stk_shell.store.related import Related
from stk_shell.store.uuids import new_uuid

BATCH = 1000
"""How many events go to the server in one statement."""


class _Known:
    """What events refer to, looked up once for all that have it in common."""

    def __init__(self, database: Database, table: Table, types: Types) -> None:
        self.database = database
        self.table = table
        self._types = types
        self._found: dict[str | None, FoundType | None] = {}
        self._attachments: dict[str, str] = {}

    def type(self, name: str | None) -> FoundType | None:
        """The type of that name; without one the default type, if it asks for something."""
        if name not in self._found:
            types, table = self._types, self.table
            self._found[name] = types.default(table) if name is None else types.named(table, name)
        return self._found[name]

    def attachment(self, uu: str) -> str:
        """The JSON that says what is attached to the record of a uu.

        Raises:
            EventError: there is none.
        """
        if uu not in self._attachments:
            self._attachments[uu] = stored_json(self._attachment(uu))
        return self._attachments[uu]

    def _attachment(self, uu: str) -> Record:
        table = self._table_of(uu)
        if table is None:
            raise EventError(
                f"no record has the uu {uu}",
                "unknown_record",
                help=f"{self.table.noun.one.capitalize()} is attached to a record of this store.",
            )
        return {"table_name": table, "uu": uu}

    def _table_of(self, uu: str) -> str | None:
        """The table of the record with that uu, if there is one."""
        if not self.database.rows(queries.HAS_TABLE_OF)[0][0]:
            # Older databases of chuck-stack lack the function.
            return Related(self.database).places([uu]).get(uu)
        found: Record = self.database.rows(queries.TABLE_OF, (uu,))[0][0]
        return None if "error" in found else str(found["table_name"])


def append(database: Database, table: Table, types: Types, events: Iterable[NewEvent]) -> list[Record]:
    """Record events, all or none; gives uu, name and created of each, in order.

    Raises:
        StkError: there is no such type or record to attach to, something does not fit the type, a text cannot be
            kept, or the database refused.
    """
    known = _Known(database, table, types)
    stream = iter(events)
    first = list(islice(stream, 2))
    if len(first) == 1:
        return [_append_one(known, first[0])]
    every = chain(first, stream)
    appended: list[Record] = []
    names_uu = bool(database.rows(queries.takes_uu(table))[0][0])
    statement = queries.inserting_many(table, names_uu=names_uu)
    with database.transaction(f"`{table.noun.name} list` shows the newest."):
        while batch := list(islice(every, BATCH)):
            lines = [_line(known, event, len(appended) + at) for at, event in enumerate(batch)]
            rows = database.change(statement, (f"[{','.join(lines)}]",))
            appended += [as_record(queries.APPENDED, row) for row in rows]
    return appended


def append_missing(database: Database, table: Table, types: Types, events: list[NewEvent]) -> None:
    """Record those of the events that are not there yet, as their uus tell; all of them, or none.

    Raises:
        StkError: as `append`.
    """
    known = _Known(database, table, types)
    lines = [_line(known, event, at) for at, event in enumerate(events)]
    database.change(queries.inserting_many(table, missing=True), (f"[{','.join(lines)}]",))


def _append_one(known: _Known, event: NewEvent) -> Record:
    found = known.type(event.type)
    values: dict[str, object] = {
        "uu": event.uu or new_uuid(),
        "name": check_characters(event.name),
        "record_json": _content(event, found),
    }
    if event.description is not None:
        values["description"] = check_characters(event.description)
    if event.type is not None and found is not None:
        values["type_uu"] = found.uu
    if event.attach is not None:
        values["table_name_uu_json"] = known.attachment(event.attach)
    return as_record(queries.APPENDED, insert_once(known.database, known.table, values))


def _line(known: _Known, event: NewEvent, number: int) -> str:
    """The event as an array of JSON."""
    found = known.type(event.type)
    uu = stored_json(found.uu) if found is not None and event.type is not None else "null"
    attached = "null" if event.attach is None else known.attachment(event.attach)
    check_characters(event.name)
    name, description = stored_json(event.name), stored_json(event.description)
    try:
        content = _content(event, found)
    except EventError as error:
        error.headline = f"item {number} of the list: {error.headline}"
        raise
    return f'[{name},{content},{description},{uu},{attached},"{event.uu or new_uuid()}"]'


def _content(event: NewEvent, type_: FoundType | None) -> str:
    """What is kept of the event, as JSON; it has to fit the type."""
    content = stored_json(event.record_json)
    if type_ is not None and type_.check is not None:
        type_.check(content)
    return content
