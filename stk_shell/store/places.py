"""Where a database is: under an embedded server, or wherever a DSN or the PG* variables say."""

from __future__ import annotations

import os
from collections.abc import Callable

import psycopg

from stk_shell.model.errors import StoreError
from stk_shell.model.secret import TypedPassword
from stk_shell.model.values import Record
from stk_shell.store import migrations
from stk_shell.store.access import owner_name
from stk_shell.store.claims import Claims, Who, set_session
from stk_shell.store.connecting import Connection, NoPassword, connect
from stk_shell.store.database import AWAY, TURNED_AWAY, silent
from stk_shell.store.errors import translated
from stk_shell.store.server import EmbeddedServer, without_variables
from stk_shell.store.standby import is_standby

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
            if not _has_database(connection):
                # Another stk may be making it; to try would be an error in the server's log.
                connection.execute("select pg_advisory_lock(%s)", (migrations.LOCK,))
                if not _has_database(connection):
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


def _has_database(connection: Connection) -> bool:
    return connection.execute("select from pg_database where datname = %s", (DATABASE,)).fetchone() is not None


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
        chosen = self._chosen()
        return "\n".join(os.fsdecode(chosen.get(name) or b"") for name in TELLING)

    @property
    def has_several_servers(self) -> bool:
        """Whether one of several servers is chosen, which need not be the one that takes changes."""
        chosen = self._chosen()
        hosts = (chosen.get(b"host") or b"") + (chosen.get(b"hostaddr") or b"")
        return b"," in hosts and chosen.get(b"target_session_attrs") not in (b"read-write", b"primary")

    def of_primary(self) -> PrimaryPlace:
        """The same store on that one of its servers that takes changes."""
        return PrimaryPlace(self.dsn, self.claims, self.password)

    def _chosen(self) -> dict[bytes, bytes | None]:
        """The options that the DSN or a variable sets, or that have a value of their own."""
        chosen = {option.keyword: option.val for option in psycopg.pq.Conninfo.get_defaults()}
        return chosen | {option.keyword: option.val or chosen[option.keyword] for option in self._options()}

    def _options(self) -> list[psycopg.pq.ConninfoOption]:
        try:
            return psycopg.pq.Conninfo.parse(os.fsencode(self.dsn))
        except psycopg.OperationalError:
            # Whoever connects is told what is wrong with the DSN.
            return []

    def connect(self) -> Connection:
        """A connection with the role of clients."""
        connection = self.log_in()
        self.who = set_session(connection, self.claims)
        return connection

    def connect_as_owner(self) -> Connection:
        """A connection with the login's own rights, to the server that takes changes."""
        if self.has_several_servers:
            return self.of_primary().connect_as_owner()
        connection = self.log_in()
        with translated():
            connection.look_for_pooler()
        return connection

    def log_in(self) -> Connection:
        """A connection as the login has it, whatever a pooler has before us."""
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


class PrimaryPlace(RemotePlace):
    """That one of several servers that takes changes."""

    def __init__(self, dsn: str, claims: Claims, password: TypedPassword | None) -> None:
        """As of any of them."""
        super().__init__(psycopg.conninfo.make_conninfo(dsn, target_session_attrs="read-write"), claims, password)
        self._any = dsn

    def log_in(self) -> Connection:
        """A connection to the server that takes changes."""
        try:
            return super().log_in()
        except StoreError as error:
            if error.code not in (TURNED_AWAY, AWAY):
                raise
            missed = error
        try:
            with RemotePlace(self._any, self.claims, self.password).log_in() as connection:
                has_standby = is_standby(connection)
        except StoreError:
            has_standby = False
        if not has_standby:
            raise missed
        raise StoreError(
            "none of the servers of this store takes changes now",
            missed.code.rpartition("::")[2],
            help="Nothing was changed. Standbys can be read, until one is promoted or the primary is back;"
            " `.append event --spool` keeps events until then.",
        )

    def reached(self) -> str:
        """Which server it is now, or why there is none."""
        try:
            with self.log_in() as connection:
                return f"{connection.info.host}, port {connection.info.port}"
        except StoreError as error:
            return f"none: {error.headline}"


def _not_embedded(verb: str) -> StoreError:
    return StoreError(
        f"the server of this store is not stk's to {verb}",
        "not_embedded",
        help="`store start` and `store stop` are for an embedded store; others look after this one's server.",
    )
