"""Working through PgBouncer in transaction mode: no statement has the role, entity or settings of another session."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.settings import Settings
from stk_shell.store import migrations, open_store
from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.connecting import connect
from stk_shell.store.database import Database
from stk_shell.store.places import RemotePlace
from tests.fixtures.clusters import OWNER, Cluster, TestDatabase
from tests.fixtures.poolers import Pooler
from tests.fixtures.programs import PROGRAM, RunStk
from tests.fixtures.shells import Shell

SEVERAL = 4


@contextmanager
def several_processes(database: TestDatabase, user: str = "stk_login", poison: str = "select 1") -> Iterator[None]:
    """Have the pooler keep several processes of the server for a login, and leave something behind in each."""
    with ExitStack() as stack:
        sessions = [
            stack.enter_context(psycopg.connect(database.dsn(user), autocommit=True, prepare_threshold=None))
            for _ in range(SEVERAL)
        ]
        for session in sessions:
            session.execute("begin")
        for session in sessions:
            session.execute(poison.encode())
            session.execute("commit")
        yield


def sessions_left(database: TestDatabase) -> set[tuple[object, ...]]:
    """What new sessions of a login find, through the pooler."""
    statement = b"select current_user::text, current_setting('TimeZone'), current_setting('stk.session', true)"
    with psycopg.connect(database.dsn(), autocommit=True, prepare_threshold=None) as session:
        return {row for _ in range(3 * SEVERAL) for row in session.execute(statement).fetchall()}


def shell_of(database: TestDatabase, user: str = "stk_login", entity: str | None = None) -> Shell:
    """A session of a login."""
    chosen = Settings(dsn=database.dsn(user), entity=entity)
    return Shell(lambda: open_store(chosen, None), chosen)


POISON = """
set role stk_private_role; set "stk.session" = '{{"stk_entity_uu": "{entity}"}}'; set search_path = pg_temp;
set timezone = 'Asia/Tokyo'; set datestyle = 'German'; set synchronous_commit = off
"""


@pytest.fixture
def pooled_shell(pooled: TestDatabase) -> Iterator[Shell]:
    """A session through the pooler."""
    made = shell_of(pooled)
    yield made
    made.session.close()


def test_what_others_have_left_in_the_session_does_not_matter(pooled: TestDatabase, pooled_shell: Shell) -> None:
    shop = pooled.entity("shop", "stk_login")
    with several_processes(pooled, poison=POISON.format(entity=shop)):
        for _ in range(SEVERAL):
            pooled_shell.run('"x" | .append event note')
        pooled_shell.run("1..3000 | .append event many | ignore")
        listed = pooled_shell.value("event list --limit 0 --detail | get entity | uniq")
        assert listed == ["*"]
        status = pooled_shell.value("store status")
        assert isinstance(status, dict)
        assert (status["role"], status["entity"]) == (API_ROLE, "*")
        pooled_shell.run("event list --name note | event revoke | ignore")
        assert pooled_shell.value("event list --name note | length") == 0


def test_nothing_is_left_behind_in_the_sessions_of_others(pooled: TestDatabase, pooled_shell: Shell) -> None:
    with several_processes(pooled):
        before = sessions_left(pooled)
        pooled.entity("shop", "stk_login")
        for program in ('"x" | .append event note', "entity use shop", "event list --limit 0 | first 1", "event seal"):
            pooled_shell.run(program)
        pooled_shell.session.store.overview()
        assert {row[:2] for row in sessions_left(pooled)} == {row[:2] for row in before}
        assert {row[2] for row in sessions_left(pooled)} <= {None, ""}


def test_sessions_of_one_login_record_in_their_own_entities(pooled: TestDatabase) -> None:
    names = [f"entity{number}" for number in range(4)]
    for name in names:
        pooled.entity(name, "stk_login")

    def record(name: str) -> None:
        shell = shell_of(pooled, entity=name)
        try:
            for number in range(25):
                shell.run(f"{number} | .append event {name} | ignore")
            shell.run(f"1..25 | .append event {name} | ignore")
        finally:
            shell.session.close()

    threads = [threading.Thread(target=record, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = pooled.rows(
        "select e.name, n.name, count(*) from private.stk_event e join private.stk_entity n on n.uu = e.stk_entity_uu"
        " group by 1, 2 order by 1"
    )
    assert rows == [(name, name, 50) for name in names]


def test_logins_of_a_pooler_see_their_own_entities_only(pooled: TestDatabase) -> None:
    shells = {}
    for name in ("ana", "ben"):
        login = pooled.login(name)
        pooled.entity(name, login)
        shells[name] = shell_of(pooled, login)
    with several_processes(pooled, pooled.login("carl")):
        for _ in range(5):
            for name, shell in shells.items():
                shell.run(f'"x" | .append event {name}')
                assert shell.value("event list --limit 0 | get name | uniq") == [name]
    for shell in shells.values():
        shell.session.close()


def test_a_role_that_is_taken_away_is_missed_by_the_next_statement(pooled: TestDatabase) -> None:
    login = pooled.login("ana")
    pooled.entity("ana", login)
    shell = shell_of(pooled, login)
    shell.run('"x" | .append event note')
    pooled.rows(f"revoke stk_api_role from {login}")
    assert shell.error('"y" | .append event note').code == "stk::store::permission"
    assert shell.error("event list --limit 0 | first 1").code == "stk::store::permission"
    shell.session.close()


def test_administrators_work_through_it_without_leaving_their_role(pooled: TestDatabase) -> None:
    login = pooled.login("boss", "stk_api_role", "stk_superuser", "stk_auditor")
    pooled.entity("*", login)
    shell = shell_of(pooled, login)
    with several_processes(pooled, login, "set role stk_auditor"):
        shell.run("entity new shop")
        shell.run(f"actor new Ana --login {login}x | entity grant --entity shop")
        shell.run('"x" | .append event note')
        verified = shell.value("event verify")
        assert isinstance(verified, dict)
        assert verified["findings"] == []
    with psycopg.connect(pooled.dsn(login), autocommit=True, prepare_threshold=None) as session:
        seen = {session.execute("select current_user::text").fetchone() for _ in range(3 * SEVERAL)}
    assert ("stk_superuser",) not in seen
    shell.session.close()


def test_migrations_go_through_it(cluster: Cluster, pooler_of: Callable[[Cluster], Pooler]) -> None:
    database = TestDatabase(cluster, cluster.empty())
    database.pooler = pooler_of(cluster)
    place = RemotePlace(database.dsn(OWNER), Claims(API_ROLE))
    with several_processes(database, OWNER), place.connect_as_owner() as connection:
        assert len(migrations.migrate(connection, migrations.available())) == len(migrations.available())
        assert migrations.migrate(connection, migrations.available()) == []
    assert database.rows("select count(*) from pg_locks where locktype = 'advisory'") == [(0,)]


def test_errors_are_the_same_as_without(pooled_shell: Shell) -> None:
    pooled_shell.run('"x" | .append event note')
    for program, code in (
        ("event list --type nothing", "stk::event::unknown_type"),
        ("event revoke 00000000-0000-0000-0000-000000000000", "stk::event::unknown_event"),
        ('"x" | .append event note --type nothing', "stk::event::unknown_type"),
        ("entity use nothing", "stk::store::unknown_entity"),
    ):
        assert pooled_shell.error(program).code == code
    assert pooled_shell.value("event list | length") == 1


def test_settings_with_every_kind_of_character_are_kept(pooled: TestDatabase) -> None:
    text = 'it\'s \\ "quoted" %s %% {x} \n é 🙂'
    with connect(pooled.dsn(), "") as connection:
        connection.assign({"stk.session": json.dumps({"text": text}, ensure_ascii=False), "TimeZone": "UTC"})
        shown = "select current_setting('stk.session')::jsonb ->> 'text'"
        assert connection.execute(shown).fetchone() == (text,)
        assert connection.execute(f"{shown}, %s", (1,)).fetchone() == (text, 1)
        with connection.transaction():
            assert connection.execute(shown).fetchone() == (text,)
        assert list(connection.cursor().stream(shown)) == [(text,)]


def test_a_direct_connection_is_told_from_a_pooled_one(pooled: TestDatabase) -> None:
    for dsn, is_pooled in ((pooled.dsn(), True), (pooled.cluster.dsn(pooled.name, "stk_login"), False)):
        place = RemotePlace(dsn, Claims(API_ROLE))
        for make in (place.connect, place.connect_as_owner):
            with make() as connection:
                assert connection.is_pooled is is_pooled
                assert connection.prepare_threshold == (None if is_pooled else 2)


def test_status_tells_of_the_pooler(pooled: TestDatabase, pooled_shell: Shell, stk: RunStk) -> None:
    status = pooled_shell.value("store status")
    assert isinstance(status, dict)
    assert status["pooler"] == "each transaction names its role and entity"


def test_ctrl_c_ends_the_statement_of_the_server(pooled: TestDatabase) -> None:
    command = [str(PROGRAM), "-n", "--dsn", pooled.dsn(), "-c", '"x" | .append event stuck']
    with pooled.connect() as locking, locking.transaction():
        locking.execute("lock table private.stk_event in exclusive mode")
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            while not pooled.rows(f"select exists ({waiting})")[0][0]:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        assert pooled.rows(f"select exists ({waiting})") == [(False,)]
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


def test_a_process_of_the_server_that_is_killed_leaves_nothing_twice(pooled: TestDatabase, pooled_shell: Shell) -> None:
    pooled_shell.run('"before" | .append event note')
    pooled.rows(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    pooled_shell.run('"after" | .append event note')
    assert pooled_shell.value("event list | get record_json.text") == ["after", "before"]


def test_a_statement_may_be_limited_in_time(pooled: TestDatabase) -> None:
    database = Database(RemotePlace(pooled.dsn(), Claims(API_ROLE)).connect)
    database.limit(0.1)
    with pytest.raises(StoreError) as caught:
        database.rows(sql.SQL("select pg_sleep(5)"))
    assert caught.value.code == "stk::store::canceled"
    database.close()
