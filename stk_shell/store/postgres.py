"""The event store: what commands ask, said in SQL."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from stk_shell.model.errors import StkError, StoreError
from stk_shell.model.nouns import EVENTS, Noun
from stk_shell.model.overview import Overview
from stk_shell.model.progress import Progress
from stk_shell.model.proof.findings import Digest, Verification
from stk_shell.model.source import Source
from stk_shell.model.store import EventQuery, Link, NewEvent, NewType, Searched
from stk_shell.model.stream import Data, Stream
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.beside import Beside
from stk_shell.store.claims import Claims, Who
from stk_shell.store.connecting import Connection
from stk_shell.store.database import Database, as_record, silent
from stk_shell.store.entities import PostgresEntities
from stk_shell.store.errors import translated
from stk_shell.store.event_queries import Table
from stk_shell.store.growth import PostgresGrowth
from stk_shell.store.listing import listing
from stk_shell.store.prefixes import by_prefix
from stk_shell.store.pushdown.asking import Questions
from stk_shell.store.pushdown.cells import Values
from stk_shell.store.pushdown.relation import AT_ONCE, PushedRows, counted
from stk_shell.store.pushdown.rows import Rows
from stk_shell.store.recording import append
from stk_shell.store.related import Related
from stk_shell.store.revoking import mark
from stk_shell.store.sign import Sign
from stk_shell.store.spool import Spool
from stk_shell.store.spooling import Spooling
from stk_shell.store.tables import Tables

NAMES_SECONDS = 60
"""How old names may be that are only looked through for one that somebody may have meant."""

AT_MOST = 0.3
"""How many seconds sealing may take when a program ends."""


class Place(Protocol):
    """Where the database is, and what can be done with its server."""

    claims: Claims
    who: Who

    def describe(self) -> Record:
        """What `store status` says of it."""

    def identity(self) -> str:
        """What tells it from every other place."""

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

    has_unsealed = False
    has_warned = False

    def __init__(
        self, place: Place, sign: Sign, note: Callable[[str], None] = silent, spools: str | None = None
    ) -> None:
        """`note` is told when the connection was lost, and is there again; `spools` is the directory of queues."""
        self.place = place
        self.sign = sign
        self._seen: tuple[float, Overview | None] = 0.0, None
        self.database = Database(place.connect, note)
        self.beside = Beside(place, self.database)
        self.tables = Tables(self.database, lambda: place.claims)
        self.related = Related(self.database)
        self.entities = PostgresEntities(place, self.database)
        self.growth = PostgresGrowth(self._connect_as_owner)
        self.spooling: Spooling | None = None
        if spools is not None:
            name = hashlib.sha256(os.fsencode(place.identity())).hexdigest()[:16]
            spool = Spool(os.path.join(spools, name))
            self.spooling = Spooling(spool, place, self.database, self.tables)
            self.database.when_connected = self._deliver_if_any

    def _connect_as_owner(self) -> Connection:
        """A connection with the rights of the login; an embedded store migrates itself once a client connects."""
        # Who may do what an owner does need not be a client of the store.
        with suppress(StoreError):
            _ = self.database.connection
        return self.place.connect_as_owner()

    def append(self, events: Iterable[NewEvent], noun: Noun = EVENTS, *, spool: bool = False) -> Iterable[Record]:
        """Record events, or others of that kind, all or none."""
        if self.spooling is not None and spool:
            appended = self.spooling.append(events, noun)
        else:
            self._deliver_if_any()
            appended = append(self.database, self.tables.find(noun), self.tables.types, events)
        first = next(iter(appended), None)
        if first is not None and first["created"] is not None:
            self.sign.put()
            self.has_unsealed = True
        return appended

    def _deliver_if_any(self) -> None:
        """Deliver first what waits in the spool, if there is one."""
        if self.spooling is not None and self.spooling.deliver_if_any():
            self.has_unsealed = True

    def events(self, query: EventQuery) -> Stream:
        """What the query asks for; a short list is asked for now, a long one when somebody pulls."""
        self._warn_of_lag()
        is_long = query.limit is None or query.limit > AT_ONCE
        asker = self._questions(of_all=is_long)
        rows, values = self._listing(query, asker)
        relation = PushedRows(asker, rows, values, rows)
        return Source(relation) if is_long else Stream(next(relation.batches()))

    def _warn_of_lag(self) -> None:
        """Say once that a standby may lag behind, if this is one."""
        from stk_shell.store.standby import warning

        if not self.has_warned:
            self.has_warned = True
            if text := warning(self.database):
                self.database.note(text)

    def _questions(self, *, of_all: bool = False) -> Questions:
        return Questions(self.place, self.database, self.beside, self.sign, of_all=of_all)

    def _listing(self, query: EventQuery, asker: Questions) -> tuple[Rows, Values]:
        values, types = Values(asker.holds), self._listed_types(query)
        rows = listing(self.tables.find(query.noun), query, types, values)
        if types and query.limit is not None and query.noun == EVENTS:
            from stk_shell.store.search import among_types

            found = among_types(self.database, query, types, values)
            rows = rows if found is None else rows.replace(conditions=(*rows.conditions, found))
        return rows, values

    def _who(self) -> Who:
        """Who the session is, as the database has said over the connection that there is."""
        _ = self.database.connection
        return self.place.who

    def _listed_types(self, query: EventQuery) -> list[str] | None:
        return None if query.type is None else self.tables.types.uus(self.tables.find(query.noun), query.type)

    def count(self, query: EventQuery, at_most: int) -> int:
        """How many the query finds without its limit, up to a number."""
        asker = self._questions()
        rows, values = self._listing(query.replace(limit=at_most), asker)
        return counted(asker, rows, values)

    def statistics(self, query: EventQuery) -> Record:
        """How many the query finds without its limit: in all, by name, by type and by day."""
        from stk_shell.store.statistics import statistics

        self._warn_of_lag()
        table, types = self.tables.find(query.noun), self._listed_types(query)
        return statistics(self.database, table, query, types, self._who())

    def watch(self, query: EventQuery) -> Generator[list[Record], None, None]:
        """The events that the query asks for as they are committed, on a connection of its own."""
        from stk_shell.store.watching import Watch

        table, types = self.tables.find(query.noun), self._listed_types(query)
        return Watch(self.place.connect, self.database.note, table, query, types).batches()

    def search(self, words: str, query: EventQuery, progress: Progress) -> Searched:
        """The events that have the words, the best first."""
        from stk_shell.store.search import search

        self._warn_of_lag()
        table, types = self.tables.find(query.noun), self._listed_types(query)
        return search(self.database, self.place.connect, table, words, query, types, progress)

    def statement(self, text: str) -> Data:
        """The rows of a statement of SQL."""
        from stk_shell.store.statements import run

        rows = run(self.database, self._questions(), text)
        # Whatever it was, it may have recorded something.
        self.has_unsealed = self.has_unsealed or not isinstance(rows, Source)
        return rows

    def event(self, uu: str, noun: Noun = EVENTS) -> Record | None:
        """All columns of one event, or of another record of that kind."""
        rows = self.database.rows(queries.one(self.tables.find(noun)), (uu,))
        return as_record(queries.columns(noun, detail=True), rows[0]) if rows else None

    def matching(self, prefix: str, at_most: int, noun: Noun = EVENTS) -> list[Record]:
        """The records whose uu begins with the prefix of hexadecimal digits."""
        return by_prefix(self.database, self.tables.find(noun), self._who(), prefix, at_most)

    def event_types(self, noun: Noun = EVENTS, *, detail: bool = False) -> list[Record]:
        """The types that these records can have."""
        return self.tables.types.listed(self.tables.find(noun), detail=detail)

    def new_type(self, new: NewType, noun: Noun = EVENTS) -> Record:
        """Make a type."""
        return self.tables.types.add(self.tables.find(noun), new)

    def revoke_type(self, name: str, noun: Noun = EVENTS) -> Record:
        """Revoke a type."""
        return self.tables.types.revoke(self.tables.find(noun), name)

    def attached(self, noun: Noun, uus: Sequence[str], *, revoked: bool) -> list[Record]:
        """The records of that kind that are attached to others."""
        return self.related.attached(self.tables.find(noun), uus, revoked=revoked)

    def resolved(self, uus: Sequence[str], columns: Sequence[str] | None) -> dict[str, Record]:
        """The records of some uus, by uu."""
        return self.related.resolved(uus, columns)

    def overview(self) -> Overview:
        """What there is to be named, asked on a connection of its own."""
        from stk_shell.store.overview import overview

        database = Database(self.place.connect)
        try:
            found = overview(database, lambda: self.place.who)
        finally:
            database.close()
        self._seen = time.monotonic(), found
        return found

    def names(self, noun: Noun) -> tuple[str, ...]:
        """The names of these records, as they were a minute ago at most."""
        when, seen = self._seen
        seen = seen if seen is not None and time.monotonic() - when < NAMES_SECONDS else self.overview()
        return tuple([each.name for each in seen.kind(noun).names])

    def revoke(self, uus: Sequence[str], progress: Progress, noun: Noun = EVENTS) -> list[Record]:
        """Revoke events, or others of that kind, all or none."""
        self.has_unsealed = True
        return mark(self.database, self._changed_table(noun), "revoked", uus, progress)

    def process(self, uus: Sequence[str], progress: Progress, noun: Noun) -> list[Record]:
        """Mark records as processed, all or none."""
        self.has_unsealed = True
        return mark(self.database, self._changed_table(noun), "processed", uus, progress)

    def _changed_table(self, noun: Noun) -> Table:
        table = self.tables.find(noun)
        return table.replace(is_distributed=self._who().is_distributed and noun == EVENTS)

    def seal(self) -> Record:
        """Seal what is new."""
        from stk_shell.store.proof.sealing import seal

        return seal(self.database)

    def seal_own(self, at_most: float | None) -> None:
        """Seal in the background, on a connection of its own, and put into the index what is new."""
        from stk_shell.store.proof.sealing import seal_own
        from stk_shell.store.search import index_own

        # It is not tried again and again where it cannot be done.
        self.has_unsealed = False
        database = Database(self.place.connect)
        try:
            seal_own(database, at_most)
            index_own(database, at_most)
        finally:
            database.close()

    def digest(self) -> Record:
        """The last block of the chain."""
        from stk_shell.store.proof.sealing import digest

        return digest(self.database)

    def proof(self, uu: str) -> Record | None:
        """What shows that an event is in the chain."""
        from stk_shell.store.proof.sealing import proof

        return proof(self.database, uu)

    def verify(self, kept: Digest | None, progress: Progress) -> Verification:
        """Compute every hash anew, on connections of its own."""
        from stk_shell.store.proof.verifying import verify

        try:
            return verify(self.place.connect_as_owner, kept, progress)
        except StoreError as error:
            if error.code != "stk::store::no_chain":
                raise
        # An embedded store migrates itself once a client connects.
        self.database.close()
        _ = self.database.connection
        return verify(self.place.connect_as_owner, kept, progress)

    def spooled(self) -> Iterable[Record]:
        """What is in the spool."""
        return [] if self.spooling is None else self.spooling.rows()

    def deliver(self, *, retry: bool) -> Record:
        """Deliver what is in the spool."""
        if self.spooling is None:
            return {"delivered": 0, "refused": 0}
        if retry:
            self.spooling.retry()
        done = self.spooling.deliver()
        self.has_unsealed = True
        return {"delivered": done.delivered, "refused": done.refused}

    def link(self) -> Link:
        """How it stands with the connection."""
        return self.database.link().replace(entity=self.place.who.entity)

    def is_reachable(self) -> bool:
        """Whether the server answers, or would be started."""
        return self.place.is_reachable()

    def status(self) -> Record:
        """Which store, server, migrations, events, user, and how many events wait in the spool."""
        record = self._status()
        waiting = 0 if self.spooling is None else self.spooling.waiting()
        return {**record, "spooled": waiting} if waiting else record

    def _status(self) -> Record:
        from stk_shell.store.status import status, without_actor

        try:
            return status(self.place, self.database)
        except StoreError as caught:
            if caught.code not in ("stk::store::no_schema", "stk::store::no_actor"):
                raise
            error = caught
        # Without the role of clients, there is still something to say of the database.
        plain = Database(self.place.connect_as_owner)
        try:
            if error.code == "stk::store::no_actor":
                return without_actor(self.place, plain, error.headline)
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
        self.beside.close()
        self.database.close()
        return self.place.stop()

    def close(self) -> None:
        """Let go of the connection and of the server; what was recorded is sealed before."""
        if self.has_unsealed and self.database.link().connected:
            from stk_shell.store.proof.sealing import seal_own
            from stk_shell.store.search import index_own

            # Whatever keeps it from that, the next one does it.
            with suppress(StkError):
                seal_own(self.database, AT_MOST)
                index_own(self.database, AT_MOST)
        self.beside.close()
        self.database.close()
        self.place.release()
