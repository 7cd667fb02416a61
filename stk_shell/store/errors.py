"""Where database errors become our own: by SQLSTATE, never by the text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as states

from stk_shell.model.errors import EventError, StkError, StoreError
from stk_shell.store.json_values import unstorable

BY_STATE: dict[str, tuple[str, str | None]] = {
    "STK01": ("already_revoked", "A revoked record can no longer be changed."),
    "STK02": ("immutable", "An event can be revoked, nothing else. To correct one, revoke it and log another."),
    "STK03": ("no_delete", "`event revoke` marks an event as inactive; nothing is ever deleted."),
    "STK04": ("reference", None),
    "STK05": ("no_default", None),
    "22P05": ("text", "PostgreSQL cannot hold this character."),
    "23505": ("duplicate", None),
    "28000": ("login", "Check the user in the DSN."),
    "28P01": ("login", "Check user and password in the DSN, or PGPASSWORD."),
    "3D000": ("no_database", "Check the database in the DSN, or make it with `createdb`."),
    "42501": ("permission", "The role may not do this; `store status` shows who you are."),
    "42P01": ("no_schema", "This database has no event store yet: `store migrate` makes one."),
    "3F000": ("no_schema", "This database has no event store yet: `store migrate` makes one."),
    "53300": ("too_many_connections", "Close other connections, or raise max_connections."),
    "57014": ("canceled", None),
    "57P03": ("starting", "The server is starting or stopping; try again."),
}
"""For an SQLSTATE, the end of our code, and what to do."""

EVENT_STATES = frozenset({"STK01", "STK02", "STK03"})

CONNECTION_LOST = "the connection to the store is lost"


@contextmanager
def translated() -> Iterator[None]:
    """Run database calls; what psycopg raises comes out as StoreError or EventError."""
    try:
        yield
    except psycopg.Error as error:
        raise _translated(error) from None
    except UnicodeEncodeError as error:
        raise unstorable(error.object[error.start]) from None


def _translated(error: psycopg.Error) -> StkError:
    state = error.sqlstate or ""
    message = one_line(error.diag.message_primary or str(error))
    code, help = BY_STATE.get(state, (_class_code(state), None))
    if isinstance(error, (states.AdminShutdown, states.CrashShutdown)) or _is_lost(error):
        return StoreError(
            f"{CONNECTION_LOST}: {message}", "connection", help="The next command connects again; look what was done."
        )
    if state == "":
        return StoreError(f"cannot work with the store: {message}", "connection", help="`store status` tells more.")
    if state in EVENT_STATES:
        return EventError(message, code, help=help)
    return StoreError(f"{message} ({state})", code, help=help or error.diag.message_hint)


def one_line(text: str) -> str:
    """The text without its line breaks and tabs; a line that ends without a sign gets a full stop."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return " ".join([*(line if line[-1] in ".:;,?!" else f"{line}." for line in lines[:-1]), *lines[-1:]])


def _class_code(state: str) -> str:
    """The code for what is not listed, by the class of the SQLSTATE."""
    return {"08": "connection", "22": "data", "23": "constraint", "25": "transaction", "40": "conflict"}.get(
        state[:2], "database"
    )


def _is_lost(error: psycopg.Error) -> bool:
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None
