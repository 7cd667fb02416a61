"""A store in bad states: a standby, a full disk, no connection left, another password, an older schema; and kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stk_shell.model.errors import StoreError
from stk_shell.store import migrations
from stk_shell.store.pidfile import read_pid_file
from tests.fixtures.clusters import Cluster, TestDatabase, binaries
from tests.fixtures.faults import AGAIN, OpenSession, Standby, appended, kill
from tests.fixtures.programs import PROGRAM, RunStk

LITTLE = 96 << 20
"""The bytes of a disk that has room for a server without events, and for little more."""


class OnLittleDisk(Cluster):
    """A server whose whole data is on a small disk."""

    def _initialise(self) -> None:
        self.data.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={LITTLE}", "none", self.data], check=True)
        folder = self.data
        self.data = folder / "data"
        super()._initialise()
        self.room = folder / "room"

    def fill(self, leave: int) -> None:
        """Take all but some bytes of the disk."""
        free = shutil.disk_usage(self.data).free
        with self.room.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - leave)

    def end(self) -> None:
        """Kill the server and take the disk away."""
        if self.process is not None and self.process.poll() is None:
            kill(self)
        subprocess.run(["umount", "-l", self.data.parent], check=True)
        shutil.rmtree(self.directory)


@pytest.fixture
def little() -> Iterator[OnLittleDisk]:
    """A server on a small disk, where this process may mount one."""
    folder = binaries(18)
    assert folder is not None
    try:
        cluster = OnLittleDisk(folder)
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("this user can mount no disk")
    yield cluster
    cluster.end()


def test_a_standby_is_read_and_refuses_changes(frail: Cluster, target: TestDatabase, open_session: OpenSession) -> None:
    uu = appended(open_session(target.dsn()), "before")
    standby = Standby(frail)
    try:
        shell = open_session(standby.dsn(target.name, "stk_login"))
        assert shell.value("event list | get record_json.text") == ["before"]
        for program in ('"x" | .append event note', "1..3 | .append event note", f"event revoke {uu}"):
            error = shell.error(program)
            assert (error.code, error.headline[:24]) == ("stk::store::read_only", "the store is read only: ")
            assert error.help is not None
            assert error.help.startswith("Nothing was changed. It is a standby")
    finally:
        kill(standby)
        shutil.rmtree(standby.directory)


def test_events_are_spooled_before_a_standby(
    frail: Cluster, target: TestDatabase, open_session: OpenSession, tmp_path: Path
) -> None:
    frail.execute(f"alter database {target.name} set default_transaction_read_only = on")
    shell = open_session(target.dsn(), spools=str(tmp_path))
    shell.run('"x" | .append event note --spool')
    assert "the store is read only" in shell.output.notes[0]
    assert open_session(target.dsn(), spools=str(tmp_path)).value("store status | get spooled") == 1
    frail.execute(f"alter database {target.name} reset default_transaction_read_only")
    shell = open_session(target.dsn(), spools=str(tmp_path))
    assert shell.value("event list | get record_json.text") == ["x"]


def test_a_disk_that_is_full_is_told_and_nothing_was_changed(little: OnLittleDisk, open_session: OpenSession) -> None:
    database = TestDatabase(little, little.migrated())
    shell = open_session(database.dsn())
    appended(shell, "before")
    little.fill(300_000)
    # Texts that cannot be compressed fill the table before they fill the log.
    error = shell.error("1..100 | each { random chars --length 20000 } | .append event many")
    assert error.code in ("stk::store::disk_full", "stk::store::connection")
    little.room.unlink()
    if little.process is not None and little.process.poll() is not None:
        little.start()
    assert shell.value("event list | get record_json.text") == ["before"]
    appended(shell, "after")
    assert shell.value("event list | length") == 2


def test_a_full_table_space_is_told(little: OnLittleDisk, target: TestDatabase, open_session: OpenSession) -> None:
    folder = little.data.parent / "space"
    folder.mkdir()
    if little.account is not None:
        os.chown(folder, little.account.uid, little.account.gid)
    target.rows(f"create tablespace little location '{folder}'")
    try:
        target.rows("alter table private.stk_event set tablespace little")
        shell = open_session(target.dsn())
        appended(shell, "before")
        little.fill(100_000)
        for program in (
            "1..100 | each { random chars --length 20000 } | .append event many",
            "random chars --length 3000000 | .append event one",
        ):
            error = shell.error(program)
            assert (error.code, error.headline[:28]) == ("stk::store::disk_full", "the server's disk is full: c")
            assert error.help is not None
            assert error.help.startswith("Nothing was changed. ")
        assert shell.value("event list | get record_json.text") == ["before"]
    finally:
        target.rows("alter table private.stk_event set tablespace pg_default")
        target.rows("drop tablespace little")


def test_a_server_without_a_connection_left_says_so(target: TestDatabase, open_session: OpenSession) -> None:
    target.rows(f"alter database {target.name} connection limit 1")
    first, second = open_session(target.dsn()), open_session(target.dsn())
    appended(first)
    error = second.error("event list")
    assert (error.code, "too many connections" in error.headline) == ("stk::store::turned_away", True)
    assert error.help is not None
    assert "connections are all taken" in error.help
    first.session.close()
    second.run("event list")


def test_another_password_is_asked_for_and_never_shown(tcp_database: TestDatabase, open_session: OpenSession) -> None:
    name = f"ana_{tcp_database.name}"
    tcp_database.rows(f"create role {name} login noinherit password 'first-secret' in role stk_api_role")
    tcp_database.rows(f"insert into private.stk_actor (name, search_key, psql_user) values ('Ana', '{name}', '{name}')")
    server = tcp_database.cluster
    dsn = f"host=127.0.0.1 port={server.port} dbname={tcp_database.name} user={name}"
    shell = open_session(f"{dsn} password=first-secret")
    shell.run("event list")
    tcp_database.rows(f"alter role {name} password 'second-secret'")
    tcp_database.rows(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '{name}'")
    error = shell.error('"x" | .append event note')
    assert error.code == "stk::store::refused"
    assert "password authentication failed" in error.headline
    assert "secret" not in f"{error.headline} {error.help}"
    missing = open_session(dsn).error("event list")
    assert (missing.code, missing.help) == (
        "stk::store::login",
        "Give a password: in PGPASSWORD, or a line in ~/.pgpass.",
    )


def test_an_older_schema_is_named(frail: Cluster, open_session: OpenSession) -> None:
    database = TestDatabase(frail, frail.empty())
    every = migrations.available()
    with database.connect() as connection:
        migrations.migrate(connection, every[:8])
    shell = open_session(database.dsn())
    with pytest.raises(Exception, match="older schema, without") as caught:
        shell.session.store.database.rows(psycopg.sql.SQL("select api.what_is_not_there_yet()"))  # type: ignore[attr-defined]
    assert all(each.name in str(caught.value) for each in every[8:])
    assert "store migrate" in str(getattr(caught.value, "help", ""))


def test_a_database_that_hides_its_migrations_is_not_taken_for_an_older_one(
    target: TestDatabase, open_session: OpenSession
) -> None:
    target.rows("revoke select on api.stk_migration from stk_api_role")
    store = open_session(target.dsn()).session.store
    with pytest.raises(StoreError) as caught:
        store.database.rows(psycopg.sql.SQL("select api.what_is_not_there_yet()"))  # type: ignore[attr-defined]
    assert caught.value.code == "stk::store::undefined"


def test_a_killed_client_has_recorded_what_it_has_said(target: TestDatabase) -> None:
    line = '1..100000 | each { $"number ($in)" | .append event note | get uu | print }'
    for seconds in (0.01, 0.02, 0.03):
        command = [str(PROGRAM), "-n", "--dsn", target.dsn(), "-c", line]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = [process.stdout.readline().strip() for _ in range(5)]
            time.sleep(seconds)
            process.kill()
            said += process.stdout.read().split("\n")[:-1]
        recorded = {str(row[0]) for row in target.rows("select uu from private.stk_event")}
        assert set(said) <= recorded


def test_a_killed_client_has_recorded_all_of_a_list_or_nothing(target: TestDatabase) -> None:
    command = [str(PROGRAM), "-n", "--dsn", target.dsn(), "-c", "1..30000 | .append event many | length"]
    for seconds in (0.4, 0.8, 1.2):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            time.sleep(seconds)
            process.kill()
    time.sleep(0.2)
    assert int(str(target.rows("select count(*) from private.stk_event")[0][0])) % 30_000 == 0


def test_a_killed_embedded_server_is_started_again_which_is_told(data_dir: Path, open_session: OpenSession) -> None:
    shell = open_session(data_dir=str(data_dir))
    appended(shell, "before")
    found = read_pid_file(str(data_dir / "postgres"))
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    threading.Event().wait(0.2)
    assert shell.value('"after" | .append event note | get name') == "note"
    assert shell.output.notes == ["the embedded server had ended without being stopped; it was started again", AGAIN]
    assert shell.value("event list | get record_json.text") == ["after", "before"]


def test_the_next_program_starts_a_killed_embedded_server_which_is_told(data_dir: Path, stk: RunStk) -> None:
    arguments = ("--data-dir", str(data_dir), "-c")
    stk(*arguments, 'store start; "before" | .append event note')
    found = read_pid_file(str(data_dir / "postgres"))
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    time.sleep(0.2)
    done = stk(*arguments, "event list | get record_json.text | first")
    assert done.stdout == "before\n"
    assert done.stderr == "note: the embedded server had ended without being stopped; it was started again\n"


def test_a_backend_of_the_embedded_server_that_is_killed_costs_a_moment(
    data_dir: Path, open_session: OpenSession
) -> None:
    shell = open_session(data_dir=str(data_dir))
    appended(shell, "before")
    os.kill(shell.session.store.database.connection.info.backend_pid, signal.SIGKILL)  # type: ignore[attr-defined]
    appended(shell, "after")
    assert shell.value("event list | get record_json.text") == ["after", "before"]
