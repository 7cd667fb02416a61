"""A store to practise on: a server in a directory of its own, which is removed in the end, whatever happens."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stk_shell.model.errors import StoreError
from stk_shell.model.store import Store
from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.places import EmbeddedPlace
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.server import EmbeddedServer
from stk_shell.store.sign import Sign

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ScratchPlace(EmbeddedPlace):
    """The database of all who use the store; closing one of their stores does not stop the server of the others."""

    def __init__(self, directory: str, claims: Claims) -> None:
        super().__init__(directory, claims)
        self.server = EmbeddedServer(directory, durable=False)

    def release(self) -> None:
        """Leave the server alone."""


@contextmanager
def scratch_stores() -> Iterator[Callable[[], Store]]:
    """Opens stores without events, all of them the same one; it is made at once.

    Raises:
        StoreError: it cannot be made.
    """
    directory = os.path.join(tempfile.gettempdir(), f"stk-scratch-{secrets.token_hex(8)}")
    place = ScratchPlace(directory, Claims(API_ROLE))
    try:
        _make(place)
        yield lambda: PostgresStore(place, Sign(None))
    finally:
        with _undisturbed():
            place.server.end()
            shutil.rmtree(directory, ignore_errors=True)


def _make(place: ScratchPlace) -> None:
    try:
        place.connect().close()
    except StoreError as error:
        if error.code == "stk::store::directory":
            error.help = "TMPDIR names another directory for what is temporary."
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Finish what is begun: whoever is impatient would leave half of it behind."""
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
