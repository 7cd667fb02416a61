"""Keeping events while the store is away, and delivering them in order, each once, when it is back."""

from __future__ import annotations

import copy
import datetime
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Protocol

from stk_shell.model.errors import EventError, StkError, StoreError
from stk_shell.model.nouns import EVENTS, REQUESTS, TAGS, Noun
from stk_shell.model.store import NewEvent
from stk_shell.model.struct import Struct
from stk_shell.model.values import Record
from stk_shell.store.claims import Claims
from stk_shell.store.connecting import Connection
from stk_shell.store.database import Database
from stk_shell.store.recorded import Recorded
from stk_shell.store.recording import append, append_missing
from stk_shell.store.spool import Entry, Refused, Spool, read_entry
from stk_shell.store.tables import Tables
from stk_shell.store.uuids import as_text, new_uuid

BATCH = 1000
"""How many events are delivered in one statement."""

IN_MEMORY = 1 << 20
"""Up to how many bytes of events that are on their way are kept in memory, in case that the store goes away."""

REST_SECONDS = 30.0
"""For how long a store that could not be reached is not tried again by those who spool."""

UNREACHABLE = frozenset({"connection", "starting", "turned_away", "refused", "no_database", "login", "start"})
"""The errors of a store that need not be tried again at once."""

PASSING = UNREACHABLE | {
    *("unknown_fate", "read_only", "disk_full", "out_of_memory", "too_many_connections", "resources", "system"),
    *("conflict", "locked", "canceled", "directory", "initdb", "damaged", "internal"),
}
"""The errors that say nothing against the event: it may well be taken later."""

FINAL = frozenset({"reference", "data", "constraint", "text", "unknown_entity", "no_table"})
"""The errors of a store that an event will meet again each time."""

NOUNS = {noun.name: noun for noun in (EVENTS, REQUESTS, TAGS)}


class Place(Protocol):
    """Where the database is, and what a session there claims."""

    claims: Claims

    def connect(self) -> Connection:
        """A connection that is ready for commands."""


class Delivered(Struct):
    """How many events were delivered, and how many the store has refused for good."""

    delivered: int
    refused: int


class Spooling:
    """A store's spool, and the ways into it and out of it."""

    def __init__(self, spool: Spool, place: Place, database: Database, tables: Tables) -> None:
        self.spool = spool
        self._place = place
        self._database = database
        self._tables = tables
        self._rests_until = 0.0
        self._is_delivering = False

    # Into the spool

    def append(self, events: Iterable[NewEvent], noun: Noun) -> Iterable[Record]:
        """Record events, or keep them in the spool where the store is away: then they have no `created` yet.

        Raises:
            StkError: the store refused them, or neither it nor the spool can take them.
        """
        appended = Recorded()
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as lines:
            copied = self._copied(events, noun, appended, lines.write)
            if time.monotonic() < self._rests_until:
                reason = "it could not be reached a moment ago"
            else:
                try:
                    return self._recorded(copied, noun)
                except StoreError as error:
                    if _code(error) not in PASSING:
                        raise
                    reason = error.headline
                    if _code(error) in UNREACHABLE:
                        self._rests_until = time.monotonic() + REST_SECONDS
            for _ in copied:
                pass
            lines.seek(0)
            self.spool.add(lines)
        waiting = f"1 {noun.name} waits" if len(appended) == 1 else f"{len(appended)} {noun.plural} wait"
        self._database.note(f"the store takes nothing now, so {waiting} in the spool: {reason}")
        return appended.given()

    def _recorded(self, events: Iterator[NewEvent], noun: Noun) -> Iterable[Record]:
        """Record events now, behind those that wait."""
        patience, self._database.patience = self._database.patience, 0.0
        try:
            if not self.spool.is_empty():
                self.deliver()
            return append(self._database, self._tables.find(noun), self._tables.types, events)
        finally:
            self._database.patience = patience

    def _copied(
        self, events: Iterable[NewEvent], noun: Noun, appended: Recorded, keep: Callable[[bytes], object]
    ) -> Iterator[NewEvent]:
        """The events, each with its uu, while their lines are kept."""
        claims = self._place.claims
        for event in events:
            (uu,) = new_uuid.many(1)
            named = event.replace(uu=as_text(uu.hex()))
            now = datetime.datetime.now(datetime.UTC).isoformat()
            keep(Entry(named, now, noun.name, claims.entity, claims.session).line())
            appended.add(uu, [named.name])
            yield named

    # Out of it

    def deliver_if_any(self) -> bool:
        """Deliver what waits; if that fails, it goes on waiting, and somebody is told. Gives whether any was taken."""
        if self._is_delivering or self.spool.is_empty() or time.monotonic() < self._rests_until:
            return False
        try:
            done = self.deliver()
        except StkError as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            if _code(error) not in UNREACHABLE:
                self._database.note(f"the events in the spool go on waiting: {error.headline}")
            return False
        if done.delivered or done.refused:
            refused = f"; refused: {done.refused}, and `store spool` shows why" if done.refused else ""
            self._database.note(f"delivered from the spool: {done.delivered}{refused}")
        return done.delivered > 0

    def deliver(self) -> Delivered:
        """Deliver what waits, in order; what the store refuses for good is set aside.

        Raises:
            StkError: the store is away, or does not let us; what was not delivered goes on waiting.
        """
        delivered = refused = end = 0
        self._is_delivering = True
        with self.spool.delivering():
            try:
                while True:
                    lines, behind = self.spool.read(end, BATCH)
                    if not lines:
                        return Delivered(delivered, refused)
                    taken = self._deliver_lines(lines)
                    delivered, refused, end = delivered + taken, refused + len(lines) - taken, behind
            finally:
                self._is_delivering = False
                self.spool.forget(end)

    def _deliver_lines(self, lines: list[bytes]) -> int:
        """Deliver some lines; gives how many the store has taken."""
        taken = 0
        entries = [(line, read_entry(line)) for line in lines if line.strip()]
        for claims, group in groupby(entries, key=lambda each: _claims(each[1])):
            several = list(group)
            if claims is None:
                self._refuse(several, "the line is damaged")
                continue
            try:
                taken += self._deliver_alike(claims, [(line, entry) for line, entry in several if entry is not None])
            except StoreError as error:
                if _code(error) not in FINAL:
                    raise
                self._refuse(several, error.headline)
        return taken

    def _deliver_alike(self, claims: tuple[str, str | None, str], several: list[tuple[bytes, Entry]]) -> int:
        """Deliver events of one kind whose sessions claimed the same; gives how many were taken."""
        noun, entity, session = claims
        with self._session(entity, session) as (database, tables):
            table = tables.find(NOUNS[noun])
            try:
                append_missing(database, table, tables.types, [entry.event for _, entry in several])
                return len(several)
            except StkError as error:
                if not _is_final(error):
                    raise
            taken = 0
            for line, entry in several:
                try:
                    append(database, table, tables.types, [entry.event])
                    taken += 1
                except StkError as error:
                    if not _is_final(error):
                        raise
                    self.spool.refuse(Refused(line, error.headline))
            return taken

    @contextmanager
    def _session(self, entity: str | None, session: str) -> Iterator[tuple[Database, Tables]]:
        """A session that claims what the one claimed that has spooled: ours, or one just for that."""
        ours = self._place.claims
        claims = ours.replace(entity=entity, session=session)
        if claims == ours:
            yield self._database, self._tables
            return
        place = copy.copy(self._place)
        place.claims = claims
        database = Database(place.connect)
        try:
            yield database, Tables(database)
        finally:
            database.close()

    def _refuse(self, several: Iterable[tuple[bytes, Entry | None]], reason: str) -> None:
        for line, _ in several:
            self.spool.refuse(Refused(line, reason))

    def retry(self) -> None:
        """Put what was refused behind what waits, but for damaged lines."""
        refused = self.spool.all_refused()
        self.spool.add([each.line for each in refused if read_entry(each.line) is not None])
        self.spool.forget_refused()
        for each in refused:
            if read_entry(each.line) is None:
                self.spool.refuse(each)

    # What is in it

    def waiting(self) -> int:
        """How many events wait."""
        return 0 if self.spool.is_empty() else len(self.spool.read(0, sys.maxsize)[0])

    def rows(self) -> Iterator[Record]:
        """What waits, the oldest first, and then what was refused, and why."""
        start = 0
        while lines := self.spool.read(start, BATCH)[0]:
            start += sum(map(len, lines))
            for line in lines:
                entry = read_entry(line)
                yield _row(entry, "waits", None) if entry else _row(None, "damaged", None)
        for each in self.spool.all_refused():
            yield _row(read_entry(each.line), "refused", each.reason)


def _row(entry: Entry | None, state: str, reason: str | None) -> Record:
    row: Record = {"name": None, "record_json": None, "logged": None, "state": state, "reason": reason, "uu": None}
    if entry is not None:
        event = entry.event
        logged = datetime.datetime.fromisoformat(entry.at)
        row |= {"name": event.name, "record_json": event.record_json, "logged": logged, "uu": event.uu}
    return row


def _claims(entry: Entry | None) -> tuple[str, str | None, str] | None:
    """What events that are delivered together have in common."""
    return None if entry is None else (entry.noun, entry.entity, entry.session)


def _code(error: StkError) -> str:
    return error.code.rpartition("::")[2]


def _is_final(error: StkError) -> bool:
    return isinstance(error, EventError) or _code(error) in FINAL
