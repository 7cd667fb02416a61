"""The shell seals what it has recorded: once it rests, and when it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from stk_shell.repl.sealing import AT_MOST, Sealing
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell

BLOCKS = "select count(*) from private.stk_block"


def blocks(database: TestDatabase) -> object:
    """How many blocks there are."""
    return database.rows(BLOCKS)[0][0]


@pytest.fixture
def sealing(shell: Shell) -> Iterator[Sealing]:
    """What seals soon after an entry."""
    sealing = Sealing(shell.session, rests=0.05)
    yield sealing
    sealing.close()


def wait_for_blocks(database: TestDatabase, count: int) -> None:
    """Wait until there are so many."""
    end = time.monotonic() + 20
    while blocks(database) != count:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_was_recorded_is_sealed_once_the_shell_rests(
    shell: Shell, database: TestDatabase, sealing: Sealing
) -> None:
    shell.run('"a" | .append event "x"')
    sealing.entered()
    wait_for_blocks(database, 1)
    shell.run("event list | first | event revoke")
    sealing.entered()
    wait_for_blocks(database, 2)


def test_nothing_is_sealed_by_who_only_looks(shell: Shell, database: TestDatabase, sealing: Sealing) -> None:
    database.rows("insert into private.stk_event (name) values ('of another')")
    shell.run("event list")
    sealing.entered()
    sealing.close()
    assert blocks(database) == 0


def test_what_was_recorded_is_sealed_when_the_shell_ends(shell: Shell, database: TestDatabase) -> None:
    sealing = Sealing(shell.session, rests=1000)
    shell.run('"a" | .append event "x"')
    sealing.entered()
    sealing.close()
    assert blocks(database) == 1


def test_a_store_that_does_not_answer_keeps_nobody_from_leaving(shell: Shell, database: TestDatabase) -> None:
    sealing = Sealing(shell.session, rests=1000)
    shell.run('"a" | .append event "x"')
    # Sealing waits for this lock, and so would whoever leaves.
    with database.connect() as other:
        other.autocommit = False
        other.execute("lock table private.stk_block in access exclusive mode")
        start = time.monotonic()
        sealing.close()
        assert time.monotonic() - start < 2 * AT_MOST
