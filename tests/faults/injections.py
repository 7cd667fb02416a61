"""The faults: each interrupts some work, and gives what was told of every change meanwhile."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from stk_shell.model.settings import Settings
from stk_shell.model.store import Store
from stk_shell.store import open_store
from tests.faults.ledger import SILENT, Change
from tests.faults.work import LIST, WORK
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.faults import kill
from tests.fixtures.proxies import PLACES, Proxy

SLOW = {"single": 0.02, "list": 0.25, "revoke": 0.02}
"""Within how many seconds of the beginning a fault strikes."""


class Bench:
    """A server to break, a network before it, and chance."""

    def __init__(self, cluster: Cluster, database: TestDatabase, chance: random.Random) -> None:
        self.cluster = cluster
        self.database = database
        self.chance = chance
        self.proxy = Proxy(f"{cluster.data}/.s.PGSQL.5432")
        self.reconnected = 0

    def store(self, *, through_proxy: bool = False) -> Store:
        """A store of a client, which counts how often it had to connect again."""
        dsn = self.proxy.dsn(self.database.name) if through_proxy else self.database.dsn()
        return open_store(Settings(dsn=dsn), None, None, self._note)

    def _note(self, text: str) -> None:
        self.reconnected += 1


def interrupted(bench: Bench, work: str, name: str, strike: Callable[[], None]) -> list[Change]:
    """Work until something strikes and a bit longer."""
    changes: list[Change] = []
    store = bench.store()
    try:
        steps = WORK[work](store, name, changes.append)
        next(steps)
        striker = threading.Timer(bench.chance.uniform(0, SLOW[work]), strike)
        striker.start()
        while striker.is_alive():
            next(steps)
        striker.join()
        next(steps)
    finally:
        store.close()
    return changes


def backend_killed(bench: Bench, work: str, name: str) -> list[Change]:
    """The process that serves the client is killed, and the server recovers."""
    return interrupted(bench, work, name, lambda: signal_backend(bench, signal.SIGKILL))


def backend_ended(bench: Bench, work: str, name: str) -> list[Change]:
    """An administrator ends the client's connection."""
    return interrupted(bench, work, name, lambda: signal_backend(bench, signal.SIGTERM))


def signal_backend(bench: Bench, number: signal.Signals) -> None:
    """Signal the processes that serve clients."""
    rows = bench.database.rows(
        f"select pid from pg_stat_activity where datname = '{bench.database.name}' and usename = 'stk_login'"
    )
    for row in rows:
        with suppress(ProcessLookupError):
            os.kill(int(str(row[0])), number)


def server_killed(bench: Bench, work: str, name: str) -> list[Change]:
    """The server is killed with all its processes, and started a moment later."""

    def strike() -> None:
        kill(bench.cluster)
        time.sleep(bench.chance.uniform(0, 0.3))
        _start(bench.cluster)

    return interrupted(bench, work, name, strike)


def server_restarted(bench: Bench, work: str, name: str) -> list[Change]:
    """The server is stopped in order, and started."""

    def strike() -> None:
        assert bench.cluster.process is not None
        bench.cluster.process.send_signal(signal.SIGINT)
        bench.cluster.process.wait()
        _start(bench.cluster)

    return interrupted(bench, work, name, strike)


def _start(cluster: Cluster) -> None:
    """Start the server; what a killed one has left may be in the way for a moment."""
    for _ in range(50):
        with suppress(AssertionError):
            cluster.start()
            return
        time.sleep(0.1)
    cluster.start()


def connection_cut(bench: Bench, work: str, name: str) -> list[Change]:
    """The network drops the connection with the message, once it is sent, or with the answer."""
    changes: list[Change] = []
    store = bench.store(through_proxy=True)
    try:
        steps = WORK[work](store, name, changes.append)
        next(steps)
        bench.proxy.cut(_mark(bench, work, name), bench.chance.choice(PLACES))
        cuts = bench.proxy.cuts
        for _ in range(1000):
            next(steps)
            if bench.proxy.cuts > cuts:
                break
        next(steps)
    finally:
        store.close()
    return changes


def _mark(bench: Bench, work: str, name: str) -> str:
    """What the message has in it that is cut."""
    if work == "list":
        return bench.chance.choice(("COMMIT", f"{name} 1", f'"n":{LIST - 10}'))
    return f"{name} 1" if work == "single" else "-"


def client_killed(bench: Bench, work: str, name: str) -> list[Change]:
    """The client is killed; what it was about to do, it cannot tell of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_until_killed(bench, work, name, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = [told.readline() for _ in range(2)]
        time.sleep(bench.chance.uniform(0, SLOW[work]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += told.readlines()
    whole = [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]
    changes = [Change(mark, int(records), fate) for mark, records, fate in whole]
    return changes + _untold(work, name, changes)


def _work_until_killed(bench: Bench, work: str, name: str, writing: int) -> None:
    """Work in a process of its own, and write what is told into a pipe."""

    def tell(told: Change) -> None:
        os.write(writing, f"{told.mark}\t{told.records}\t{told.told}\n".encode())

    try:
        for _ in WORK[work](bench.store(), name, tell):
            pass
    finally:
        os._exit(1)


def _untold(work: str, name: str, changes: list[Change]) -> list[Change]:
    """The change that the client was at when it was killed."""
    if work == "revoke":
        return []
    return [Change(f"{name} {len(changes)}", LIST if work == "list" else 1, SILENT)]


INJECTIONS: dict[str, tuple[Callable[[Bench, str, str], list[Change]], int]] = {
    "server killed (SIGKILL)": (server_killed, 2),
    "server restarted": (server_restarted, 1),
    "its process killed (SIGKILL)": (backend_killed, 5),
    "its process ended (SIGTERM)": (backend_ended, 4),
    "connection cut": (connection_cut, 6),
    "client killed (SIGKILL)": (client_killed, 4),
}
"""By name, with how often each comes up in comparison."""
