"""Whether a server follows another one, and how far it is behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from stk_shell.model.values import Duration

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection
    from stk_shell.store.database import Database

# Where all that has come was replayed, and more may come, a server is up to date however long nothing has happened.
LAG = sql.SQL(
    "select case when pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn()"
    " and exists (select from pg_catalog.pg_stat_wal_receiver) then 0"
    " else extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()) end::float8"
)


def is_standby(connection: Connection) -> bool:
    """Whether the server of the connection follows another one; from version 14 on, a server tells that by itself."""
    return connection.pgconn.parameter_status(b"in_hot_standby") == b"on"


def lag(database: Database) -> Duration | None:
    """How far the server is behind: the age of the last change that it has, or nothing if it has all that was sent.

    None if it cannot tell.
    """
    seconds: float | None = database.rows(LAG)[0][0]
    return None if seconds is None else Duration(seconds * 1_000_000_000)


def warning(database: Database) -> str | None:
    """What somebody who reads from the server is to be told, if it is a standby."""
    if not is_standby(database.connection):
        return None
    behind = lag(database)
    if behind is None:
        return "this is read from a standby, which may lag behind, and cannot tell by how much"
    return f"this is read from a standby, which may lag behind: {behind / 1_000_000_000:.1f} seconds now"
