"""Faults that strike while events are spooled, or delivered."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.model.store import NewEvent
from stk_shell.store import open_store
from stk_shell.store.postgres import PostgresStore
from tests.faults.injections import Bench, signal_backend
from tests.faults.ledger import DONE, SILENT, Change

WAITING = 2500
"""How many events wait before they are delivered."""

NOWHERE = "host=127.0.0.1 port=1 dbname=x"


def spooling_killed(bench: Bench, name: str) -> list[Change]:
    """The client is killed while it spools; then what it has spooled is delivered."""
    folder = tempfile.mkdtemp(prefix="stk-spool-")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _spool_until_killed(folder, name, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        told.readline()
        time.sleep(bench.chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = told.readlines()
    done = 1 + sum(line.endswith("\n") for line in lines)
    _deliver(bench, folder)
    return [Change(f"{name} {number}", 1, DONE if number < done else SILENT) for number in range(done + 1)]


def _spool_until_killed(folder: str, name: str, writing: int) -> None:
    try:
        store = _spooling(NOWHERE, folder)
        number = 0
        while True:
            store.append([NewEvent(name, {"mark": f"{name} {number}"})], spool=True)
            os.write(writing, b"spooled\n")
            number += 1
    finally:
        os._exit(1)


def delivery_killed(bench: Bench, name: str) -> list[Change]:
    """The client is killed while it delivers; then the rest is delivered."""
    folder = _spooled(name)
    child = os.fork()
    if child == 0:
        _deliver_until_killed(bench, folder)
    time.sleep(bench.chance.uniform(0, 0.4))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    _deliver(bench, folder)
    return [Change(f"{name} {number}", 1, DONE) for number in range(WAITING)]


def _deliver_until_killed(bench: Bench, folder: str) -> None:
    try:
        _spooling(bench.database.dsn(), folder).deliver(retry=False)
    finally:
        os._exit(1)


def delivery_cut(bench: Bench, name: str) -> list[Change]:
    """The server's process is killed while events are delivered; then the rest is delivered."""
    folder = _spooled(name)
    striker = threading.Timer(bench.chance.uniform(0, 0.2), signal_backend, (bench, signal.SIGKILL))
    striker.start()
    _deliver(bench, folder, remove=False)
    striker.join()
    _deliver(bench, folder)
    return [Change(f"{name} {number}", 1, DONE) for number in range(WAITING)]


def _spooled(name: str) -> str:
    """A directory in which events wait."""
    folder = tempfile.mkdtemp(prefix="stk-spool-")
    store = _spooling(NOWHERE, folder)
    store.append((NewEvent(name, {"mark": f"{name} {number}"}) for number in range(WAITING)), spool=True)
    store.close()
    return folder


def _spooling(dsn: str, folder: str) -> PostgresStore:
    """A store whose queue is in a directory, whatever the DSN."""
    store = open_store(Settings(dsn=NOWHERE), None, None, lambda text: None, folder)
    assert isinstance(store, PostgresStore)
    store.place.dsn = dsn  # type: ignore[attr-defined]
    return store


def _deliver(bench: Bench, folder: str, *, remove: bool = True) -> None:
    """Deliver what waits; unless something is going to strike, all of it, as soon as the server lets us."""
    store = _spooling(bench.database.dsn(), folder)
    try:
        for _ in range(20 if remove else 1):
            with suppress(StkError):
                store.deliver(retry=False)
                break
            time.sleep(0.1)
    finally:
        store.close()
    if remove:
        assert not list(store.spooled())
        shutil.rmtree(folder)


SPOOLED: dict[str, Callable[[Bench, str], list[Change]]] = {
    "client killed while it spools": spooling_killed,
    "client killed while it delivers": delivery_killed,
    "server killed while events are delivered": delivery_cut,
}
