"""Who tries, on whose records, and what has to come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

import psycopg

from stk_shell.model.settings import Settings
from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.places import RemotePlace
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.sign import Sign
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell

Outcome: TypeAlias = "frozenset[str] | str"
"""Whose records were seen or changed, or the code of the error."""

WRITER, READER, STRANGER, NOBODY, MAINTAINER = "writer", "reader", "stranger", "nobody", "maintainer"
AUDITOR, CLERK = "auditor", "clerk"
ROLES = (WRITER, READER, STRANGER, NOBODY, MAINTAINER, AUDITOR, CLERK)
"""A member who writes, one who only reads, somebody who is no member of anything, a login without an actor, a member who
writes and has taken the role of maintenance, which works on the tables themselves, a login with nothing but the role of
auditors, and one that has it as well, and works with that of clients."""

OWN, OTHER, BOTH = "own", "other", "both"
ENTITIES = (OWN, OTHER, BOTH)

NONE: Outcome = frozenset()
FORBIDDEN = "42501"
"""A right is missing."""

WRITES = (FORBIDDEN, "STK08")
"""What auditors hear who would change something: they have no right to, or are told that they may only read."""


class World:
    """A database with two entities, and logins of every kind that matters."""

    def __init__(self, database: TestDatabase) -> None:
        self.database = database
        self.logins = {
            WRITER: database.login(WRITER),
            READER: database.login(READER),
            STRANGER: database.login(STRANGER),
            NOBODY: database.login(NOBODY, actor=False),
            MAINTAINER: database.login(MAINTAINER, "stk_api_role", "stk_private_role"),
            AUDITOR: database.login(AUDITOR, "stk_auditor", actor=False),
            CLERK: database.login(CLERK, "stk_auditor", "stk_api_role", actor=False),
        }
        landlord = database.login("landlord")
        self.entities = {
            OWN: database.entity(OWN, self.logins[WRITER], self.logins[MAINTAINER]),
            OTHER: database.entity(OTHER, landlord),
        }
        database.entity(OWN, self.logins[READER], can_write=False)
        self.events = {OWN: self._event(self.logins[WRITER]), OTHER: self._event(landlord)}
        self.types = {OWN: self._type(self.logins[WRITER], OWN), OTHER: self._type(landlord, OTHER)}
        # These are found by the index, what is attached to them without it.
        self._as_client(landlord, "select is_complete from api.stk_event_index(60)")
        for login in (self.logins[WRITER], landlord):
            for uu in self.events.values():
                self._attach(login, "event", uu)
        self.requests = self._attached("request", landlord)
        self.tags = self._attached("tag", landlord)
        self.sessions: dict[str, psycopg.Connection[tuple[object, ...]]] = {}
        self.shells: dict[str, Shell] = {}
        self.stores: dict[str, PostgresStore] = {}

    def _as_client(self, login: str, statement: str) -> str:
        rows = self.database.rows(statement, login, API_ROLE)
        return str(rows[0][0])

    def _event(self, login: str) -> str:
        return self._as_client(
            login,
            "insert into api.stk_event (name, record_json) values ('seen', '{\"of\": \"somebody\"}') returning uu",
        )

    def _type(self, login: str, name: str) -> str:
        return self._as_client(
            login, f"insert into api.stk_event_type (name, search_key) values ('{name}', 'key-{name}') returning uu"
        )

    def _attached(self, noun: str, landlord: str) -> dict[str, str]:
        """For each entity, a record of that kind at its own event; there is one of each at the event of the other, too."""
        logins = {OWN: self.logins[WRITER], OTHER: landlord}
        for owner, uu in ((OWN, self.events[OTHER]), (OTHER, self.events[OWN])):
            self._attach(logins[owner], noun, uu)
        return {owner: self._attach(logins[owner], noun, self.events[owner]) for owner in logins}

    def _attach(self, login: str, noun: str, uu: str) -> str:
        about = f'{{"table_name": "stk_event", "uu": "{uu}"}}'
        return self._as_client(
            login, f"insert into api.stk_{noun} (name, table_name_uu_json) values ('about', '{about}') returning uu"
        )

    def role(self, who: str) -> str:
        """The role that somebody works with."""
        return {MAINTAINER: "stk_private_role", AUDITOR: "stk_auditor"}.get(who, API_ROLE)

    @contextmanager
    def session(self, who: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """Somebody's connection; what is done there is undone."""
        if who not in self.sessions:
            self.sessions[who] = self.database.connect(self.logins[who], self.role(who))
        with self.sessions[who].transaction(force_rollback=True):
            yield self.sessions[who]

    @contextmanager
    def shell(self, who: str) -> Iterator[Shell]:
        """Somebody's stk; what is done on its connection is undone."""
        if who not in self.shells:
            place = RemotePlace(self.database.dsn(self.logins[who]), Claims(self.role(who)))
            store = self.stores[who] = PostgresStore(place, Sign(None))
            self.shells[who] = Shell(lambda: store, Settings())
        shell, store = self.shells[who], self.stores[who]
        claims = store.place.claims
        shell.output.notes.clear()
        if who in (NOBODY, MAINTAINER, AUDITOR):
            # None changes anything; the first has no connection, and the others' refusals are asked about.
            yield shell
            return
        with store.database.connection.transaction(force_rollback=True):
            yield shell
        store.place.claims = claims

    def close(self) -> None:
        """Leave the database."""
        for connection in self.sessions.values():
            connection.close()
        for shell in self.shells.values():
            shell.session.close()

    def whose(self, uus: object, among: dict[str, str]) -> Outcome:
        """Whose the records of some uus are."""
        found = {str(uu) for uu in uus} if isinstance(uus, (list, tuple)) else {str(uus)}
        return frozenset(owner for owner, uu in among.items() if uu in found)


def asked(entity: str) -> tuple[str, ...]:
    """The entities that a cell is about."""
    return (OWN, OTHER) if entity == BOTH else (entity,)


# What has to come of it


def sees(who: str, entity: str) -> Outcome:
    """What a look at records gives: those of one's own entity, nothing of another."""
    if who == NOBODY:
        return "STK06"
    return frozenset(asked(entity)) & {OWN} if who in (WRITER, READER, MAINTAINER) else NONE


def adds(who: str, entity: str) -> Outcome:
    """What adding a record that names its entity gives: another's is as if it were not there."""
    if who == NOBODY:
        return "STK06"
    if who == STRANGER or entity == OTHER:
        return "STK04"
    if who == READER:
        return "STK08"
    return "STK04" if entity == BOTH else frozenset({OWN})


def changes(who: str, entity: str) -> Outcome:
    """What changing records gives: those of another are passed over."""
    if who == READER and OWN in asked(entity):
        return "STK08"
    return sees(who, entity)


def always(outcome: Outcome) -> Callable[[str, str], Outcome]:
    """The same for everybody."""
    return lambda who, entity: outcome


def unless_nobody(outcome: Outcome) -> Callable[[str, str], Outcome]:
    """The same for everybody who has an actor."""
    return lambda who, entity: "STK06" if who == NOBODY else outcome


class Command(NamedTuple):
    """Something that is tried: its name, how, and what has to come of it."""

    name: str
    run: Callable[[World, str, str], Outcome]
    of_members: Callable[[str, str], Outcome]
    of_auditors: tuple[Outcome | None, Outcome | None] = (None, None)
    """What it gives the auditor and the clerk, where that is not all that is asked for."""

    def expected(self, who: str, entity: str) -> Outcome:
        """What has to come of it."""
        if who not in (AUDITOR, CLERK):
            return self.of_members(who, entity)
        outcome = self.of_auditors[who == CLERK]
        return frozenset(asked(entity)) if outcome is None else outcome
