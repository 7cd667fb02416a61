"""A connection that is lost: while nothing is asked of it, and in the middle of a command."""

from __future__ import annotations

from collections.abc import Iterator

from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell


def lose_connections(database: TestDatabase) -> None:
    """End all other connections to a database, and wait until they are gone."""
    others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    database.rows(f"select pg_terminate_backend(pid, 5000) {others}")


def test_a_connection_lost_while_idle_is_not_noticed(shell: Shell, database: TestDatabase) -> None:
    shell.run('"before" | .append event note')
    lose_connections(database)
    shell.run('"after" | .append event note')
    assert shell.value("event list | get record_json.text") == ["after", "before"]


def test_a_connection_lost_within_a_command_leaves_nothing_half_done(shell: Shell, database: TestDatabase) -> None:
    def items() -> Iterator[Value]:
        for number in range(5_000):
            if number == 4_000:
                lose_connections(database)
            yield f"line {number}"

    error = shell.error(".append event import", Stream(items()))
    assert error.code == "stk::store::connection"
    assert shell.value("event list --limit 0 | length") == 0
