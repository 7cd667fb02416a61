"""Checking what no block holds: events put in behind, states that no change has led to, and guards that are off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg

from stk_shell.model.proof.findings import Finding
from stk_shell.store.proof import queries

if TYPE_CHECKING:
    from stk_shell.store.connecting import Connection

BEHIND = "no block holds it, though its transaction is sealed"
NEVER = "its xact_id is of a transaction that there has not been"


def check_unheld(connection: Connection, table: str, sealed: int, held: int) -> Iterator[Finding]:
    """Rows that should be in a block and are in none; `held` is how many are."""
    (count,) = connection.execute(queries.COUNTED[table], (sealed,)).fetchone() or (0,)
    # Looking for each takes as long as all the rest, and where the numbers agree there is nothing to be found.
    if count != held:
        for uu, subject, created, _ in connection.execute(queries.UNHELD[table], (sealed,)):
            yield _inserted(table, uu, subject, created, BEHIND)


def _inserted(table: str, uu: str, subject: str, created: datetime.datetime, detail: str) -> Finding:
    if table == "stk_event":
        return Finding("inserted", None, table, uu, created, detail)
    return Finding("change inserted", None, table, subject, created, f"change {uu} of the record: {detail}")


def check_unsealed(connection: Connection, table: str, sealed: int, next_: int) -> tuple[list[Finding], int]:
    """Rows that no block holds yet: those whose transaction cannot be, and how many others there are."""
    findings: list[Finding] = []
    pending = 0
    for uu, subject, created, is_unknown in connection.execute(
        queries.UNSEALED[table], {"sealed": sealed, "next": next_}
    ):
        # In a database that was restored into a server which has counted less, all numbers are beyond.
        if is_unknown and sealed <= next_:
            findings.append(_inserted(table, uu, subject, created, NEVER))
        else:
            pending += 1
    return findings, pending


def check_states(connection: Connection) -> Iterator[Finding]:
    """Events that are revoked, processed or updated otherwise than the change log says."""
    try:
        with connection.transaction():
            rows = connection.execute(queries.STATES).fetchall()
    except psycopg.DataError:
        detail = "it has a time that is none, so the states of events could not be compared with it"
        yield Finding("change altered", None, "stk_change_log", detail=detail)
        return
    for row in rows:
        yield from _of_state(row)


def _of_state(row: tuple[Any, ...]) -> Iterator[Finding]:
    uu, revoked, logged_revoked, processed, logged_processed, is_updated_right, is_generated_right = row
    yield from _of_mark(uu, "revocation", revoked, logged_revoked)
    yield from _of_mark(uu, "processing", processed, logged_processed)
    if not is_updated_right:
        yield Finding("altered", None, "stk_event", uu, detail="updated or updated_by_uu is not what a change has set")
    if not is_generated_right:
        yield Finding("altered", None, "stk_event", uu, detail="a column that is computed does not fit the others")


def _of_mark(uu: str, what: str, now: datetime.datetime | None, logged: datetime.datetime | None) -> Iterator[Finding]:
    if now == logged:
        return
    if now is None:
        yield Finding(f"{what} undone", None, "stk_event", uu, logged, "the change log has it, the event does not")
    elif logged is None:
        yield Finding(f"{what} forged", None, "stk_event", uu, now, "the event has it, the change log does not")
    else:
        yield Finding(f"{what} re-dated", None, "stk_event", uu, logged, f"now dated {now}")


def check_guards(connection: Connection) -> Iterator[Finding]:
    """Tables that are none, triggers and row security that are off, and casts that were added."""
    open_tables = set()
    for table, trigger, is_table, is_on, is_hidden, is_isolated in connection.execute(queries.GUARDS):
        if not is_table:
            yield Finding("unguarded", None, table, detail="this is not a table")
        if not is_on:
            yield Finding("unguarded", None, table, detail=f"the trigger {trigger} is missing or off")
        if is_hidden:
            yield Finding("unguarded", None, table, detail="a restrictive policy may hide rows")
        if is_table and not is_isolated:
            open_tables.add(table)
    for table in sorted(open_tables):
        yield Finding("unguarded", None, table, detail="row security is off: entities see each other's records")
    for source, target in connection.execute(queries.CASTS):
        detail = f"a cast from {source} to {target} was added, by which what is read here may be another's answer"
        yield Finding("unguarded", None, detail=detail)
