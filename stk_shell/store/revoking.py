"""Revoking and processing records: one or many, all or none, and why not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from stk_shell.model.errors import EventError
from stk_shell.model.progress import Progress
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.connecting import Row
from stk_shell.store.database import Database, as_record
from stk_shell.store.event_queries import Table
from stk_shell.store.fates import mark_once

BATCH = 1000
"""How many records are marked by one statement."""


def mark(database: Database, table: Table, mark: str, uus: Sequence[str], progress: Progress) -> list[Record]:
    """Mark records as `revoked` or `processed`, all or none; gives what `marked` names of each, in order.

    Raises:
        EventError: a record is unknown, or marked already, or revoked.
    """
    wanted = list(dict.fromkeys(uus))
    if len(wanted) == 1:
        return _as_records(database, table, mark, wanted, mark_once(database, table, mark, wanted[0]))
    done: list[Record] = []
    with database.transaction(f"`{table.noun.name} get {wanted[0]}` tells."):
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            rows = database.change(queries.marking(table, mark), (batch,))
            done += _as_records(database, table, mark, batch, rows)
            progress.done = len(done)
    return done


def _as_records(database: Database, table: Table, mark: str, wanted: list[str], rows: list[Row]) -> list[Record]:
    if len(rows) < len(wanted):
        # Nothing was changed for a single one; for several, this error undoes the others.
        raise _why_not(database, table, mark, wanted, {row[0] for row in rows})
    by_uu = {row[0]: as_record(queries.marked(mark), row) for row in rows}
    return [by_uu[uu] for uu in wanted]


def _why_not(database: Database, table: Table, mark: str, wanted: list[str], done: set[str]) -> EventError:
    failed = [uu for uu in wanted if uu not in done]
    uu, noun = failed[0], table.noun
    others = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    found = {row[0]: row for row in database.rows(queries.states(table, mark), (wanted,))}
    if uu not in found:
        return EventError(
            f"there is no {noun.name} {uu}{others}",
            f"unknown_{noun.name}",
            help=f"Nothing was changed. `{noun.name} list --all --limit 0` shows all {noun.plural}.",
        )
    _, marked, revoked, by = found[uu]
    state = mark if marked else "revoked"
    return EventError(
        f"{noun.name} {uu} is already {state}{others}",
        f"already_{state}",
        help=f"Nothing was changed. `{noun.name} list --all --limit 0 | where is_{state}` lists {state} {noun.plural}.",
        remark=_remark(state, marked or revoked, by),
    )


def _remark(state: str, at: datetime.datetime | None, by: str) -> str:
    return f"{state} {at.astimezone():%Y-%m-%d %H:%M:%S} by {by}" if at else ""
