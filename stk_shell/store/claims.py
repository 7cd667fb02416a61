"""What a session tells the database of itself, and what it hears: who it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import psycopg
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest
from stk_shell.store.connecting import Connection, Row
from stk_shell.store.session import Setting

API_ROLE = "stk_api_role"
"""The role that clients work with, unless they say otherwise."""

AUDITOR_ROLE = "stk_auditor"
"""The role that reads every entity, for a login that may not take that of clients."""

HARMLESS = frozenset({API_ROLE, AUDITOR_ROLE})
"""The roles that a login may be given without becoming an administrator."""

ENTITY = "stk_entity_uu"
"""What names the entity of new records in the JSON of a session."""

UUID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")

FEW = 50
"""Up to how many entities a list goes from one to the next."""


SET: dict[str, Setting] = {
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    # What is acknowledged is on the disk, whatever the database is set to.
    "synchronous_commit": sql.SQL("pg_catalog.replace(pg_catalog.current_setting('synchronous_commit'), 'off', 'on')"),
    # A table that has grown since its statistics were made looks small. Then, a list by the order of an index would
    # seem to cost more than reading and sorting all of it.
    "random_page_cost": "1.1",
    # Of groups by what is in JSON, far too many are expected: to compile the statement would take longer than it gains.
    "jit": "off",
}
"""What each session is set to."""

UNREVOKED = "not coalesce((to_jsonb(n) ->> 'is_revoked')::boolean, false)"
"""A schema of another make may lack the column: `to_jsonb` gives null for what is not there."""

FOUND = f"select n.uu::text, n.name, n.search_key from api.stk_entity n where {UNREVOKED}".encode()


SAID = (
    b"select s.actor, s.entities, n.name,"
    b" pg_catalog.to_regprocedure('api.stk_event_mark(text, uuid[])') is not null"
    b" from api.stk_session_start() s left join api.stk_entity n on n.uu = s.entity_uu"
)


MAY_AUDIT = (
    b"select from pg_catalog.pg_roles r where r.rolname = %s and pg_catalog.pg_has_role(session_user, r.oid, 'member')"
)


class Claims(Struct):
    """What a session tells the database of itself: the role it takes, the JSON of chuck-stack's clients, an entity."""

    role: str
    session: str = ""
    entity: str | None = None


class Who(Struct):
    """Who the database says that the session is, how many entities it sees, and the one that its new records belong to.

    Without `entities`, the database knows of no members; without an `entity`, it is not clear which one it is. `uus`
    are the entities that it sees, where somebody has asked for them.
    """

    actor: str | None = None
    entities: int | None = None
    entity: str | None = None
    is_distributed: bool = False
    uus: tuple[str, ...] = ()

    @property
    def has_few_entities(self) -> bool:
        """Whether there are members, and not too many entities to ask for each of them, which one server alone does."""
        return self.entities is not None and 0 < self.entities <= FEW and not self.is_distributed


def set_session(connection: Connection, claims: Claims) -> Who:
    """Take the role, name the entity that new events belong to, and hear who we are; else the connection is closed.

    Raises:
        StoreError: there is no such role or entity, the login has no actor or is not a member of the role, or the JSON
            is none.
    """
    try:
        _take_role(connection, claims.role, _checked(claims.session))
        if claims.entity is None:
            return _seen(connection, claims.session, _who(connection))
        return name_entity(connection, claims, find_entity(connection, claims.entity))
    except BaseException:
        connection.close()
        raise


def name_entity(connection: Connection, claims: Claims, uu: str) -> Who:
    """Name the entity that new events of the session belong to; gives what the database says of it then."""
    session = {**json.loads(claims.session or "{}"), "stk_entity_uu": uu}
    connection.assign({"stk.session": json.dumps(session)})
    return _who(connection)


def find_entity(connection: Connection, name: str) -> str:
    """The uu of the entity of a name, search_key or uu.

    Raises:
        StoreError: there is none that the session sees.
    """
    rows = connection.execute(FOUND).fetchall()
    return str(named(rows, name, "entity", "entities"))


def named(rows: Iterable[Row], name: str, one: str, several: str) -> str:
    """The uu of the row that has the name: as its name, its search_key or its uu, in this order.

    Raises:
        StoreError: there is none, or there are several.
    """
    rows, code = list(rows), one.replace(" ", "_")
    for at in (1, 2, 0):
        found = [row for row in rows if row[at] == name]
        if len(found) == 1:
            return str(found[0][0])
        if found:
            keys = ", ".join(f"`{row[2]}`" for row in found)
            raise StoreError(
                f"several {several} have the name `{name}`", f"ambiguous_{code}", help=f"Their search keys: {keys}."
            )
    near = nearest(name, [text for row in rows for text in row[1:3]])
    names = ", ".join(row[1] for row in rows)
    help = f"Did you mean `{near}`?" if near else f"The {several} are {names}." if names else None
    raise StoreError(f"there is no {one} `{name}`", f"unknown_{code}", help=help)


EXAMPLE = """For example STK_PG_SESSION='{"stk_entity_uu": "01a20563-f070-7b83-b7f5-8b542d8b84da"}'."""


def _checked(session: str) -> str:
    """The session as it is, if it is a JSON object whose entity is named by a uu."""
    try:
        claimed = json.loads(session or "{}")
    except ValueError:
        claimed = None
    if not isinstance(claimed, dict):
        raise StoreError("STK_PG_SESSION is no JSON object", "session", help=EXAMPLE)
    named = claimed.get(ENTITY)
    if named and not (isinstance(named, str) and UUID.fullmatch(named)):
        raise StoreError(
            f"STK_PG_SESSION names an entity by {json.dumps(named)}, which is no uu", "session", help=EXAMPLE
        )
    return session


def _seen(connection: Connection, session: str, who: Who) -> Who:
    """Who it is, if the entity that the session names is one that it sees.

    Raises:
        StoreError: it is not.
    """
    named = json.loads(session or "{}").get(ENTITY)
    if named and who.entities is not None and who.entity is None:
        names = ", ".join(row[1] for row in connection.execute(FOUND).fetchall())
        raise StoreError(
            f"STK_PG_SESSION names the entity {named}, which there is not, or which is not yours",
            "unknown_entity",
            help=f"The entities are {names}." if names else "You are a member of none.",
        )
    return who


def _who(connection: Connection) -> Who:
    """What the database says; a schema of another make does not say it."""
    try:
        row = connection.execute(SAID).fetchone()
    except (
        psycopg.errors.UndefinedFunction,
        psycopg.errors.InvalidSchemaName,
        psycopg.errors.InsufficientPrivilege,
    ):
        return Who()
    return Who(*row) if row is not None else Who()


def _take_role(connection: Connection, role: str, session: str) -> None:
    try:
        connection.assign({**SET, "stk.session": session, "role": role})
    except psycopg.errors.InvalidParameterValue:
        if role != API_ROLE:
            raise StoreError(
                f"STK_PG_ROLE names the role `{role}`, which the database does not have",
                "role",
                help=f"Without STK_PG_ROLE, it is `{API_ROLE}`.",
            ) from None
        raise StoreError(
            f"the database has no role `{role}`, so it has no event store yet",
            "no_schema",
            help="`store migrate` makes one. STK_PG_ROLE names another role.",
        ) from None
    except psycopg.errors.InsufficientPrivilege:
        if role == API_ROLE and _is_auditor(connection):
            _take_role(connection, AUDITOR_ROLE, session)
            return
        user = connection.info.user
        allowing = f"An administrator can allow it: grant {role} to {user}"
        raise StoreError(
            f"the login `{user}` may not take the role `{role}`",
            "permission",
            help=allowing if role in HARMLESS else f"STK_PG_ROLE names it; without, it is `{API_ROLE}`.",
        ) from None


def _is_auditor(connection: Connection) -> bool:
    return connection.execute(MAY_AUDIT, (AUDITOR_ROLE,)).fetchone() is not None
