"""A connection to the database that comes back when it was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.store.errors import translated

Row: TypeAlias = tuple[Any, ...]
Connection: TypeAlias = "psycopg.Connection[Row]"
Query: TypeAlias = "sql.SQL | sql.Composed"

API_ROLE = "stk_api_role"
"""The role that clients work with, unless they say otherwise."""


class Database:
    """One connection, made when it is first needed and again when it was lost."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        self._cursor: psycopg.Cursor[Row] | None = None

    @property
    def connection(self) -> Connection:
        """The connection, ready to use.

        Raises:
            StoreError: the server cannot be reached, or does not let us in.
        """
        if self._connection is None or self._connection.closed:
            self._cursor = None
            with translated():
                self._connection = self._connect()
        return self._connection

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
            yield

    def close(self) -> None:
        """Close the connection; it would come back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._cursor = None


def connect(conninfo: str, **parameters: str | int) -> Connection:
    """A connection in which each statement is a transaction of its own, with times in UTC."""
    connection = psycopg.connect(conninfo, autocommit=True, application_name="stk", **parameters)  # type: ignore[arg-type]
    connection.prepare_threshold = 2
    return connection


def set_session(connection: Connection, role: str, session: str) -> None:
    """Take the role and tell the database what it should know of the session.

    Raises:
        StoreError: there is no such role, or the login is not a member of it.
    """
    try:
        connection.execute(
            "select set_config('TimeZone', 'UTC', false), set_config('stk.session', %s, false),"
            " set_config('role', %s, false)",
            (session, role),
        )
    except psycopg.errors.InvalidParameterValue:
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
