"""Puts the layers together: a session with our commands, the store of the settings, and the output."""

from __future__ import annotations

import os

from stk_shell.commands import Registry
from stk_shell.config import data_directory
from stk_shell.engine.session import ShellSession
from stk_shell.model.settings import Settings
from stk_shell.model.store import Store
from stk_shell.output import Output


def new_session(output: Output) -> ShellSession:
    """A session that prints to the output; its store is opened on first use."""
    settings = output.settings

    def open_store() -> Store:
        # psycopg alone takes ten times as long to import as a small program to run.
        from stk_shell.store import open_store

        return open_store(settings, data_directory(settings))

    return ShellSession(settings, Registry(), output, open_store, dict(os.environ))


def load_store() -> None:
    """Import what the store needs, for the time while the user is typing."""
    import stk_shell.store  # noqa: F401


def store_in_words(settings: Settings) -> str:
    """Which store it will be, without opening it: the shell's first line says so before anything is loaded."""
    if settings.dsn:
        return "a PostgreSQL of your own"
    directory = data_directory(settings)
    if directory is None:
        return "the PostgreSQL of the PG* variables"
    state = "" if os.path.exists(os.path.join(directory, "made")) else "new "
    return f"embedded PostgreSQL · {state}store in {_short(directory)}"


def _short(path: str) -> str:
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path
