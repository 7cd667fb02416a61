"""Two servers of one store: what is read comes from the standby, what changes something goes to the primary."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stk_shell.model.settings import Settings
from stk_shell.model.values import Duration, Value
from stk_shell.store import open_store
from stk_shell.store.replicas import ReplicatedStore
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.faults import OpenSession, Standby, appended, kill
from tests.fixtures.shells import Shell

WITHOUT_PRIMARY = "none of the servers of this store takes changes now"


@pytest.fixture
def follower(frail: Cluster, target: TestDatabase) -> Iterator[Standby]:
    """A server that follows the one that may be killed."""
    made = Standby(frail)
    streams = "select exists (select from pg_stat_wal_receiver where status = 'streaming')"
    while made.rows(streams) != [(True,)]:
        pass
    yield made
    kill(made)
    shutil.rmtree(made.directory)


def both(frail: Cluster, follower: Cluster, target: TestDatabase, attributes: str = "prefer-standby") -> str:
    """A DSN with both servers."""
    hosts = f"host={follower.data},{frail.data} port=5432,5432"
    return f"{hosts} dbname={target.name} user=stk_login target_session_attrs={attributes}"


@pytest.fixture
def session(frail: Cluster, follower: Standby, target: TestDatabase, open_session: OpenSession) -> Shell:
    """A session that knows of both."""
    return open_session(both(frail, follower, target))


def pause(follower: Cluster, target: TestDatabase) -> None:
    """Have the standby replay nothing for a while."""
    follower.execute("select pg_wal_replay_pause()", target.name)
    while follower.rows("select pg_get_wal_replay_pause_state()", target.name) != [("paused",)]:
        pass


def record(value: Value) -> dict[str, Value]:
    """The value, which has to be a record."""
    assert isinstance(value, dict)
    return value


def test_what_is_recorded_goes_to_the_primary_and_is_read_from_the_standby(session: Shell, follower: Standby) -> None:
    for number in range(20):
        uu = appended(session, str(number))
        assert session.value(f"event get {uu} | get record_json.text") == str(number)
    session.run("1..2500 | .append event many | ignore")
    assert session.value("event list --name many --limit 0 | length") == 2500
    assert session.value("event list --name many | event revoke | length") == 10
    assert session.value("event list --name many --limit 0 | length") == 2490
    store = session.session.store
    assert isinstance(store, ReplicatedStore)
    assert store.database.connection.info.host == str(follower.data)
    assert store.primary.database.connection.info.host == str(follower.primary.data)


@pytest.mark.parametrize("program", ["event list", "event list --limit 0 | length", "event search x", "event stats"])
def test_what_is_read_from_a_standby_says_once_that_it_may_lag(session: Shell, program: str) -> None:
    for _ in range(3):
        session.run(program)
    (note,) = [each for each in session.output.notes if "standby" in each]
    assert re.fullmatch(r"this is read from a standby, which may lag behind: \d+\.\d seconds now", note)


def test_a_standby_alone_says_so_as_well(follower: Standby, target: TestDatabase, open_session: OpenSession) -> None:
    shell = open_session(follower.dsn(target.name, "stk_login"))
    shell.run("event list")
    assert "may lag behind" in shell.output.notes[0]
    error = shell.error('"x" | .append event note')
    assert error.code == "stk::store::read_only"
    assert error.help is not None
    assert "host=STANDBY,PRIMARY target_session_attrs=prefer-standby" in error.help


def test_a_primary_says_nothing_of_a_lag(frail: Cluster, target: TestDatabase, open_session: OpenSession) -> None:
    shell = open_session(target.dsn())
    shell.run("event list")
    assert shell.output.notes == []
    assert "lag" not in record(shell.value("store status"))


def test_status_tells_how_far_the_standby_is_behind_and_where_changes_go(
    session: Shell, frail: Cluster, follower: Standby, target: TestDatabase, open_session: OpenSession
) -> None:
    appended(session)
    session.value("event list")
    status = record(session.value("store status"))
    assert (status["standby"], status["lag"]) == (True, Duration(0))
    assert status["changes go to"] == f"{frail.data}, port 5432"
    pause(follower, target)
    appended(open_session(target.dsn()), "later")
    lag = record(session.value("store status"))["lag"]
    assert isinstance(lag, Duration)
    assert lag > 0


def test_a_standby_that_does_not_come_after_is_told(session: Shell, follower: Standby, target: TestDatabase) -> None:
    appended(session, "before")
    assert session.value("event list | length") == 1
    pause(follower, target)
    appended(session, "after")
    session.output.notes.clear()
    assert session.value("event list | length") == 1
    assert session.output.notes == ["the standby that is read from does not have yet what was recorded just now"]
    follower.execute("select pg_wal_replay_resume()", target.name)
    appended(session, "again")
    assert session.value("event list | length") == 3


def test_the_entity_of_the_session_is_that_of_what_it_records(session: Shell, target: TestDatabase) -> None:
    appended(session)
    target.entity("shop", "stk_login")
    session.value("event list")
    appended(session)
    session.value("event list")
    session.run("entity use shop")
    appended(session)
    assert session.value("event list --detail | get entity") == ["shop", "*", "*"]


def test_administrators_change_the_primary(
    frail: Cluster, follower: Standby, target: TestDatabase, open_session: OpenSession
) -> None:
    login = target.login("boss", "stk_api_role", "stk_superuser")
    target.entity("*", login)
    shell = open_session(both(frail, follower, target).replace("user=stk_login", f"user={login}"))
    assert record(shell.value("entity new shop"))["name"] == "shop"
    assert shell.value("store migrate") == []


def test_without_a_primary_nothing_is_recorded_and_reading_goes_on(
    session: Shell, frail: Cluster, follower: Standby, target: TestDatabase
) -> None:
    appended(session, "before")
    assert session.value("event list | length") == 1
    kill(frail)
    try:
        assert session.error('"x" | .append event note').code in ("stk::store::unknown_fate", "stk::store::connection")
        error = session.error('"x" | .append event note')
        assert (error.code, error.headline) == ("stk::store::connection", WITHOUT_PRIMARY)
        assert session.value("event list | length") == 1
        assert "none" in str(record(session.value("store status"))["changes go to"])
    finally:
        frail.start()


def test_without_a_primary_events_wait_in_the_spool(
    frail: Cluster, follower: Standby, target: TestDatabase, open_session: OpenSession, tmp_path: Path
) -> None:
    shell = open_session(both(frail, follower, target), spools=str(tmp_path))
    appended(shell, "before")
    kill(frail)
    try:
        shell.run('"spooled" | .append event note --spool')
        assert shell.value("store spool | length") == 1
    finally:
        frail.start()
    assert shell.value("store spool --flush") == {"delivered": 1, "refused": 0}
    recorded = target.rows("select record_json ->> 'text' from private.stk_event order by created")
    assert recorded == [("before",), ("spooled",)]


def test_a_promoted_standby_takes_what_is_recorded_from_then_on(
    session: Shell, frail: Cluster, follower: Standby, target: TestDatabase
) -> None:
    appended(session, "before")
    session.value("event list")
    kill(frail)
    try:
        follower.execute("select pg_promote()", target.name)
        session.session.store.close()
        appended(session, "after")
        assert session.value("event list | get record_json.text") == ["after", "before"]
    finally:
        frail.start()


@pytest.mark.parametrize(
    ("more", "is_replicated"),
    [
        ("host=a,b", True),
        ("host=a,b target_session_attrs=any", True),
        ("host=a,b target_session_attrs=read-write", False),
        ("host=a,b target_session_attrs=primary", False),
        ("hostaddr=127.0.0.1,127.0.0.2", True),
        ("host=a port=1", False),
        ("nonsense", False),
    ],
)
def test_several_hosts_make_a_store_of_several_servers(more: str, *, is_replicated: bool) -> None:
    store = open_store(Settings(dsn=more), None)
    assert isinstance(store, ReplicatedStore) is is_replicated
