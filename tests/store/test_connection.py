"""A connection that is lost: while nothing is asked of it, and in the middle of a command."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest

from stk_shell.model.errors import StoreError
from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from stk_shell.store.connecting import connect
from stk_shell.store.database import Database
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import PROGRAM, RunStk
from tests.fixtures.shells import Shell


def lose_connections(database: TestDatabase) -> None:
    """End all other connections to a database, and wait until they are gone."""
    others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    database.rows(f"select pg_terminate_backend(pid, 5000) {others}")


@pytest.mark.not_for("pooler")
def test_a_connection_lost_while_idle_is_made_anew_which_is_told(shell: Shell, database: TestDatabase) -> None:
    shell.run('"before" | .append event note')
    lose_connections(database)
    shell.run('"after" | .append event note')
    assert shell.value("event list | get record_json.text") == ["after", "before"]
    assert shell.output.notes == ["the connection to the store was lost; connected again"]


def test_a_connection_lost_within_a_command_leaves_nothing_half_done(shell: Shell, database: TestDatabase) -> None:
    def items() -> Iterator[Value]:
        for number in range(5_000):
            if number == 4_000:
                lose_connections(database)
            yield f"line {number}"

    error = shell.error(".append event import", Stream(items()))
    assert error.code == "stk::store::connection"
    assert shell.value("event list --limit 0 | length") == 0


def test_a_host_that_is_gone_is_noticed_within_a_minute_unless_the_dsn_says_otherwise(database: TestDatabase) -> None:
    for more, milliseconds in (("", "60000"), (" tcp_user_timeout=5000", "5000")):
        with connect(f"{database.dsn()}{more}", "do so") as connection:
            given = connection.info.get_parameters()
        assert (given["tcp_user_timeout"], given["keepalives_idle"], given["connect_timeout"]) == (
            milliseconds,
            "30",
            "10",
        )


def test_two_ctrl_cs_while_the_server_does_not_answer_end_in_silence(database: TestDatabase) -> None:
    command = [str(PROGRAM), "-n", "--dsn", database.dsn(), "-c", '"x" | .append event stuck']
    with database.connect() as locking, locking.transaction():
        locking.execute("lock table private.stk_event in exclusive mode")
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            pid = waiting_server(database)
            os.kill(pid, signal.SIGSTOP)
            try:
                process.send_signal(signal.SIGINT)
                time.sleep(0.5)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=20)
            finally:
                os.kill(pid, signal.SIGCONT)
    assert (process.returncode, out, err) == (130, b"", b"")


def waiting_server(database: TestDatabase) -> int:
    """The process of the server that waits for a lock, once there is one."""
    for _ in range(1000):
        rows = database.rows(
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        if rows:
            return int(str(rows[0][0]))
        time.sleep(0.01)
    raise AssertionError("nobody waits for a lock")


def test_why_a_server_cannot_be_reached_is_told_in_one_line() -> None:
    with pytest.raises(StoreError) as caught:
        connect("host=127.0.0.1 port=1 dbname=x", "do so")
    assert "Connection refused" in caught.value.headline
    assert "\n" not in caught.value.headline


def test_other_threads_may_look_at_the_connection_while_it_works(shell: Shell) -> None:
    store, ended, failures = shell.session.store, threading.Event(), list[BaseException]()
    store.event_types()

    def look() -> None:
        try:
            while not ended.is_set():
                store.link()
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)

    threads = [threading.Thread(target=look, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(200):
            store.event_types()
    finally:
        ended.set()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize("dsn", ["host=a..b", f"host={'a' * 64}", "host=\udcff", "dbname=\udcff"])
def test_names_that_no_server_can_have_are_an_error(dsn: str) -> None:
    with pytest.raises(StoreError) as caught:
        connect(dsn, "do so")
    assert (caught.value.code, caught.value.help) == ("stk::store::connection", "do so")
    assert "name" in caught.value.headline


@pytest.mark.parametrize("command", ["store status", "event list"])
def test_a_dsn_that_is_no_text_is_an_error(command: str, stk: RunStk) -> None:
    assert "stk::store::connection" in stk("--dsn", "dbname=\udcff", "-c", command, code=1).stderr


@pytest.mark.parametrize("name", ["STK_PG_ROLE", "STK_PG_SESSION", "STK_ENTITY"])
def test_variables_that_are_no_text_are_an_error(name: str, stk: RunStk, database: TestDatabase) -> None:
    environment = {name: '{"a": "\udcff"}'}
    assert "FF" in stk("--dsn", database.dsn(), "-c", "event list", env=environment, code=1).stderr.upper()


@pytest.mark.parametrize("option", ["--name", "--type", "--since"])
def test_what_is_looked_for_is_text(option: str, shell: Shell) -> None:
    assert shell.error(f"$in | event list {option} $in", "caf\udce9").code.startswith("stk::")


@pytest.mark.parametrize(
    "setting", ["datestyle = 'German, DMY'", "timezone = '<+03>-03'", "client_encoding = 'latin1'"]
)
def test_what_a_database_is_set_to_does_not_matter(setting: str, shell: Shell, database: TestDatabase) -> None:
    database.rows(f"alter database {database.name} set {setting}")
    shell.run('"ü🎉" | .append event note')
    assert shell.value("event list | [$in.0.record_json.text ($in.0.created > (date now) - 1hr)]") == ["ü🎉", True]


@pytest.mark.not_for("pooler")
def test_a_lost_connection_is_told_until_there_is_another(database: TestDatabase) -> None:
    dsn = database.dsn()
    store = Database(lambda: connect(dsn, "do so"))
    store.patience = 0
    assert store.link().connected is None
    assert store.connection is store.connection
    lose_connections(database)
    good, dsn = dsn, "nonsense"
    for _ in range(2):
        with pytest.raises(StoreError):
            assert store.connection
        assert store.link().connected is False
    dsn = good
    assert store.connection is store.connection
    assert store.link().connected is True
    store.close()
