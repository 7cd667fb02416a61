"""A connection that keeps what its session is set to, also where a pooler gives each transaction to another process.

PgBouncer in transaction mode is such a pooler. What one transaction sets for its session, the next may not find, and
somebody else's may: so each transaction sets for itself what it needs, the role and the entity before all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias, cast

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

Row: TypeAlias = tuple[Any, ...]
Setting: TypeAlias = "str | sql.SQL"

IS_POOLED = sql.SQL("pg_catalog.pg_backend_pid() <> {}")
"""Whether the process that answers is another than the one that has greeted us. A pooler has numbers of its own."""

DEFAULT_PATH = sql.SQL("select reset_val from pg_catalog.pg_settings where name = 'search_path'")


TOLD = frozenset({"TimeZone", "DateStyle"})
"""What a server tells of by itself. PgBouncer keeps it apart for each client; and by what was told last, not by what
holds within a transaction, psycopg reads times."""


class Session(psycopg.Connection[Row]):
    """A connection in which each statement is a transaction of its own."""

    kept: dict[str, str] | None = None
    """What each transaction is set to, by the name of the setting; None where the session itself keeps it."""

    default_path = ""
    """The search path that the server gives to each session of the login."""

    def assign(self, settings: Mapping[str, Setting]) -> None:
        """Set the session to these values, or to what expressions give.

        Raises:
            psycopg.Error: the database refused.
        """
        values = [_assigning(name, value, sql.SQL("p.is_pooled")) for name, value in settings.items()]
        statement = sql.SQL("select p.is_pooled, {} from (select {} as is_pooled) as p")
        is_pooled = IS_POOLED.format(self.info.backend_pid)
        row = psycopg.Cursor(self).execute(statement.format(sql.SQL(", ").join(values), is_pooled)).fetchone()
        if row is not None and row[0]:
            self._keep(dict(zip(settings, row[1:], strict=True)))

    def look_for_pooler(self) -> None:
        """See whether there is one; then, each transaction has the rights of the login, whatever others have set."""
        look = sql.SQL("select {}").format(IS_POOLED.format(self.info.backend_pid))
        row = psycopg.Cursor(self).execute(look).fetchone()
        if row is not None and row[0]:
            self._keep({})

    @property
    def is_pooled(self) -> bool:
        """Whether each transaction may be given to another process of the server."""
        return self.kept is not None

    def _keep(self, settings: dict[str, str]) -> None:
        if self.kept is None:
            row = psycopg.Cursor(self).execute(DEFAULT_PATH).fetchone()
            self.default_path = row[0] if row else ""
            self.kept = {"search_path": self.default_path, "role": "none"}
            self.cursor_factory = PooledCursor
            # What is prepared in one process of the server is missing in the next.
            self.prepare_threshold = None
        self.kept |= settings
        for name in TOLD & settings.keys():
            psycopg.Cursor(self).execute(sql.SQL("set {} to {}").format(sql.Identifier(name), settings[name]))

    @contextmanager
    def transaction(
        self,
        savepoint_name: str | None = None,
        force_rollback: bool = False,  # noqa: FBT001, FBT002
    ) -> Iterator[psycopg.Transaction]:
        """A transaction, or a part of one, as in psycopg."""
        is_outermost = self.kept is not None and self.is_idle
        with super().transaction(savepoint_name, force_rollback) as made:
            if is_outermost:
                psycopg.Cursor(self).execute(self._commands())
            yield made

    @property
    def is_idle(self) -> bool:
        """Whether there is no transaction."""
        return self.info.transaction_status == TransactionStatus.IDLE

    def _commands(self) -> sql.Composed:
        """What sets a transaction, without asking anything: it may still be told how isolated it is."""
        commands = []
        for name, value in (self.kept or {}).items():
            is_default = name == "search_path" and value == self.default_path
            setting = sql.SQL("default") if is_default else sql.Literal(value)
            commands.append(sql.SQL("set local {} to {}").format(sql.Identifier(*name.split(".")), setting))
        return sql.SQL("; ").join(commands)

    def question(self) -> sql.Composed:
        """The same as one statement, for the transaction that it begins."""
        here = sql.SQL("true")
        values = [_assigning(name, value, here) for name, value in (self.kept or {}).items()]
        return sql.SQL("select {}").format(sql.SQL(", ").join(values))


class PooledCursor(psycopg.Cursor[Row]):
    """A cursor whose statements find the settings of their session, wherever they are executed."""

    def execute(  # type: ignore[override]
        self, query: psycopg.abc.QueryNoTemplate, params: psycopg.abc.Params | None = None, **options: bool | None
    ) -> PooledCursor:
        """Execute a statement, within the transaction that there is, or one of its own."""
        session = cast("Session", self.connection)
        if not session.is_idle:
            return super().execute(query, params, **options)
        if params is None:
            # There may be several statements in it, which cannot be sent along with others.
            with session.transaction():
                return super().execute(query, params, **options)
        # Both go to the server at once, and what is sent at once is one transaction.
        with session.pipeline():
            psycopg.Cursor(session).execute(session.question())
            return super().execute(query, params, **options)

    def stream(  # type: ignore[override]
        self, query: psycopg.abc.QueryNoTemplate, params: psycopg.abc.Params | None = None, **options: Any
    ) -> Iterator[Row]:
        """The rows of a statement as they come, within a transaction."""
        with self.connection.transaction():
            yield from super().stream(query, params, **options)

    @contextmanager
    def copy(  # type: ignore[override]
        self, statement: psycopg.abc.QueryNoTemplate, params: psycopg.abc.Params | None = None, **options: Any
    ) -> Iterator[psycopg.Copy]:
        """Copy, within a transaction."""
        with self.connection.transaction(), super().copy(statement, params, **options) as copy:
            yield copy


def _assigning(name: str, value: Setting, is_local: sql.SQL) -> sql.Composed:
    return sql.SQL("pg_catalog.set_config({}, {}, {})").format(name, value, is_local)
