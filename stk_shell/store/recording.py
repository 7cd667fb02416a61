"""Recording events, requests and tags, each as it is checked: one at once, or many in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from stk_shell.model.errors import EventError
from stk_shell.model.store import NewEvent
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.blocks import Prepared
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.event_types import FoundType, Types
from stk_shell.store.fates import insert_once
from stk_shell.store.json_values import check_characters, stored_json
from stk_shell.store.related import Related
from stk_shell.store.uuids import new_uuid


class _Known:
    """What events refer to, looked up once for all that have it in common."""

    def __init__(self, database: Database, table: Table, types: Types) -> None:
        self.database = database
        self.table = table
        self._types = types
        self._found: dict[str | None, FoundType | None] = {}
        self._attachments: dict[str, str] = {}
        self._last: tuple[object, dict[str, str]] = None, {}

    def type(self, name: str | None) -> FoundType | None:
        """The type of that name; without one the default type, if it asks for something."""
        if name not in self._found:
            types, table = self._types, self.table
            self._found[name] = types.default(table) if name is None else types.named(table, name)
        return self._found[name]

    def common(self, event: NewEvent, found: FoundType | None) -> dict[str, str]:
        """The columns that the event has beside its name and content."""
        key = event.description, event.type, event.attach
        if key == self._last[0]:
            return self._last[1]
        columns = {}
        if event.description is not None:
            columns["description"] = check_characters(event.description)
        if event.type is not None and found is not None:
            columns["type_uu"] = found.uu
        if event.attach is not None:
            columns["table_name_uu_json"] = self.attachment(event.attach)
        self._last = key, columns
        return columns

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


def append(database: Database, table: Table, types: Types, events: Iterable[NewEvent]) -> Iterable[Record]:
    """Record events, all or none; gives uu, name and created of each, in order, which may be many.

    Raises:
        StkError: there is no such type or record to attach to, something does not fit the type, a text cannot be
            kept, or the database refused.
    """
    known = _Known(database, table, types)
    stream = iter(events)
    first = list(islice(stream, 2))
    if len(first) == 1:
        return [_append_one(known, first[0])]
    from stk_shell.store.bulk import record_in_blocks, record_with_answers

    prepared = _prepared(known, chain(first, stream))
    names_uu = bool(database.rows(queries.takes_uu(table))[0][0])
    with database.transaction(f"`{table.noun.name} list` shows the newest."):
        return (record_in_blocks if names_uu else record_with_answers)(database, table, prepared).given()


def append_missing(database: Database, table: Table, types: Types, events: list[NewEvent]) -> None:
    """Record those of the events that are not there yet, as their uus tell; all of them, or none.

    Raises:
        StkError: as `append`.
    """
    known = _Known(database, table, types)
    lines = [each.line() for each in _prepared(known, events)]
    database.change(queries.inserting_many(table, missing=True), (f"[{','.join(lines)}]",))


def _append_one(known: _Known, event: NewEvent) -> Record:
    found = known.type(event.type)
    name, content = _checked(event, found)
    uu = event.uu or new_uuid()
    values: dict[str, object] = {"uu": uu, "name": name, "record_json": content, **known.common(event, found)}
    return as_record(queries.APPENDED, insert_once(known.database, known.table, values))


def _prepared(known: _Known, events: Iterable[NewEvent]) -> Iterator[Prepared]:
    """The events as they are sent, where they are many."""
    for number, event in enumerate(events):
        found = known.type(event.type)
        common = known.common(event, found)
        try:
            name, content = _checked(event, found)
        except EventError as error:
            error.headline = f"item {number} of the list: {error.headline}"
            raise
        yield Prepared(name, content, common, event.uu)


def _checked(event: NewEvent, type_: FoundType | None) -> tuple[str, str]:
    """The name of the event and what is kept of it, as JSON; it has to fit the type."""
    content = stored_json(event.record_json)
    if type_ is not None and type_.check is not None:
        type_.check(content)
    return check_characters(event.name), content
