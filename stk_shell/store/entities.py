"""Entities, actors and members: what there is, and how an administrator changes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from stk_shell.model.entities import NewActor, NewEntity
from stk_shell.model.errors import StoreError
from stk_shell.model.values import Record
from stk_shell.store import entity_queries as queries
from stk_shell.store.administrating import administrating
from stk_shell.store.claims import Claims, Who, find_entity, name_entity, named
from stk_shell.store.connecting import Connection, Row
from stk_shell.store.database import Database, as_record
from stk_shell.store.errors import translated
from stk_shell.store.json_values import check_characters


class Place(Protocol):
    """Where the database is, and what a session there claims and has heard."""

    claims: Claims
    who: Who

    def connect_as_owner(self) -> Connection:
        """A connection that may change everything."""


class PostgresEntities:
    """Entities in PostgreSQL; `model.entities.Entities` says what each method does."""

    def __init__(self, place: Place, database: Database) -> None:
        self._place = place
        self._database = database

    def listed(self) -> list[Record]:
        """The entities that the session is a member of."""
        _ = self._database.connection
        statement = queries.FOREIGN_ENTITIES if self._place.who.entities is None else queries.ENTITIES
        return [as_record(queries.ENTITY, row) for row in self._database.rows(statement)]

    def current(self) -> Record:
        """The entity that new events belong to."""
        self._check_members()
        name, uu, actor, login, _ = self._database.rows(queries.CURRENT)[0]
        return {"name": name, "uu": uu, "actor": actor, "login": login}

    def use(self, name: str) -> Record:
        """Have new events belong to an entity."""
        with translated():
            connection = self._database.connection
            uu = find_entity(connection, check_characters(name))
            self._place.who = name_entity(connection, self._place.claims, uu)
        self._place.claims = self._place.claims.replace(entity=uu)
        if self._place.who.entities is None:
            return {"name": name, "uu": uu, "actor": None, "login": self._database.link().user}
        return self.current()

    def actors(self) -> list[Record]:
        """The actors that the session sees."""
        self._check_members()
        return [as_record(queries.ACTOR, row) for row in self._database.rows(queries.ACTORS)]

    def new(self, new: NewEntity) -> Record:
        """Make an entity."""
        self._check_members()
        login = self._database.connection.info.user
        with self._administrator() as owner, owner.transaction():
            type_uu = None if new.type is None else _named(owner, "entity_type", new.type)
            parent_uu = None if new.parent is None else _named(owner, "entity", new.parent)
            name = check_characters(new.name)
            try:
                values = (name, name, type_uu, parent_uu, new.description and check_characters(new.description))
                uu = _one(owner, queries.NEW_ENTITY, values)[0]
            except psycopg.errors.UniqueViolation:
                raise StoreError(f"there is an entity `{name}` already", "duplicate_entity") from None
            owner.execute(queries.OWN_MEMBER, (uu, login))
        return next((each for each in self.listed() if each["uu"] == uu), {"name": name, "uu": uu})

    def new_actor(self, new: NewActor) -> Record:
        """Make an actor."""
        self._check_members()
        with self._administrator() as owner:
            try:
                row = _one(
                    owner,
                    queries.NEW_ACTOR,
                    (
                        check_characters(new.name),
                        check_characters(new.login),
                        new.description and check_characters(new.description),
                    ),
                )
            except psycopg.errors.UniqueViolation:
                raise StoreError(
                    f"the login `{new.login}` has an actor already",
                    "duplicate_actor",
                    help="`actor list` shows the login of each.",
                ) from None
        return as_record(queries.ACTOR, row)

    def has_login(self, login: str) -> bool:
        """Whether the server has a login of that name."""
        return bool(self._database.rows(queries.IS_LOGIN, (login,))[0][0])

    def in_statement(self, login: str) -> str:
        """The login's name as a statement for the server has it."""
        return str(self._database.rows(queries.QUOTED, (login,))[0][0])

    def grant(self, actor: str, entity: str | None, *, can_write: bool) -> Record:
        """Make an actor a member of an entity."""
        with self._member(actor, entity) as (owner, uus):
            owner.execute(queries.GRANT, (*uus, can_write))
            return as_record(queries.MEMBER, (*_one(owner, queries.NAMES, uus), can_write))

    def revoke_member(self, actor: str, entity: str | None) -> Record:
        """End an actor's membership."""
        with self._member(actor, entity) as (owner, uus):
            ended = owner.execute(queries.REVOKE, uus).fetchone()
            names = _one(owner, queries.NAMES, uus)
            if ended is None:
                raise StoreError(
                    f"`{names[0]}` is no member of the entity `{names[1]}`",
                    "no_member",
                    help="`actor list` shows the entities of each actor.",
                )
            return as_record(queries.MEMBER, (*names, None))

    def revoke_actor(self, actor: str) -> Record:
        """Revoke an actor, and end its memberships."""
        self._check_members()
        login = self._database.connection.info.user
        with self._administrator() as owner, owner.transaction():
            uu = _unrevoked_actor(owner, actor)
            key, actors_login = _one(owner, queries.ACTOR_AT_HAND, (uu,))
            if key in BUILT_IN:
                raise StoreError(
                    f"the actor `{actor}` comes with the store",
                    "kept_actor",
                    help="Events name it, and the store needs it.",
                )
            if actors_login == login:
                raise StoreError(
                    f"the actor `{actor}` is your own",
                    "kept_actor",
                    help="You would shut yourself out. Another administrator can revoke it.",
                )
            return as_record(queries.REVOKED_ACTOR, _one(owner, queries.REVOKE_ACTOR, {"uu": uu}))

    def logins(self) -> Record:
        """What becomes of a login without an actor."""
        self._check_members()
        uu, name = self._database.rows(queries.LOGINS)[0]
        if uu is None:
            return {"login_without_actor": "refuse", "entity": None}
        return {"login_without_actor": "create", "entity": name or uu}

    def set_logins(self, entity: str | None) -> Record:
        """Give such logins an actor, or refuse them."""
        self._check_members()
        with self._administrator() as owner:
            value: object = "refuse" if entity is None else {"create": _named(owner, "entity", entity)}
            owner.execute(queries.SET_LOGINS, (Jsonb(value),))
        return self.logins()

    @contextmanager
    def _member(self, actor: str, entity: str | None) -> Iterator[tuple[Connection, tuple[str, str]]]:
        """An administrator's connection, with the uus of an actor and of an entity, or the current one."""
        self._check_members()
        entity_uu = self._current_uu() if entity is None else None
        with self._administrator() as owner:
            actor_uu = _named(owner, "actor", actor)
            yield owner, (actor_uu, entity_uu or _named(owner, "entity", entity or ""))

    def _current_uu(self) -> str:
        uu = self.current()["uu"]
        if uu is None:
            raise StoreError(
                "it is not clear which entity is meant",
                "no_entity",
                help="Name it: `--entity NAME`, or `entity use NAME`.",
            )
        return str(uu)

    def _administrator(self) -> AbstractContextManager[Connection]:
        """A connection that may make entities, actors and members.

        Raises:
            StoreError: the login may not.
        """
        return administrating(self._place.connect_as_owner)

    def _check_members(self) -> None:
        """See that the database knows of members.

        Raises:
            StoreError: its schema is of another make, or older.
        """
        _ = self._database.connection
        if self._place.who.entities is None:
            raise StoreError(
                "this store knows of no members of entities",
                "no_members",
                help="`store migrate` adds them to a store that stk has made; one of chuck-stack's own has none.",
            )


def _one(connection: Connection, statement: sql.SQL, values: Sequence[object] | dict[str, object]) -> Row:
    row = connection.execute(statement, values).fetchone()
    if row is None:
        raise StoreError("the database gave no answer", "database")
    return row


BUILT_IN = frozenset({"stk_login", "stk_superuser", "unknown"})
"""The actors that come with the store, by their search keys."""


def _unrevoked_actor(owner: Connection, name: str) -> str:
    """The uu of an actor that is not revoked.

    Raises:
        StoreError: there is none.
    """
    try:
        return _named(owner, "actor", name)
    except StoreError as error:
        if error.code != "stk::store::unknown_actor" or not _one(owner, queries.IS_REVOKED, (name,))[0]:
            raise
    raise StoreError(f"the actor `{name}` is revoked already", "revoked_actor", help="`actor list` shows who is there.")


SEVERAL = {"actor": "actors", "entity": "entities", "entity_type": "entity types"}


def _named(connection: Connection, what: str, name: str) -> str:
    """The uu of an actor, an entity or a type of entities, by its name, search_key or uu.

    Raises:
        StoreError: there is none, or there are several.
    """
    rows = connection.execute(
        sql.SQL("select uu::text, name, search_key from private.{} where revoked is null order by name").format(
            sql.Identifier(f"stk_{what}")
        )
    ).fetchall()
    return named(rows, check_characters(name), what.replace("_", " "), SEVERAL[what])
