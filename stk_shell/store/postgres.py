"""The event store: what commands ask, said in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Protocol

from psycopg.types.json import Jsonb

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.overview import Overview
from stk_shell.model.progress import Progress
from stk_shell.model.store import EventQuery, Link, NewEvent
from stk_shell.model.stream import Stream
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Record, Value
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Connection, Database, Query, Row
from stk_shell.store.errors import translated
from stk_shell.store.json_values import check_characters, stored_json
from stk_shell.store.sign import Sign

BATCH = 1000
"""How many events go to the server in one statement."""


class Place(Protocol):
    """Where the database is, and what can be done with its server."""

    def describe(self) -> Record:
        """What `store status` says of it."""

    def connect(self) -> Connection:
        """A connection that is ready for commands."""

    def connect_as_owner(self) -> Connection:
        """A connection that may change the schema."""

    def is_reachable(self) -> bool:
        """Whether the server answers, or would be started."""

    def start(self) -> Record:
        """Keep the server running."""

    def stop(self) -> Record:
        """Stop the server."""

    def release(self) -> None:
        """Stop using it."""


class PostgresStore:
    """A store in PostgreSQL; `model.store.Store` says what each method does."""

    def __init__(self, place: Place, sign: Sign) -> None:
        self.place = place
        self.sign = sign
        self.database = Database(place.connect)

    # Recording

    def append(self, events: Iterable[NewEvent]) -> list[Record]:
        """Record events, all or none."""
        appended = self._append(events)
        if appended:
            self.sign.put()
        return appended

    def _append(self, events: Iterable[NewEvent]) -> list[Record]:
        stream = iter(events)
        first = list(islice(stream, 2))
        if len(first) == 1:
            return [self._append_one(first[0])]
        every = chain(first, stream)
        appended: list[Record] = []
        with self.database.transaction():
            while batch := list(islice(every, BATCH)):
                appended += self._append_batch(batch, len(appended))
        return appended

    def _append_one(self, event: NewEvent) -> Record:
        values: dict[str, object] = {
            "name": check_characters(event.name),
            "record_json": stored_json(event.record_json),
        }
        if event.description is not None:
            values["description"] = check_characters(event.description)
        if event.type is not None:
            values["type_uu"] = self._type(event.type)
        if event.attach is not None:
            values["table_name_uu_json"] = Jsonb(self._attachment(event.attach))
        row = self.database.rows(queries.inserting(tuple(values)), tuple(values.values()))[0]
        return _record(queries.APPENDED, row)

    def _append_batch(self, events: list[NewEvent], done: int) -> list[Record]:
        known: dict[tuple[str, str], str] = {}
        lines = [self._line(event, done + at, known) for at, event in enumerate(events)]
        rows = self.database.rows(queries.INSERT_MANY, (f"[{','.join(lines)}]",))
        return [_record(queries.APPENDED, row) for row in rows]

    def _line(self, event: NewEvent, number: int, known: dict[tuple[str, str], str]) -> str:
        """The event as an array of JSON; `known` keeps what was looked up for the ones before it."""
        uu = attached = "null"
        if event.type is not None:
            key = ("type", event.type)
            uu = known[key] = known.get(key) or stored_json(self._type(event.type))
        if event.attach is not None:
            key = ("attach", event.attach)
            attached = known[key] = known.get(key) or stored_json(self._attachment(event.attach))
        check_characters(event.name)
        name, description = stored_json(event.name), stored_json(event.description)
        try:
            content = stored_json(event.record_json)
        except EventError as error:
            error.headline = f"item {number} of the list: {error.headline}"
            raise
        return f"[{name},{content},{description},{uu},{attached}]"

    def _type(self, name: str) -> str:
        rows = [row for row in self._types(name) if not row[3]]
        if len(rows) == 1:
            return str(rows[0][0])
        if rows:
            keys = ", ".join(row[2] for row in rows)
            raise EventError(
                f"several types have the name `{name}`", "ambiguous_type", help=f"Their search keys: {keys}."
            )
        raise self._unknown_type(name)

    def _types(self, name: str) -> list[Row]:
        """The types of that name or search_key; those that differ in capital letters if none is exactly so."""
        rows = self.database.rows(queries.TYPE_BY_NAME, {"name": check_characters(name)})  # type: ignore[arg-type]
        return [row for row in rows if name in row[1:3]] or rows

    def _unknown_type(self, name: str) -> EventError:
        names = [str(each["name"]) for each in self.event_types()]
        near = nearest(name, names)
        help = f"Did you mean `{near}`?" if near else f"The types are {', '.join(names)}."
        return EventError(f"there is no event type `{name}`", "unknown_type", help=help)

    def _attachment(self, uu: str) -> Record:
        found: Record = self.database.rows(queries.TABLE_OF, (uu,))[0][0]
        if "error" in found:
            raise EventError(
                f"no record has the uu {uu}", "unknown_record", help="An event is attached to a record of this store."
            )
        return {"table_name": found["table_name"], "uu": found["uu"]}

    # Finding

    def events(self, query: EventQuery) -> Stream:
        """The events that the query asks for; long lists come as they are pulled, on a connection of their own."""
        statement, values = queries.listing(query, self._listed_types(query))
        names = queries.columns(detail=query.detail)
        if query.limit is not None and query.limit <= BATCH:
            rows = self.database.rows(statement, values)
            if rows:
                self.sign.put()
            return Stream([_record(names, row) for row in rows])
        return Stream(self._streamed(names, statement, values))

    def _listed_types(self, query: EventQuery) -> list[str] | None:
        """The uus of the query's type, also of revoked ones: their events stay."""
        if query.type is None:
            return None
        rows = self._types(query.type)
        if not rows:
            raise self._unknown_type(query.type)
        return [str(row[0]) for row in rows]

    def _streamed(self, names: tuple[str, ...], statement: Query, values: Sequence[object]) -> Iterator[Value]:
        database = Database(self.place.connect)
        try:
            with translated(), database.connection.cursor() as cursor:
                for row in cursor.stream(statement, values):
                    yield _record(names, row)
        finally:
            database.close()

    def count(self, query: EventQuery, at_most: int) -> int:
        """How many events the query finds without its limit, up to a number."""
        statement, values = queries.counting(query, self._listed_types(query), at_most)
        count: int = self.database.rows(statement, values)[0][0]
        return count

    def event(self, uu: str) -> Record | None:
        """All columns of one event."""
        rows = self.database.rows(queries.ONE, (uu,))
        return _record(queries.columns(detail=True), rows[0]) if rows else None

    def matching(self, prefix: str, at_most: int) -> list[Record]:
        """The events whose uu begins with the prefix of hexadecimal digits."""
        values = prefix.ljust(32, "0"), prefix.ljust(32, "f"), at_most
        return [_record(queries.APPENDED, row) for row in self.database.rows(queries.MATCHING, values)]

    def event_types(self) -> list[Record]:
        """The types that events can have."""
        return [_record(queries.TYPES, row) for row in self.database.rows(queries.EVENT_TYPES)]

    def overview(self) -> Overview:
        """What there is to be named, asked on a connection of its own."""
        from stk_shell.store.overview import overview

        database = Database(self.place.connect)
        try:
            return overview(database)
        finally:
            database.close()

    # Revoking

    def revoke(self, uus: Sequence[str], progress: Progress) -> list[Record]:
        """Revoke events, all or none."""
        wanted = list(dict.fromkeys(uus))
        if len(wanted) == 1:
            return self._revoked(wanted)
        revoked: list[Record] = []
        with self.database.transaction():
            for start in range(0, len(wanted), BATCH):
                revoked += self._revoked(wanted[start : start + BATCH])
                progress.done = len(revoked)
        return revoked

    def _revoked(self, wanted: list[str]) -> list[Record]:
        rows = self.database.rows(queries.REVOKE, (wanted,))
        if len(rows) < len(wanted):
            # Nothing was changed for a single one; for several, this error undoes the others.
            raise self._why_not(wanted, {row[0] for row in rows})
        by_uu = {row[0]: _record(queries.REVOKED, row) for row in rows}
        return [by_uu[uu] for uu in wanted]

    def _why_not(self, wanted: list[str], done: set[str]) -> EventError:
        failed = [uu for uu in wanted if uu not in done]
        uu = failed[0]
        others = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        states = {row[0]: row for row in self.database.rows(queries.STATES, (wanted,))}
        if uu not in states:
            return EventError(
                f"there is no event {uu}{others}",
                "unknown_event",
                help="Nothing was changed. `event list --all --limit 0` shows all events.",
            )
        _, revoked, by = states[uu]
        return EventError(
            f"event {uu} is already revoked{others}",
            "already_revoked",
            help="Nothing was changed. `event list --all --limit 0 | where is_revoked` lists revoked events.",
            remark=f"revoked {revoked.astimezone():%Y-%m-%d %H:%M:%S} by {by}" if revoked else "",
        )

    # The store itself

    def link(self) -> Link:
        """How it stands with the connection."""
        return self.database.link()

    def is_reachable(self) -> bool:
        """Whether the server answers, or would be started."""
        return self.place.is_reachable()

    def status(self) -> Record:
        """Which store, server, migrations, events, user."""
        from stk_shell.store.status import status

        try:
            return status(self.place, self.database)
        except StoreError as error:
            if error.code != "stk::store::no_schema":
                raise
        # Without the role of clients, there is still something to say of the database.
        plain = Database(self.place.connect_as_owner)
        try:
            return status(self.place, plain)
        finally:
            plain.close()

    def migrate(self) -> list[Record]:
        """Apply the migrations that are missing."""
        from stk_shell.store import migrations

        if self._is_up_to_date():
            return []
        with translated():
            connection = self.place.connect_as_owner()
        with connection:
            names = migrations.migrate(connection, migrations.available())
        self.database.close()
        return [{"migration": name} for name in names]

    def _is_up_to_date(self) -> bool:
        """Whether nothing is missing, as far as the role of clients can see: that takes no further rights."""
        from stk_shell.store import migrations

        every = migrations.available()
        try:
            connection = self.database.connection
            with translated():
                if migrations.is_foreign(connection):
                    return False
                migrations.check_unchanged(connection, every)
                return not migrations.pending(connection, every)
        except StoreError as error:
            if error.code == "stk::store::checksum":
                raise
            return False

    def start(self) -> Record:
        """Keep the server running."""
        return self.place.start()

    def stop(self) -> Record:
        """Stop the server."""
        self.database.close()
        return self.place.stop()

    def close(self) -> None:
        """Let go of the connection and of the server."""
        self.database.close()
        self.place.release()


def _record(names: Sequence[str], row: Row) -> Record:
    return dict(zip(names, row, strict=True))
