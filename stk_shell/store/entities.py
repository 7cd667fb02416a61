"""Entities, actors and members: what there is, and how an administrator changes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from stk_shell.model.entities import NewActor, NewEntity
from stk_shell.model.errors import StoreError
from stk_shell.model.values import Record
from stk_shell.store.claims import UNREVOKED, Claims, Who, find_entity, name_entity, named
from stk_shell.store.connecting import Connection, Row
from stk_shell.store.database import Database, as_record
from stk_shell.store.errors import translated
from stk_shell.store.json_values import check_characters

ENTITY = ("name", "can_write", "members", "type", "parent", "description", "created", "search_key", "uu")
ACTOR = ("name", "login", "entities", "description", "created", "search_key", "uu")
MEMBER = ("actor", "entity", "can_write")

ENTITIES = sql.SQL(
    "select n.name, coalesce(m.can_write, false), m.members, t.name, p.name, n.description, n.created, n.search_key,"
    " n.uu::text from api.stk_entity n"
    " left join api.stk_entity_type t on t.uu = n.type_uu left join api.stk_entity p on p.uu = n.parent_uu"
    " cross join lateral (select count(*) as members, bool_or(m.can_write and a.uu is not null) as can_write"
    " from api.stk_entity_member m"
    " left join api.stk_actor a on a.uu = m.actor_uu and a.psql_user = session_user and not a.is_revoked"
    " where m.stk_entity_uu = n.uu and not m.is_revoked) m"
    " where not n.is_revoked order by n.name"
)

FOREIGN_ENTITIES = sql.SQL(
    "select name, null, null, null, null, to_jsonb(n) ->> 'description', (to_jsonb(n) ->> 'created')::timestamptz,"
    f" search_key, uu::text from api.stk_entity n where {UNREVOKED} order by name"
)

ACTORS = sql.SQL(
    "select a.name, a.psql_user, coalesce(m.names, '{}'), a.description, a.created, a.search_key, a.uu::text"
    " from api.stk_actor a cross join lateral ("
    " select array_agg(n.name order by n.name) as names from api.stk_entity_member m"
    " join api.stk_entity n on n.uu = m.stk_entity_uu where m.actor_uu = a.uu and not m.is_revoked) m"
    " where not a.is_revoked order by a.name"
)

CURRENT = sql.SQL(
    "select n.name, n.uu::text, s.actor, session_user::text, s.entities from api.stk_session_start() s"
    " left join api.stk_entity n on n.uu = s.entity_uu"
)

NEW_ENTITY = sql.SQL(
    "insert into private.stk_entity (name, search_key, type_uu, parent_uu, description)"
    " values (%s, %s, %s, %s, %s) returning uu::text"
)
NEW_ACTOR = sql.SQL(
    "insert into private.stk_actor (name, psql_user, description) values (%s, %s, %s)"
    " returning name, psql_user, array[]::text[], description, created, search_key, uu::text"
)
OWN_MEMBER = sql.SQL(
    "insert into private.stk_entity_member (stk_entity_uu, actor_uu)"
    " select %s, a.uu from private.stk_actor a where a.psql_user = %s and a.revoked is null"
)
GRANT = sql.SQL(
    "insert into private.stk_entity_member (actor_uu, stk_entity_uu, can_write) values (%s, %s, %s)"
    " on conflict (actor_uu, stk_entity_uu) where revoked is null do update set can_write = excluded.can_write"
)
REVOKE = sql.SQL(
    "update private.stk_entity_member set revoked = now()"
    " where actor_uu = %s and stk_entity_uu = %s and revoked is null returning can_write"
)
NAMES = sql.SQL("select a.name, n.name from private.stk_actor a, private.stk_entity n where a.uu = %s and n.uu = %s")
IS_LOGIN = sql.SQL("select exists (select from pg_catalog.pg_roles where rolname = %s and rolcanlogin)")

LOGINS = sql.SQL(
    "select s.value ->> 'create', n.name from api.stk_setting s"
    " left join api.stk_entity n on n.uu::text = s.value ->> 'create'"
    " where s.name = 'login_without_actor' and not s.is_revoked"
)
SET_LOGINS = sql.SQL("update private.stk_setting set value = %s where name = 'login_without_actor' and revoked is null")


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
        statement = FOREIGN_ENTITIES if self._place.who.entities is None else ENTITIES
        return [as_record(ENTITY, row) for row in self._database.rows(statement)]

    def current(self) -> Record:
        """The entity that new events belong to."""
        self._check_members()
        name, uu, actor, login, _ = self._database.rows(CURRENT)[0]
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
        return [as_record(ACTOR, row) for row in self._database.rows(ACTORS)]

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
                uu = _one(owner, NEW_ENTITY, values)[0]
            except psycopg.errors.UniqueViolation:
                raise StoreError(f"there is an entity `{name}` already", "duplicate_entity") from None
            owner.execute(OWN_MEMBER, (uu, login))
        return next((each for each in self.listed() if each["uu"] == uu), {"name": name, "uu": uu})

    def new_actor(self, new: NewActor) -> Record:
        """Make an actor."""
        self._check_members()
        with self._administrator() as owner:
            try:
                row = _one(
                    owner,
                    NEW_ACTOR,
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
        return as_record(ACTOR, row)

    def has_login(self, login: str) -> bool:
        """Whether the server has a login of that name."""
        return bool(self._database.rows(IS_LOGIN, (login,))[0][0])

    def grant(self, actor: str, entity: str | None, *, can_write: bool) -> Record:
        """Make an actor a member of an entity."""
        with self._member(actor, entity) as (owner, uus):
            owner.execute(GRANT, (*uus, can_write))
            return as_record(MEMBER, (*_one(owner, NAMES, uus), can_write))

    def revoke_member(self, actor: str, entity: str | None) -> Record:
        """End an actor's membership."""
        with self._member(actor, entity) as (owner, uus):
            ended = owner.execute(REVOKE, uus).fetchone()
            names = _one(owner, NAMES, uus)
            if ended is None:
                raise StoreError(
                    f"`{names[0]}` is no member of the entity `{names[1]}`",
                    "no_member",
                    help="`actor list` shows the entities of each actor.",
                )
            return as_record(MEMBER, (*names, None))

    def logins(self) -> Record:
        """What becomes of a login without an actor."""
        self._check_members()
        uu, name = self._database.rows(LOGINS)[0]
        if uu is None:
            return {"login_without_actor": "refuse", "entity": None}
        return {"login_without_actor": "create", "entity": name or uu}

    def set_logins(self, entity: str | None) -> Record:
        """Give such logins an actor, or refuse them."""
        self._check_members()
        with self._administrator() as owner:
            value: object = "refuse" if entity is None else {"create": _named(owner, "entity", entity)}
            owner.execute(SET_LOGINS, (Jsonb(value),))
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

    @contextmanager
    def _administrator(self) -> Iterator[Connection]:
        """A connection that may make entities, actors and members.

        Raises:
            StoreError: the login may not.
        """
        with translated():
            connection = self._place.connect_as_owner()
            with connection:
                try:
                    connection.execute("set role stk_superuser")
                except psycopg.errors.InsufficientPrivilege:
                    raise StoreError(
                        f"the login `{connection.info.user}` is no administrator of this store",
                        "no_administrator",
                        help="It takes a superuser, or a member of the role stk_superuser.",
                    ) from None
                yield connection

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


def _one(connection: Connection, statement: sql.SQL, values: Sequence[object]) -> Row:
    row = connection.execute(statement, values).fetchone()
    if row is None:
        raise StoreError("the database gave no answer", "database")
    return row


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
