"""Keeps events in PostgreSQL. The only importer of psycopg and of the embedded server."""

from __future__ import annotations

from stk_shell.model.settings import Settings
from stk_shell.model.store import Store
from stk_shell.store.database import API_ROLE, Claims
from stk_shell.store.places import EmbeddedPlace, RemotePlace
from stk_shell.store.postgres import PostgresStore


def open_store(settings: Settings, directory: str | None) -> Store:
    """The store of a DSN (an empty one means libpq's own variables) or, with a directory, the embedded one.

    Nothing is connected yet.
    """
    claims = Claims(settings.role or API_ROLE, settings.stk_session or "", settings.entity)
    if directory is not None:
        return PostgresStore(EmbeddedPlace(directory, claims))
    return PostgresStore(RemotePlace(settings.dsn or "", claims))
