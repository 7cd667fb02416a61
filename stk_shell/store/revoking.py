"""Revoking events: one or many, all or none, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from stk_shell.model.errors import EventError
from stk_shell.model.progress import Progress
from stk_shell.model.values import Record
from stk_shell.store import event_queries as queries
from stk_shell.store.database import Database, as_record

BATCH = 1000
"""How many events are revoked by one statement."""


def revoke(database: Database, uus: Sequence[str], progress: Progress) -> list[Record]:
    """Revoke events, all or none; gives uu, name, revoked and is_revoked of each, in order.

    Raises:
        EventError: an event is unknown, or revoked already.
    """
    wanted = list(dict.fromkeys(uus))
    if len(wanted) == 1:
        return _revoked(database, wanted)
    revoked: list[Record] = []
    with database.transaction():
        for start in range(0, len(wanted), BATCH):
            revoked += _revoked(database, wanted[start : start + BATCH])
            progress.done = len(revoked)
    return revoked


def _revoked(database: Database, wanted: list[str]) -> list[Record]:
    rows = database.rows(queries.REVOKE, (wanted,))
    if len(rows) < len(wanted):
        # Nothing was changed for a single one; for several, this error undoes the others.
        raise _why_not(database, wanted, {row[0] for row in rows})
    by_uu = {row[0]: as_record(queries.REVOKED, row) for row in rows}
    return [by_uu[uu] for uu in wanted]


def _why_not(database: Database, wanted: list[str], done: set[str]) -> EventError:
    failed = [uu for uu in wanted if uu not in done]
    uu = failed[0]
    others = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    states = {row[0]: row for row in database.rows(queries.STATES, (wanted,))}
    if uu not in states:
        return EventError(
            f"there is no event {uu}{others}",
            "unknown_event",
            help="Nothing was changed. `event list --all --limit 0` shows all events.",
        )
    _, revoked, by = states[uu]
    return EventError(
        f"event {uu} is already revoked{others}",
        "already_revoked",
        help="Nothing was changed. `event list --all --limit 0 | where is_revoked` lists revoked events.",
        remark=f"revoked {revoked.astimezone():%Y-%m-%d %H:%M:%S} by {by}" if revoked else "",
    )
