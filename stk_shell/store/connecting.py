"""Making a connection, and saying why there is none to be had."""

from __future__ import annotations

import os
import re
from typing import TypeAlias

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Ping
from psycopg.types.json import set_json_loads

from stk_shell.model.errors import StoreError
from stk_shell.model.secret import has_password
from stk_shell.model.values import Value
from stk_shell.store.arrays import register_arrays
from stk_shell.store.errors import one_line
from stk_shell.store.json_values import loaded_json, loaded_jsonb
from stk_shell.store.session import Row as Row
from stk_shell.store.session import Session

Connection: TypeAlias = Session

DSN_HELP = "For example `host=db.example.org dbname=audit user=ana`, or postgresql://ana@db.example.org/audit."

OURS = {"autocommit": True, "application_name": "stk", "client_encoding": "utf8"}
"""What each connection has, whatever the variables or the server's settings say."""

LIMITS = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""After how long a host that is gone is noticed, unless the DSN says otherwise: within a minute, also in the middle of
a statement. libpq itself would wait for two hours, and a quarter of one for what was sent. The last is milliseconds."""

PING_SECONDS = 2


RELAXED = (b"disable", b"allow", b"prefer")
"""The modes of TLS in which none is asked of the server."""

NO_FILE = f"{os.devnull}/none"

TLS_HELP = (
    "The server answers, but not with the TLS that is asked of it: by sslmode and sslrootcert in the DSN, or by"
    " PGSSLMODE and PGSSLROOTCERT."
)

EVERYWHERE = "postgres"
"""A database that nearly every server has."""

QUOTED = re.compile(r'"[^"]*"')


class JsonbLoader(Loader):
    """Makes values of jsonb."""

    def load(self, data: Buffer) -> Value:
        """The value."""
        return loaded_jsonb(data)


class NoPassword(StoreError):
    """The server wants a password, and nothing says one."""

    def __init__(self, headline: str, user: str) -> None:
        super().__init__(headline, "login", help="Give a password: in PGPASSWORD, or a line in ~/.pgpass.")
        self.prompt = f"Password of {user}"


def connect(conninfo: str, help: str, **parameters: str | int) -> Connection:
    """A connection in which each statement is a transaction of its own, with times in UTC; `help` is for when not.

    Raises:
        StoreError: the DSN cannot be read, or there is no connection to be had.
    """
    try:
        whole = make_conninfo(conninfo, **{**_limits(conninfo), **parameters})
        connection = Connection.connect(whole, **OURS)  # type: ignore[arg-type]
    except psycopg.ProgrammingError as error:
        raise StoreError(
            f"the DSN is no connection string: {_without_password(error, conninfo)}", "dsn", help=DSN_HELP
        ) from None
    except psycopg.OperationalError as error:
        raise _no_connection(error, whole, help) from None
    except UnicodeError:
        raise StoreError(
            "cannot connect to the store: no host, database or user can have that name", "connection", help=help
        ) from None
    connection.prepare_threshold = 2
    set_json_loads(loaded_json, connection)
    register_arrays(connection)
    connection.adapters.register_loader("jsonb", JsonbLoader)
    return connection


def _limits(conninfo: str) -> dict[str, int]:
    """Those of our limits that neither the DSN nor a variable of libpq sets."""
    given = {*conninfo_to_dict(conninfo), *(["connect_timeout"] if os.environ.get("PGCONNECT_TIMEOUT") else [])}
    return {name: limit for name, limit in LIMITS.items() if name not in given}


def _no_connection(error: psycopg.OperationalError, conninfo: str, help: str) -> StoreError:
    """Why there is none. libpq gives no SQLSTATE before there is one, but tells whether the server answers."""
    headline = f"cannot connect to the store: {_reason(error)}"
    answer = psycopg.pq.PGconn.ping(make_conninfo(conninfo, connect_timeout=PING_SECONDS).encode())
    if answer == Ping.REJECT:
        return StoreError(
            headline, "starting", help="The server is starting, stopping or recovering; try again in a moment."
        )
    if answer != Ping.OK and _is_of_tls(error, conninfo):
        return StoreError(headline, "tls", help=TLS_HELP)
    if answer != Ping.OK:
        return StoreError(headline, "connection", help=help)
    if error.pgconn is not None and error.pgconn.needs_password:
        user = error.pgconn.user.decode(errors="replace")
        return NoPassword(headline, user)
    if missing := _missing_database(error, conninfo):
        return StoreError(
            headline,
            "no_database",
            help=f"The server has no database `{missing}`. Name another one in the DSN or PGDATABASE, or make it with"
            " `createdb`.",
        )
    # Before it asks who we are, it turns away whom it has no place for; it may just have been starting, too.
    knows_us = error.pgconn is not None and error.pgconn.used_password
    return StoreError(
        headline,
        "refused" if knows_us else "turned_away",
        help=f"The server answers, but does not let us in. {help} If its connections are all taken, try again later.",
    )


def _missing_database(error: psycopg.OperationalError, conninfo: str) -> str | None:
    """The name of the database that is asked for, if the server has none of that name, and says so to who asks.

    libpq tells it in words alone.
    """
    name = error.pgconn.db.decode(errors="replace") if error.pgconn is not None else ""
    elsewhere = make_conninfo(conninfo, connect_timeout=PING_SECONDS, dbname=EVERYWHERE)
    try:
        with psycopg.connect(elsewhere, **OURS) as connection:  # type: ignore[arg-type]
            known = (
                connection.execute("select from pg_catalog.pg_database where datname = %s", (name,)).fetchone()
                is not None
            )
    except psycopg.Error:
        return None
    return None if known else name


def _is_of_tls(error: psycopg.OperationalError, conninfo: str) -> bool:
    """Whether the server takes connections, but not with the TLS that is asked for."""
    asked = error.pgconn is not None and {option.keyword: option.val for option in error.pgconn.info}.get(b"sslmode")
    if not asked or asked in RELAXED:
        return False
    # With a file of authorities, libpq would verify in every mode.
    relaxed = make_conninfo(conninfo, connect_timeout=PING_SECONDS, sslmode="prefer", sslrootcert=NO_FILE)
    return psycopg.pq.PGconn.ping(relaxed.encode()) in (Ping.OK, Ping.REJECT)


def _without_password(error: psycopg.Error, conninfo: str) -> str:
    """What is said of a DSN, without the words of it if one of them may be a password."""
    said = one_line(str(error))
    return QUOTED.sub('"***"', said) if has_password(conninfo) else said


def _reason(error: psycopg.OperationalError) -> str:
    """What libpq says, without what psycopg puts before it; there is no SQLSTATE before there is a connection."""
    said = error.pgconn.error_message.decode(errors="replace") if error.pgconn is not None else ""
    return one_line(said or str(error))
