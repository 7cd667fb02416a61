"""A connection to the database that comes back when it was lost."""

from __future__ import annotations

import logging
import select
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TypeAlias

import psycopg
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.store import Link
from stk_shell.model.values import Record
from stk_shell.store.connecting import Connection, Row
from stk_shell.store.errors import ConnectionLost, translated, unknown_fate

Query: TypeAlias = "sql.SQL | sql.Composed"
Values: TypeAlias = "Sequence[object] | Mapping[str, object]"
"""Parameters, by place or by name."""

# psycopg reports a second Ctrl-C in its log, which would go to the screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

PATIENCE = 5.0
"""For how many seconds a server that has gone is waited for: it may be starting again."""

RECOVERY = 6
"""How many times as long a server is waited for that is there, and is still starting or recovering."""

POLL_SECONDS = 0.05

STARTING, AWAY, TURNED_AWAY = "stk::store::starting", "stk::store::connection", "stk::store::turned_away"
"""The codes of errors that may pass by themselves."""

TRIES = 3
"""How often it is tried where we were turned away: the server may be ready by now."""

LACKING = ("stk::store::no_schema", "stk::store::undefined")
"""The codes of errors that an older schema gives."""

SNAPSHOT = sql.SQL("set transaction isolation level repeatable read, read only")

READ_ONLY = sql.SQL("set transaction read only")
"""For what is sent a second time."""

NUMBER = sql.SQL("select pg_catalog.pg_current_xact_id_if_assigned()::text")
STATE = sql.SQL("select pg_catalog.pg_xact_status(%s::text::xid8)")
"""What a transaction is called, and what became of it."""

CHUNK = 1000
"""How many rows of a cursor are fetched at once."""

STREAMED, CHUNKS_SINCE = 200, 170_000
"""How many rows libpq gives at once as they come, and the version from which on it can; more would not be faster."""

HUNG_UP = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)
"""What poll(2) says of a socket whose other end is gone; Linux tells it as POLLRDHUP, others as POLLHUP."""


def silent(text: str) -> None:
    """Say nothing."""


class Database:
    """One connection, made when it is first needed and again when it was lost."""

    def __init__(self, connect: Callable[[], Connection], note: Callable[[str], None] = silent) -> None:
        """`note` is told when the connection was lost, and is there again.

        `when_connected` is what to do first over each new connection, `before_asking` what to do before each use of it.
        """
        self.note = note
        self.patience = PATIENCE
        self.when_connected: Callable[[], None] | None = None
        self.before_asking: Callable[[Connection], None] | None = None
        self._connect = connect
        self._connection: Connection | None = None
        self._cursor: psycopg.Cursor[Row] | None = None
        self._hang_up = select.poll()
        self._transactions = 0
        self._pipeline: psycopg.Pipeline | None = None
        self._user = ""

    @property
    def connection(self) -> Connection:
        """The connection, ready to use.

        Raises:
            StoreError: the server cannot be reached, or does not let us in.
        """
        if self._connection is None:
            connection = self._connected(STARTING, TURNED_AWAY)
        else:
            connection = self.connect_again() if self._is_lost(self._connection) else self._connection
        if self.before_asking is not None:
            self.before_asking(connection)
        return connection

    def connect_again(self) -> Connection:
        """A new connection in the place of the one that was lost; a server that has gone gets some time to be back.

        Raises:
            StoreError: it is not back, or does not let us in.
        """
        connection = self._connected(STARTING, AWAY, TURNED_AWAY)
        self.note("the connection to the store was lost; connected again")
        return connection

    def _connected(self, *passing: str) -> Connection:
        """A new connection; what the errors of these codes say may pass while we wait."""
        began, turned_away = time.monotonic(), 0
        while True:
            try:
                with translated():
                    self._keep(self._connect())
                break
            except StoreError as error:
                patience = self.patience * (RECOVERY if error.code == STARTING else 1)
                turned_away += error.code == TURNED_AWAY
                if error.code not in passing or turned_away == TRIES or time.monotonic() - began > patience:
                    raise
            time.sleep(POLL_SECONDS)
        if self.when_connected is not None:
            self.when_connected()
        return self.connection

    def _keep(self, connection: Connection) -> None:
        self.close()
        self._connection, self._user = connection, connection.info.user
        self._hang_up = select.poll()
        self._hang_up.register(connection, HUNG_UP)

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

    def rows(self, query: Query, values: Values = ()) -> list[Row]:
        """The rows that a statement gives; an empty list where it gives none.

        Where the connection is lost on the way, it is asked again over a new one.

        Raises:
            UnknownFate: the connection is lost, and what was asked for was a change, which is not repeated.
            StkError: the database refused, or there is no connection.
        """
        try:
            return self.change(query, values)
        except ConnectionLost:
            if self._transactions:
                raise
        self.connect_again()
        return self._asked_again(query, values)

    def described(self, query: Query) -> tuple[list[Row], list[tuple[str, int]]]:
        """The rows that one statement gives, which is sent once, and its columns: names, and numbers of their types.

        Raises:
            StkError: as `change`, or there are several statements.
        """
        # Only results in binary form make psycopg use the protocol that takes no more than one statement.
        with translated(), self.connection.cursor(binary=True) as cursor:
            cursor.execute(query)
            if not (self._transactions or self.is_idle()):
                self.connection.rollback()
                raise StoreError(
                    "a transaction of its own cannot be begun here",
                    "transaction",
                    help="Each statement is one, and a list that is piped into `.append event` goes in as one.",
                )
            columns = [(column.name, column.type_code) for column in cursor.description or ()]
            return cursor.fetchall() if columns else [], columns

    def stream(self, query: Query, values: Values = ()) -> Iterator[list[Row]]:
        """The rows that a question gives by the hundred, as they are pulled.

        Raises:
            StkError: the database refused, or the connection is lost when some have come already.
        """
        begun = False
        try:
            for found in self._streamed(query, values):
                begun = True
                yield found
        except ConnectionLost as lost:
            if begun:
                lost.help = "What has come is the beginning of it. The next command connects again."
                raise
            self.connect_again()
            yield from self._streamed(query, values)

    def _streamed(self, query: Query, values: Values) -> Iterator[list[Row]]:
        with translated(), self.connection.cursor() as cursor:
            rows = cursor.stream(query, values, size=STREAMED if psycopg.pq.version() >= CHUNKS_SINCE else 1)
            while found := list(islice(rows, STREAMED)):
                yield found

    def limit(self, seconds: float) -> None:
        """Have the server end each statement of this connection that takes longer."""
        with translated():
            self.connection.assign({"statement_timeout": str(int(seconds * 1000))})

    @contextmanager
    def snapshot(self) -> Iterator[Callable[[Query, Values], Generator[list[Row], None, None]]]:
        """What reads the rows of questions by the thousand, all as the store is at one moment."""
        # Within a transaction of somebody's, it is too late to say so.
        is_alone = self.connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with self._on_one_connection():
            if is_alone:
                self.change(SNAPSHOT)
            yield self._from_cursor

    def _from_cursor(self, query: Query, values: Values) -> Generator[list[Row], None, None]:
        """Rows from a cursor of the server, which somebody may leave without ending the transaction."""
        with translated(), self.connection.cursor(name="stk_rows") as cursor:
            cursor.execute(query, values)
            while found := cursor.fetchmany(CHUNK):
                yield found

    def _asked_again(self, query: Query, values: Values) -> list[Row]:
        """The rows of a statement, which the database itself keeps from changing anything."""
        try:
            with self._on_one_connection():
                self.change(READ_ONLY)
                return self.change(query, values)
        except StoreError as error:
            if error.code == "stk::store::read_only":
                raise unknown_fate("the change was made", "Look what was done.") from None
            raise

    def change(self, query: Query, values: Values = ()) -> list[Row]:
        """The rows that a statement gives, which is sent once; an empty list where it gives none.

        Raises:
            ConnectionLost: it was done, or not.
            StkError: the database refused, or there is no connection.
        """
        try:
            with translated():
                cursor = self._fresh_cursor()
                cursor.execute(query, values)
                if self._pipeline is not None:
                    self._pipeline.sync()
                return cursor.fetchall() if cursor.description else []
        except StoreError as error:
            raise (self._older_schema() if error.code in LACKING else None) or error from None

    @contextmanager
    def pipelined(self) -> Iterator[Callable[[Query, Values], Callable[[], list[Row]]]]:
        """Within a transaction: sends statements at once, and gives for each what waits for its rows.

        The server works on one while the next is made.
        """
        outer, connection = self._pipeline, self.connection

        def send(query: Query, values: Values) -> Callable[[], list[Row]]:
            with translated():
                cursor = connection.cursor()
                cursor.execute(query, values)
            return lambda: _fetched(cursor)

        with translated(), connection.pipeline() as self._pipeline:
            try:
                yield send
            finally:
                self._pipeline = outer

    def _older_schema(self) -> StoreError | None:
        """The error for a database that lacks migrations, if it is one."""
        from stk_shell.store import migrations

        connection, lacking = self.connection, list[str]()
        with suppress(StoreError), translated():
            if not self._transactions and migrations.applied(connection):
                lacking = [each.name for each in migrations.pending(connection, migrations.available())]
        if not lacking:
            return None
        return StoreError(
            f"this database has an older schema, without {', '.join(lacking)}",
            "older_schema",
            help="`store migrate` brings it up to date. It takes a login that may create roles and schemas.",
        )

    def _fresh_cursor(self) -> psycopg.Cursor[Row]:
        """One cursor for all statements: making one for each costs a tenth of a small statement."""
        connection = self.connection
        if self._cursor is None:
            self._cursor = connection.cursor()
        return self._cursor

    @contextmanager
    def transaction(self, way_out: str = "Look what was done.") -> Iterator[None]:
        """All statements inside, or none of them. Where the answer to the last one is lost, it is asked for.

        `way_out` is what to do if nobody can be asked.

        Raises:
            UnknownFate: nobody can be asked.
            StkError: none was done.
        """
        number = None
        try:
            with self._on_one_connection():
                yield
                number = self.change(NUMBER)[0][0]
        except ConnectionLost as lost:
            if self._transactions:
                raise
            if number is None or not self._was_committed(number, way_out):
                lost.help = "Nothing was changed: all of it was undone. The next command connects again."
                raise
        except KeyboardInterrupt:
            if number is None:
                self.note("nothing was changed: all of it was undone")
            elif self.is_idle():
                committed = self._was_committed(number, way_out)
                self.note(f"{'all of it had been' if committed else 'nothing of it was'} done when it was interrupted")
            raise

    @contextmanager
    def _on_one_connection(self) -> Iterator[None]:
        """A transaction, within which a lost connection is not made anew."""
        with translated(), self.connection.transaction():
            self._transactions += 1
            try:
                yield
            finally:
                self._transactions -= 1

    def _was_committed(self, number: str, way_out: str) -> bool:
        """Whether the transaction whose end was lost took place.

        Raises:
            UnknownFate: nobody can be asked, or it has not ended.
        """
        deadline = time.monotonic() + self.patience
        try:
            if not self.is_idle():
                self.connect_again()
            while time.monotonic() < deadline:
                state = self.rows(STATE, (number,))[0][0]
                if state != "in progress":
                    break
                time.sleep(POLL_SECONDS)
        except StoreError:
            state = None
        if state not in ("committed", "aborted"):
            raise unknown_fate("all of it was done, or nothing", way_out) from None
        return bool(state == "committed")

    def is_idle(self) -> bool:
        """Whether the connection can be asked something now."""
        connection = self._connection
        return connection is not None and connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE

    def close(self) -> None:
        """Close the connection; it would come back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._cursor = None


def _fetched(cursor: psycopg.Cursor[Row]) -> list[Row]:
    with translated():
        return cursor.fetchall()


def as_record(names: Sequence[str], row: Row) -> Record:
    """The row as a record of these columns."""
    return dict(zip(names, row, strict=True))
