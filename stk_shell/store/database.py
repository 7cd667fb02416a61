"""A connection to the database that comes back when it was lost."""

from __future__ import annotations

import json
import logging
import select
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from psycopg import sql
from psycopg.types.json import set_json_loads

from stk_shell.model.errors import StoreError
from stk_shell.model.store import Link
from stk_shell.model.struct import Struct
from stk_shell.model.suggest import nearest
from stk_shell.model.values import Record
from stk_shell.store.errors import one_line, translated
from stk_shell.store.json_values import loaded_json

Row: TypeAlias = tuple[Any, ...]
Connection: TypeAlias = "psycopg.Connection[Row]"
Query: TypeAlias = "sql.SQL | sql.Composed"

# psycopg reports a second Ctrl-C in its log, which would go to the screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

DSN_HELP = "For example `host=db.example.org dbname=audit user=ana`, or postgresql://ana@db.example.org/audit."

OURS = {"autocommit": True, "application_name": "stk", "client_encoding": "utf8"}
"""What each connection has, whatever the variables or the server's settings say."""

API_ROLE = "stk_api_role"
"""The role that clients work with, unless they say otherwise."""

HUNG_UP = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)
"""What poll(2) says of a socket whose other end is gone; Linux tells it as POLLRDHUP, others as POLLHUP."""


class Database:
    """One connection, made when it is first needed and again when it was lost."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        self._cursor: psycopg.Cursor[Row] | None = None
        self._hang_up = select.poll()
        self._transactions = 0
        self._user = ""

    @property
    def connection(self) -> Connection:
        """The connection, ready to use.

        Raises:
            StoreError: the server cannot be reached, or does not let us in.
        """
        if self._connection is None or self._is_lost(self._connection):
            with translated():
                new = self._connect()
            self.close()
            self._connection, self._user = new, new.info.user
            self._hang_up = select.poll()
            self._hang_up.register(self._connection, HUNG_UP)
        return self._connection

    def link(self) -> Link:
        """How it stands with the connection, without asking anybody; another thread may look while this one works."""
        connection = self._connection
        if connection is None:
            return Link(None, self._user)
        # A poll object serves one thread at a time.
        poll = select.poll()
        try:
            poll.register(connection, HUNG_UP)
            return Link(not poll.poll(0), self._user)
        except psycopg.OperationalError:
            return Link(False, self._user)

    def _is_lost(self, connection: Connection) -> bool:
        """Whether to connect again: never within a transaction, whose first half would be missing."""
        return not self._transactions and (connection.closed or bool(self._hang_up.poll(0)))

    def rows(self, query: Query, values: Sequence[object] = ()) -> list[Row]:
        """The rows that a statement gives; an empty list where it gives none.

        Raises:
            StkError: the database refused, or the connection is lost.
        """
        with translated():
            cursor = self._fresh_cursor()
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def _fresh_cursor(self) -> psycopg.Cursor[Row]:
        """One cursor for all statements: making one for each costs a tenth of a small statement."""
        connection = self.connection
        if self._cursor is None:
            self._cursor = connection.cursor()
        return self._cursor

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside, or none of them."""
        with translated(), self.connection.transaction():
            self._transactions += 1
            try:
                yield
            finally:
                self._transactions -= 1

    def close(self) -> None:
        """Close the connection; it would come back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._cursor = None


def as_record(names: Sequence[str], row: Row) -> Record:
    """The row as a record of these columns."""
    return dict(zip(names, row, strict=True))


def connect(conninfo: str, help: str, **parameters: str | int) -> Connection:
    """A connection in which each statement is a transaction of its own, with times in UTC; `help` is for when not.

    Raises:
        StoreError: the DSN cannot be read, or there is no connection to be had.
    """
    try:
        connection = psycopg.connect(conninfo, **OURS, **parameters)  # type: ignore[arg-type]
    except psycopg.ProgrammingError as error:
        raise StoreError(f"the DSN is no connection string: {one_line(str(error))}", "dsn", help=DSN_HELP) from None
    except psycopg.OperationalError as error:
        raise StoreError(f"cannot connect to the store: {_reason(error)}", "connection", help=help) from None
    except UnicodeError:
        raise StoreError(
            "cannot connect to the store: no host, database or user can have that name", "connection", help=help
        ) from None
    connection.prepare_threshold = 2
    set_json_loads(loaded_json, connection)
    return connection


def _reason(error: psycopg.OperationalError) -> str:
    """What libpq says, without what psycopg puts before it; there is no SQLSTATE before there is a connection."""
    said = error.pgconn.error_message.decode(errors="replace") if error.pgconn is not None else ""
    return one_line(said or str(error))


class Claims(Struct):
    """What a session tells the database of itself: the role it takes, the JSON of chuck-stack's clients, an entity."""

    role: str
    session: str = ""
    entity: str | None = None


def set_session(connection: Connection, claims: Claims) -> None:
    """Take the role, and name the entity that new events belong to.

    Raises:
        StoreError: there is no such role or entity, the login is not a member of the role, or the JSON is none.
    """
    _take_role(connection, claims.role, _checked(claims.session))
    if claims.entity is not None:
        uu = _entity(connection, claims.entity)
        session = {**json.loads(claims.session or "{}"), "stk_entity_uu": uu}
        connection.execute("select set_config('stk.session', %s, false)", (json.dumps(session),))


def _checked(session: str) -> str:
    try:
        if not session or isinstance(json.loads(session), dict):
            return session
    except ValueError:
        pass
    raise StoreError(
        "STK_PG_SESSION is no JSON object", "session", help="""STK_PG_SESSION='{"stk_entity_uu": "..."}'"""
    )


def _entity(connection: Connection, name: str) -> str:
    rows = connection.execute("select uu::text, name, search_key from api.stk_entity where not is_revoked").fetchall()
    for uu, *names in rows:
        if name in (uu, *names):
            return str(uu)
    near = nearest(name, [text for row in rows for text in row[1:]])
    help = f"Did you mean `{near}`?" if near else f"The entities are {', '.join(row[1] for row in rows)}."
    raise StoreError(f"there is no entity `{name}`", "unknown_entity", help=help)


def _take_role(connection: Connection, role: str, session: str) -> None:
    try:
        connection.execute(
            "select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false),"
            " set_config('stk.session', %s, false), set_config('role', %s, false)",
            (session, role),
        )
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
        user = connection.info.user
        raise StoreError(
            f"the login `{user}` may not take the role `{role}`",
            "permission",
            help=f"An administrator can allow it: grant {role} to {user}",
        ) from None
