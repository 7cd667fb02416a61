"""Follows events while eight writers keep transactions open for random times, undo some, and lose their server.

None may be missed, and none may come twice. As a program, it is the writers.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg

from stk_shell.model.errors import StkError
from stk_shell.model.nouns import EVENTS
from stk_shell.model.store import EventQuery
from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.event_queries import EVENT_TABLE
from stk_shell.store.places import RemotePlace
from stk_shell.store.watching import Watch
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.faults import kill

WRITERS = 8
LARGEST = 20
"""How many events a transaction has at most."""

UNDONE, LONG = 0.1, 0.02
"""How many of the transactions are undone, and how many stay open for long."""

OPEN, OPEN_LONG = 0.05, 2.0
"""For how many seconds a transaction stays open at most, and one that stays open for long."""

PATIENCE = 30.0
"""For how many seconds the last events are waited for."""


class Outcome(NamedTuple):
    """What came of it; delays are seconds from just before the commit to the watcher."""

    events: int
    missed: int
    twice: int
    strange: int
    delay: float
    worst: float
    seconds: float
    notes: list[str]

    def is_right(self) -> bool:
        """Whether each event came once, and nothing else."""
        return not (self.missed or self.twice or self.strange)

    def __str__(self) -> str:
        return (
            f"{self.events:,} events in {self.seconds:.0f} s: {self.missed} missed, {self.twice} twice,"
            f" {self.strange} that are not there; delay {self.delay * 1000:.0f} ms in the middle,"
            f" {self.worst * 1000:.0f} ms for one in a hundred, {sum('connected again' in n for n in self.notes)} reconnections"
        )


class Follower:
    """Somebody who watches, in a thread of his own."""

    def __init__(self, dsn: str, query: EventQuery | None = None) -> None:
        self.seen: list[tuple[str, float]] = []
        self.notes: list[str] = []
        self.error: Exception | None = None
        self.quiet = threading.Event()
        """Set when there is nothing new for the first time: from then on, nothing is missed."""
        self._stopped = False
        place = RemotePlace(dsn, Claims(API_ROLE))
        self.watch = Watch(place.connect, self.notes.append, EVENT_TABLE, query or EventQuery(noun=EVENTS), None)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        self.quiet.wait(PATIENCE)

    def _follow(self) -> None:
        try:
            for batch in self.watch.batches():
                now = time.monotonic()
                self.seen += [(str(event["uu"]), now) for event in batch]
                if not batch:
                    self.quiet.set()
                if self._stopped:
                    return
        except (StkError, psycopg.Error) as error:
            self.error = error

    def stop(self, count: int) -> None:
        """Stop, once so many events were seen, or nothing more comes."""
        deadline = time.monotonic() + PATIENCE
        while len(self.seen) < count and time.monotonic() < deadline and self._thread.is_alive():
            time.sleep(0.02)
        # One that comes twice would come now.
        time.sleep(1.2)
        self._stopped = True
        self._thread.join(PATIENCE)


def write(dsn: str, events: int, seed: int, tell: Callable[[str, float], None]) -> None:
    """Commit at least so many events, whatever becomes of the connection; `tell` is told of each, and when that began."""
    chance = random.Random(seed)
    done = 0
    while done < events:
        try:
            with psycopg.connect(dsn) as connection:
                connection.execute("set role stk_api_role")
                connection.commit()
                while done < events:
                    done += _transaction(connection, chance, tell)
        except psycopg.Error:
            time.sleep(0.1)


def _transaction(
    connection: psycopg.Connection[tuple[str]], chance: random.Random, tell: Callable[[str, float], None]
) -> int:
    """One transaction; gives how many events it has committed."""
    uus: list[str] = []
    pause = chance.uniform(0, OPEN_LONG if chance.random() < LONG else OPEN)
    for _ in range(chance.randint(1, LARGEST)):
        row = connection.execute("insert into api.stk_event (name) values ('note') returning uu::text").fetchone()
        uus += row or ()
    time.sleep(pause)
    if chance.random() < UNDONE:
        connection.rollback()
        return 0
    moment = time.monotonic()
    connection.commit()
    for uu in uus:
        tell(uu, moment)
    return len(uus)


@contextmanager
def writing(dsn: str, events: int, seed: int, writers: int = WRITERS) -> Iterator[subprocess.Popen[str]]:
    """Writers in a process of their own, which prints what was committed, and when."""
    command = [sys.executable, "-m", "tests.faults.watched", dsn, str(events), str(seed), str(writers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def write_all(dsn: str, events: int, seed: int, writers: int) -> None:
    """Write in as many threads, and tell on standard output."""

    def tell(uu: str, moment: float) -> None:
        sys.stdout.write(f"{uu} {moment}\n")

    threads = [
        threading.Thread(target=write, args=(dsn, events // writers, seed + number, tell)) for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def followed(database: TestDatabase, events: int, seed: int, strike: Callable[[], None] | None = None) -> Outcome:
    """Follow what the writers record; `strike` is called again and again while they do."""
    follower = Follower(database.dsn())
    began, committed = time.monotonic(), list[tuple[str, float]]()
    with writing(database.dsn(), events, seed) as process:
        reader = threading.Thread(target=lambda: committed.extend(_told(process)))
        reader.start()
        while reader.is_alive():
            if strike is None:
                reader.join()
            else:
                strike()
                reader.join(1.0)
    seconds = time.monotonic() - began
    there = {str(uu) for (uu,) in database.rows("select uu from private.stk_event")}
    follower.stop(len(there))
    assert follower.error is None, follower.error
    return _compared(there, follower, dict(committed), seconds)


def _told(process: subprocess.Popen[str]) -> Iterator[tuple[str, float]]:
    assert process.stdout is not None
    for line in process.stdout:
        uu, moment = line.split()
        yield uu, float(moment)


def _compared(there: set[str], follower: Follower, committed: dict[str, float], seconds: float) -> Outcome:
    seen = [uu for uu, _ in follower.seen]
    delays = sorted(moment - committed[uu] for uu, moment in follower.seen if uu in committed)
    return Outcome(
        events=len(there),
        missed=len(there - set(seen)),
        twice=len(seen) - len(set(seen)),
        strange=len(set(seen) - there),
        delay=statistics.median(delays),
        worst=delays[int(len(delays) * 0.99)],
        seconds=seconds,
        notes=follower.notes,
    )


def killing(cluster: Cluster, chance: random.Random) -> Callable[[], None]:
    """What kills the server, and starts it again after a while."""

    def strike() -> None:
        time.sleep(chance.uniform(0.2, 2))
        kill(cluster)
        time.sleep(chance.uniform(0, 0.5))
        cluster.start()

    return strike


if __name__ == "__main__":
    write_all(sys.argv[1], *map(int, sys.argv[2:]))
