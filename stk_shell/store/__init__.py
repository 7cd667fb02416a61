"""Keeps events in PostgreSQL. The only importer of psycopg and of the embedded server."""

from __future__ import annotations

from collections.abc import Callable

from stk_shell.model.secret import TypedPassword
from stk_shell.model.settings import Settings
from stk_shell.model.store import Store
from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.database import silent
from stk_shell.store.places import EmbeddedPlace, RemotePlace
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.sign import Sign


def open_store(
    settings: Settings,
    directory: str | None,
    sign: str | None = None,
    note: Callable[[str], None] = silent,
    spools: str | None = None,
    password: TypedPassword | None = None,
) -> Store:
    """The store of a DSN (an empty one means libpq's own variables) or, with a directory, the embedded one.

    Nothing is connected yet. `sign` is the path of a file that is made once the store is known to have events; `note`
    is told what happened to the connection or to the server; `spools` is the directory of the queues of events;
    `password` is asked for if the server wants one and nothing else says it.
    """
    claims = Claims(settings.role or API_ROLE, settings.stk_session or "", settings.entity)
    if directory is not None:
        return PostgresStore(EmbeddedPlace(directory, claims, note), Sign(sign), note, spools)
    place = RemotePlace(settings.dsn or "", claims, password)
    if place.has_several_servers:
        from stk_shell.store.replicas import ReplicatedStore

        return ReplicatedStore(place, Sign(sign), note, spools)
    return PostgresStore(place, Sign(sign), note, spools)
