"""Where a database is: under an embedded server, or wherever a DSN or the PG* variables say."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

import psycopg

from stk_shell.model.errors import StoreError
from stk_shell.model.secret import TypedPassword
from stk_shell.model.values import Record
from stk_shell.store import migrations
from stk_shell.store.access import owner_name
from stk_shell.store.claims import Claims, Who, set_session
from stk_shell.store.connecting import Connection, NoPassword, connect
from stk_shell.store.database import silent
from stk_shell.store.errors import translated
from stk_shell.store.server import EmbeddedServer, without_variables

DATABASE = "stk"
LOGIN = "stk_login"
OWNER = "postgres"

CONNECT_HELP = "Check what --dsn, STK_DSN or the PG* variables say, the password too, and whether the server runs."

TELLING = (b"service", b"host", b"hostaddr", b"port", b"dbname", b"user")
"""The options of a DSN that make it another place; a password or a time limit does not."""

PASSWORDS = ("password", "sslpassword")
"""The options of a DSN that nobody is shown."""

REFUSED = "stk::store::refused"
"""The code of the error for a server that answers, but does not let us in."""

SHOWN_VARIABLES = ("PGSERVICE", "PGHOST", "PGPORT", "PGDATABASE", "PGUSER")
"""The variables of libpq that say which database it is, and as whom."""


class EmbeddedPlace:
    """The database of an embedded server. It makes and migrates itself."""

    def __init__(self, directory: str, claims: Claims, note: Callable[[str], None] = silent) -> None:
        """`note` is told when the server had been killed, and was started again."""
        self.server = EmbeddedServer(directory)
        self.claims = claims
        self.who = Who()
        self.note = note

    def describe(self) -> Record:
        """The directory, and whether the server stays when the last stk leaves."""
        kept = os.path.exists(self.server.files.keep)
        return {"store": f"embedded, in {self.server.directory}", "kept running": kept}

    def identity(self) -> str:
        """What tells it from every other place."""
        return os.path.realpath(self.server.directory)

    def connect(self) -> Connection:
        """A connection as the unprivileged login, to a database that has every migration."""
        if not os.path.exists(self.server.files.made):
            self._migrate()
        connection = self._login()
        if not migrations.pending(connection, migrations.available()):
            return connection
        connection.close()
        self._migrate()
        return self._login()

    def connect_as_owner(self) -> Connection:
        """A connection as the superuser of the server; the database is made if it is not there."""
        with self._connect(OWNER, OWNER) as connection:
            if not connection.execute("select from pg_database where datname = %s", (DATABASE,)).fetchone():
                # Another stk may be faster.
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(f"create database {DATABASE}".encode())
        return self._connect(OWNER, DATABASE)

    def _migrate(self) -> None:
        with self.connect_as_owner() as owner:
            migrations.migrate(owner, migrations.available())
        with self.server.files.in_use(), open(self.server.files.made, "w", encoding="utf-8"):
            pass

    def is_reachable(self) -> bool:
        """Whether the server runs or would be started: always."""
        return True

    def start(self) -> Record:
        """Start the server, and have it stay."""
        self.server.attach()
        self.server.keep()
        return {**self.describe(), "server": "running"}

    def stop(self) -> Record:
        """Stop the server, now or with the last stk."""
        stopped = self.server.stop()
        state = "stopped" if stopped else "in use by another stk; it stops with the last of them"
        return {**self.describe(), "server": state}

    def release(self) -> None:
        """Stop using the server."""
        self.server.release()

    def _login(self) -> Connection:
        connection = self._connect(LOGIN, DATABASE)
        self.who = set_session(connection, self.claims)
        return connection

    def _connect(self, user: str, database: str) -> Connection:
        running = self.server.attach()
        if self.server.has_recovered:
            self.server.has_recovered = False
            self.note("the embedded server had ended without being stopped; it was started again")
        help = f"The server's log is {self.server.log}."
        # Nobody else may pose as the server, in a directory whose server has gone.
        peer = owner_name(self.server.data) or ""
        where = {"host": running.socket_directory, "user": user, "dbname": database, "requirepeer": peer}
        with without_variables():
            return connect("", help, port=running.port, **where)


class RemotePlace:
    """A database that somebody else looks after; it is never changed unless `store migrate` is told to."""

    def __init__(self, dsn: str, claims: Claims, password: TypedPassword | None = None) -> None:
        """`password` is asked for if the server wants one and nothing else says it."""
        self.dsn = dsn
        self.password = password
        self.claims = claims
        self.who = Who()

    def describe(self) -> Record:
        """The host and database, without a password."""
        if not self.dsn:
            chosen = " ".join(f"{name}={os.environ[name]}" for name in SHOWN_VARIABLES if os.environ.get(name))
            return {"store": f"what the PG* variables name: {chosen}"}
        info = psycopg.conninfo.conninfo_to_dict(self.dsn)
        for name in PASSWORDS:
            info.pop(name, None)
        return {"store": psycopg.conninfo.make_conninfo("", **info)}

    def identity(self) -> str:
        """What tells it from every other place: host, port, database and user, wherever they are set."""
        chosen = {option.keyword: option.val for option in psycopg.pq.Conninfo.get_defaults()}
        chosen |= {option.keyword: option.val or chosen[option.keyword] for option in self._options()}
        return "\n".join(os.fsdecode(chosen.get(name) or b"") for name in TELLING)

    def _options(self) -> list[psycopg.pq.ConninfoOption]:
        try:
            return psycopg.pq.Conninfo.parse(os.fsencode(self.dsn))
        except psycopg.OperationalError:
            # Whoever connects is told what is wrong with the DSN.
            return []

    def connect(self) -> Connection:
        """A connection with the role of clients."""
        connection = self._log_in()
        self.who = set_session(connection, self.claims)
        return connection

    def connect_as_owner(self) -> Connection:
        """A connection with the login's own rights."""
        connection = self._log_in()
        with translated():
            connection.look_for_pooler()
        return connection

    def _log_in(self) -> Connection:
        typed = self.password
        try:
            return self._connect(typed.known if typed else None)
        except NoPassword as missing:
            given = typed.ask(f"{missing.prompt}: ") if typed else None
            if typed is None or not given:
                raise
        except StoreError as error:
            if typed is not None and error.code == REFUSED:
                # It may have been changed: it is asked for again the next time.
                typed.known = None
            raise
        connection = self._connect(given)
        typed.known = given
        return connection

    def _connect(self, password: str | None) -> Connection:
        if password is None:
            return connect(self.dsn, CONNECT_HELP)
        return connect(self.dsn, CONNECT_HELP, password=password)

    def is_reachable(self) -> bool:
        """Whether the server takes connections."""
        return psycopg.pq.PGconn.ping(self.dsn.encode(errors="surrogateescape")) == psycopg.pq.Ping.OK

    def start(self) -> Record:
        """Refuse: the server is not ours.

        Raises:
            StoreError: always.
        """
        raise _not_embedded("start")

    def stop(self) -> Record:
        """Refuse, like `start`.

        Raises:
            StoreError: always.
        """
        raise _not_embedded("stop")

    def release(self) -> None:
        """Nothing is held."""


def _not_embedded(verb: str) -> StoreError:
    return StoreError(
        f"the server of this store is not stk's to {verb}",
        "not_embedded",
        help="`store start` and `store stop` are for an embedded store; others look after this one's server.",
    )
