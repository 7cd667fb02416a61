"""What was told of each change, and whether it was true."""

from __future__ import annotations

import time
from collections import Counter
from typing import NamedTuple

import psycopg

from stk_shell.model.errors import StkError
from stk_shell.store.errors import UnknownFate
from tests.fixtures.clusters import TestDatabase

DONE, NOT_DONE, UNKNOWN, SILENT = "done", "not done", "unknown", "silent"
"""What was told: that it was done, that it was not, that nobody knows; or nothing, as whoever would tell was killed."""


class Change(NamedTuple):
    """A change that was tried: a mark that names it, of how many records it is, and what was told."""

    mark: str
    records: int
    told: str


class Tally:
    """What one kind of fault has led to."""

    def __init__(self) -> None:
        self.faults = 0
        self.told: Counter[str] = Counter()
        self.lost = 0
        self.doubled = 0
        self.untrue = 0

    def add(self, changes: list[Change], found: dict[str, int]) -> list[Change]:
        """Compare what was told with how many records there are of each mark; gives those of which it was not true."""
        self.faults += 1
        wrong: list[Change] = []
        for change in changes:
            self.told[change.told] += 1
            records = found.get(change.mark, 0)
            lost = change.told == DONE and records < change.records
            doubled = records > change.records
            untrue = (change.told == NOT_DONE and records > 0) or (0 < records < change.records)
            self.lost, self.doubled, self.untrue = self.lost + lost, self.doubled + doubled, self.untrue + untrue
            if lost or doubled or untrue:
                wrong.append(change)
        return wrong


def fate(error: StkError) -> str:
    """What an error tells of the change."""
    return UNKNOWN if isinstance(error, UnknownFate) else NOT_DONE


def recorded(database: TestDatabase, name: str) -> dict[str, int]:
    """How many events of a name there are of each mark."""
    return _counts(
        database,
        f"select record_json ->> 'mark', count(*) from private.stk_event where name = '{name}' group by 1",
    )


def revoked(database: TestDatabase, name: str) -> dict[str, int]:
    """How often events of a name were revoked, by their uu."""
    return _counts(
        database,
        "select e.uu::text, count(*) from private.stk_event e join private.stk_change_log l on l.record_uu = e.uu"
        f" where e.name = '{name}' and e.is_revoked group by 1",
    )


def _counts(database: TestDatabase, statement: str) -> dict[str, int]:
    """The counts that a statement gives, as soon as the server answers and nobody is at work any more."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with database.connect() as connection:
                _wait_for_others(connection)
                return {str(mark): int(str(count)) for mark, count in connection.execute(statement.encode())}
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _wait_for_others(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Wait until no other session of the database is in a transaction: what was cut off may still go on for a moment."""
    busy = "select 1 from pg_stat_activity where datname = current_database() and xact_start is not null"
    while connection.execute(f"{busy} and pid <> pg_backend_pid() and usename = 'stk_login'".encode()).fetchone():
        time.sleep(0.005)
