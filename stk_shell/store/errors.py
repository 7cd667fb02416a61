"""Where database errors become our own: by SQLSTATE, never by the text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from stk_shell.model.errors import EventError, StkError, StoreError
from stk_shell.store.json_values import unstorable

BY_STATE: dict[str, tuple[str, str | None]] = {
    "STK01": ("already_revoked", "A revoked record can no longer be changed."),
    "STK02": ("immutable", "An event can be revoked, nothing else. To correct one, revoke it and log another."),
    "STK03": ("no_delete", "`event revoke` marks an event as inactive; nothing is ever deleted."),
    "STK04": ("reference", None),
    "STK05": ("no_default", None),
    "STK06": ("no_actor", None),
    "STK07": ("no_entity", None),
    "STK08": ("read_only_member", None),
    "STK09": ("shared", None),
    "STK10": ("schema", None),
    "STK11": ("default_type", None),
    "STK20": ("not_in_index", None),
    "STK21": ("no_words", None),
    "STK24": ("not_yours", None),
    "STK26": ("distributed", None),
    "0A000": ("unsupported", None),
    "22P05": ("text", "PostgreSQL cannot hold this character."),
    "23505": ("duplicate", None),
    "25006": (
        "read_only",
        "Nothing was changed. It is a standby, or default_transaction_read_only is set: name the server that takes"
        " changes, too, as in `host=STANDBY,PRIMARY target_session_attrs=prefer-standby`, or `.append event --spool`"
        " keeps events until it does.",
    ),
    "28000": ("login", "Check the user in the DSN."),
    "28P01": ("login", "Check user and password in the DSN, or PGPASSWORD."),
    "3D000": ("no_database", "Check the database in the DSN, or make it with `createdb`."),
    "40001": ("conflict", "Nothing was changed; try again."),
    "40P01": ("conflict", "Nothing was changed; try again."),
    "42501": ("permission", "The role may not do this; `store status` shows who you are."),
    "42601": ("syntax", None),
    "42703": ("undefined", None),
    "42883": ("undefined", None),
    "42P01": ("no_schema", "This database has no event store yet: `store migrate` makes one."),
    "3F000": ("no_schema", "This database has no event store yet: `store migrate` makes one."),
    "53100": ("disk_full", "Nothing was changed. Make room on the server's disk; what is recorded can still be read."),
    "53200": ("out_of_memory", "Nothing was changed. Try again, with fewer events at once."),
    "53300": ("too_many_connections", "Close other connections, or raise max_connections."),
    "55P03": ("locked", "Nothing was changed. Somebody holds a lock for longer than lock_timeout allows; try again."),
    "57014": (
        "canceled",
        "Nothing was changed. It took longer than statement_timeout allows, or an administrator ended it.",
    ),
    "57P03": ("starting", "The server is starting or stopping; try again."),
}
"""For an SQLSTATE, the end of our code, and what to do."""

CLASSES = {
    "08": "connection",
    "22": "data",
    "23": "constraint",
    "25": "transaction",
    "40": "conflict",
    "53": "resources",
    "58": "system",
    "XX": "internal",
}
"""The code for what is not listed, by the class of the SQLSTATE."""

OUR_WORDS = {
    "25006": "the store is read only",
    "40001": "another transaction was in the way",
    "40P01": "another transaction was in the way",
    "53100": "the server's disk is full",
    "53200": "the server is out of memory",
    "53300": "the server has no connection left",
    "55P03": "a lock could not be had in time",
    "57014": "the server ended the statement",
    "58030": "the server cannot read or write its files",
    "XX001": "the database is damaged",
    "XX002": "the database is damaged",
}
"""What goes before the message of the server, which names the part of it that failed."""

EVENT_STATES = frozenset({"STK01", "STK02", "STK03", "STK10", "STK11", "STK21"})

CONNECTION_LOST = "the connection to the store is lost"

ENDING = ("FATAL", "PANIC")
"""The severities after which the server ends the connection: shut down, crashed, idle for too long."""


class ConnectionLost(StoreError):
    """The connection was lost while a statement was on its way: nobody has said what became of it."""


class UnknownFate(StoreError):
    """A change was sent, the connection was lost, and nobody can be asked whether it was made."""


def unknown_fate(what: str, way_out: str) -> UnknownFate:
    """The error for a change that is not repeated, as it may have been made; `what` is such as `the event`."""
    return UnknownFate(
        f"{CONNECTION_LOST}, and it is not known whether {what}", "unknown_fate", help=f"It is not repeated. {way_out}"
    )


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
    if _is_lost(error):
        return ConnectionLost(
            f"{CONNECTION_LOST}: {message}", "connection", help="The next command connects again; look what was done."
        )
    if state == "":
        return StoreError(f"cannot work with the store: {message}", "connection", help="`store status` tells more.")
    if state in EVENT_STATES:
        return EventError(message, code, help=help or error.diag.message_hint)
    words = f"{OUR_WORDS[state]}: " if state in OUR_WORDS else ""
    return StoreError(f"{words}{message} ({state})", code, help=help or error.diag.message_hint)


def one_line(text: str) -> str:
    """The text without its line breaks and tabs; a line that ends without a sign gets a full stop."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return " ".join([*(line if line[-1] in ".:;,?!" else f"{line}." for line in lines[:-1]), *lines[-1:]])


def _class_code(state: str) -> str:
    """The code for what is not listed, by the class of the SQLSTATE."""
    return CLASSES.get(state[:2], "database")


def _is_lost(error: psycopg.Error) -> bool:
    if error.diag.severity_nonlocalized in ENDING:
        return True
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None
