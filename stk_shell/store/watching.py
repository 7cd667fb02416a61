"""Watching: asking for what is new when there may be something, over a connection that comes back.

NOTIFY only says when to ask. It has transactions commit one after another, so that the database sends it only while
somebody waits for it, which nobody does while transactions end all the time anyway. Then, and where there is none to be
had, on a standby or behind a pool of connections, the question is repeated in short.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Generator
from contextlib import suppress

from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.store import EventQuery
from stk_shell.model.values import Record
from stk_shell.store.connecting import Connection
from stk_shell.store.database import AWAY, STARTING, TURNED_AWAY, Database
from stk_shell.store.errors import ConnectionLost, translated
from stk_shell.store.event_queries import Table
from stk_shell.store.news import News

QUICK, SHORT, LONG = 0.01, 0.04, 1.0
"""Seconds from one question to the next: while much happens, where nothing wakes us, and where NOTIFY does."""

SLOWER = 1.3
"""By how much the pause grows each time that nothing has happened."""

LEASE = 10.0
"""For how many seconds the database surely tells us, once we have said that we wait."""

SLOW = 0.01
"""How many seconds a question may take before the index on transactions is seen to."""

PASSING = (AWAY, STARTING, TURNED_AWAY)
"""The codes of errors after which we try again."""

CONFLICT = "stk::store::conflict"
"""The code of the error for a question that had to give way, as to what a standby replays."""

PATIENCE = 60.0
"""For how many seconds a server is tried that turns us away; one that is away is waited for as long as it takes."""

SERVER = sql.SQL("select pg_catalog.pg_backend_pid(), pg_catalog.pg_is_in_recovery()")
LISTEN = sql.SQL("listen stk_event")
WAIT_FOR_US = sql.SQL("select api.stk_watch()")
SUMMARIZE = sql.SQL("select api.stk_event_summarize()")


class Watch:
    """Follows the events of a query, over a connection of its own."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        note: Callable[[str], None],
        table: Table,
        query: EventQuery,
        types: list[str] | None,
    ) -> None:
        """`note` is told when the connection was lost, and is there again; `types` are the uus of the query's type."""
        self._database = Database(connect, note)
        self._database.when_connected = self._connected
        self._news = News(self._database, table, query, types)
        self._pause = QUICK
        self._connection: Connection | None = None
        self._listens = False
        self._woken = False
        self._leased_until = 0.0
        self._summarized = 0.0

    def batches(self) -> Generator[list[Record], None, None]:
        """The events as they come, without an end; an empty batch says that nothing is there for now.

        Raises:
            StoreError: the store cannot be followed, or does not let us in.
        """
        try:
            while True:
                found = self._asked()
                if found:
                    yield found
                if not self._news.has_more:
                    yield []
                    self._wait(is_idle=found is None)
        finally:
            self._database.close()

    def _asked(self) -> list[Record] | None:
        """The answer to the next question, however often the connection is lost."""
        while True:
            self._woken = False
            began = time.monotonic()
            try:
                found = self._news.next()
            except StoreError as error:
                if error.code not in (*PASSING, CONFLICT) or not self._news.has_begun:
                    raise
                if error.code == CONFLICT:
                    time.sleep(QUICK)
                else:
                    self._come_back()
                continue
            if time.monotonic() - began > SLOW:
                self._see_to_index()
            return found

    def _come_back(self) -> None:
        """Connect again, however long that takes."""
        self._database.note("the connection to the store is lost; watching goes on when it is back")
        began = time.monotonic()
        while True:
            try:
                self._database.connect_again()
            except StoreError as error:
                turned_away = error.code == TURNED_AWAY and time.monotonic() - began > PATIENCE
                if error.code not in PASSING or turned_away:
                    raise
            else:
                return
            time.sleep(LONG)

    def _connected(self) -> None:
        """What comes first over each new connection."""
        self._news.again()
        self._leased_until = 0.0
        self._connection = connection = self._database.connection
        with translated():
            # A plan that is kept from when the table was small would read all of it.
            connection.assign({"plan_cache_mode": "force_custom_plan"})
        backend, standby = self._database.change(SERVER)[0]
        # Where a pool of connections is between us and the server, whose process is not the one that we were told of,
        # another one may be given what we listen to.
        self._listens = not standby and backend == connection.info.backend_pid
        if self._listens:
            connection.add_notify_handler(lambda _: self._wake())
            self._database.change(LISTEN)

    def _wake(self) -> None:
        self._woken = True

    def _wait(self, *, is_idle: bool) -> None:
        """Wait until there may be something new."""
        self._pause = min(self._pause * SLOWER, LONG if self._listens else SHORT) if is_idle else QUICK
        if not is_idle:
            time.sleep(QUICK)
        elif not self._listens or self._news.is_stirring:
            time.sleep(min(self._pause, SHORT))
        elif self._pause > SHORT and time.monotonic() > self._leased_until:
            # What was recorded up to now has told nobody, so it is asked for once more.
            self._ask_to_be_told()
        elif self._connection is not None and not self._connection.closed:
            self._until_woken(self._connection)

    def _ask_to_be_told(self) -> None:
        try:
            self._database.change(WAIT_FOR_US)
            self._leased_until = time.monotonic() + LEASE
        except ConnectionLost:
            # The next question sees to it.
            pass
        except StoreError:
            self._listens = False

    def _until_woken(self, connection: Connection) -> None:
        # What came together with an answer, no socket tells of.
        while connection.pgconn.notifies() is not None:
            self._woken = True
        if not self._woken:
            poll = select.poll()
            poll.register(connection, select.POLLIN)
            poll.poll(self._pause * 1000)

    def _see_to_index(self) -> None:
        """Have the newest pages in the index on transactions: else, each question reads all that is not there yet."""
        now = time.monotonic()
        if self._news.standby or now - self._summarized < LONG:
            return
        self._summarized = now
        with suppress(StoreError):
            self._database.change(SUMMARIZE)
