"""The way to Citus, as far as it goes without one: the functions that spread a table are stubs here, the rest is real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql

from stk_shell.model.errors import StoreError
from stk_shell.model.settings import Settings
from stk_shell.model.values import Record
from stk_shell.store import distributing, open_store
from stk_shell.store.connecting import connect
from tests.fixtures.clusters import OWNER, TestDatabase
from tests.fixtures.shells import Shell

pytestmark = pytest.mark.not_for("partitioned")

STUBS = """
create table public.pg_dist_partition (logicalrelid regclass);
create table public.sent (place text, command text);
grant all on public.pg_dist_partition, public.sent to public;
create function public.create_distributed_table(regclass, text) returns void language sql
  as $$insert into public.pg_dist_partition select $1$$;
create function public.run_command_on_workers(text) returns void language sql
  as $$insert into public.sent values ('workers', $1)$$;
create function public.run_command_on_shards(regclass, text) returns void language sql
  as $$insert into public.sent values ('shards', $2)$$;
"""

UNKNOWN = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def ready(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> TestDatabase:
    """A database that seems to have Citus, and distributes nothing in truth."""
    monkeypatch.setattr(distributing, "EXTENSION", sql.SQL("select '13.0'"))
    database.rows(STUBS)
    return database


def distributed(database: TestDatabase) -> list[Record]:
    """Do it."""
    with connect(database.dsn(OWNER), "") as connection:
        return distributing.distribute(connection)


@pytest.fixture
def store(ready: TestDatabase) -> TestDatabase:
    """A store that went the whole way."""
    distributed(ready)
    return ready


@pytest.fixture
def shell_as(store: TestDatabase) -> Iterator[Callable[[str], Shell]]:
    """Gives a session of a login."""
    shells: list[Shell] = []

    def get(login: str = "stk_login") -> Shell:
        settings = Settings(dsn=store.dsn(login))
        shells.append(Shell(lambda: open_store(settings, None), settings))
        return shells[-1]

    yield get
    for shell in shells:
        shell.session.close()


def test_without_citus_it_says_how_to_get_it(database: TestDatabase) -> None:
    with pytest.raises(StoreError) as caught:
        distributed(database)
    assert caught.value.code == "stk::store::no_citus"
    assert caught.value.help is not None
    assert "create extension citus" in caught.value.help


def test_it_takes_a_superuser(ready: TestDatabase) -> None:
    with connect(ready.dsn(), "") as connection, pytest.raises(StoreError) as caught:
        distributing.distribute(connection)
    assert caught.value.code == "stk::store::no_administrator"


def test_a_dry_run_changes_nothing_and_says_all(ready: TestDatabase) -> None:
    catalogue = "select oid, relname, relacl, reltriggers from (select oid, relname, relacl::text,"
    catalogue += " (select count(*) from pg_trigger where tgrelid = c.oid) as reltriggers from pg_class c) c order by 1"
    before = ready.rows(catalogue)
    with connect(ready.dsn(OWNER), "") as connection:
        steps = distributing.planned(connection)
    assert ready.rows(catalogue) == before
    assert [step["sql"] for step in distributed(ready)] == [step["sql"] for step in steps]


def test_doing_it_again_does_what_is_missing_and_hurts_nothing(store: TestDatabase) -> None:
    again = [str(step["sql"]) for step in distributed(store)]
    assert not [text for text in again if text.startswith(("drop", "select create_distributed_table", "alter table"))]
    assert store.rows("select count(*) from public.pg_dist_partition") == [(1,)]


def test_only_what_looks_at_the_event_itself_stays_with_the_table(store: TestDatabase) -> None:
    triggers = store.rows(
        "select tgname::text from pg_trigger where tgrelid = 'private.stk_event'::regclass order by 1"
    )
    assert triggers == [("t10010_stk_event_immutable",), ("t10020_stk_no_delete",)]
    assert store.rows("select from pg_policy where polrelid = 'private.stk_event'::regclass") == []


def test_events_are_recorded_listed_and_revoked_as_elsewhere(
    store: TestDatabase, shell_as: Callable[[str], Shell]
) -> None:
    shell = shell_as("stk_login")
    uu = str(shell.value('"one" | .append event note --description d | get uu'))
    shell.run("1..1200 | .append event many | ignore")
    assert shell.value("event list --limit 0 | length") == 1201
    assert shell.value(f"event get {uu} | [$in.record_json.text $in.description $in.entity $in.created_by]") == [
        *("one", "d", "*", "stk_login")
    ]
    assert shell.value(f"event revoke {uu} | get is_revoked") is True
    assert shell.error(f"event revoke {uu}").code == "stk::event::already_revoked"
    assert shell.error(f"event revoke {UNKNOWN}").code == "stk::event::unknown_event"
    assert shell.value("event list --name many --limit 20 | event revoke | length") == 20
    assert shell.value("event list --limit 0 | length") == 1180
    assert shell.value("event list --limit 0 | where name == many | length") == 1180


def test_an_event_that_is_sent_again_is_there_once(store: TestDatabase, shell_as: Callable[[str], Shell]) -> None:
    shell = shell_as("stk_login")
    shell.run('"x" | .append event note')
    uu = str(shell.value("event list | get 0.uu"))
    with pytest.raises(psycopg.errors.UniqueViolation):
        store.rows(f"insert into api.stk_event (uu, name) values ('{uu}', 'x')", "stk_login", "stk_api_role")


def test_a_revocation_is_in_the_change_log_as_elsewhere(store: TestDatabase, shell_as: Callable[[str], Shell]) -> None:
    shell = shell_as("stk_login")
    shell.run('"x" | .append event note | event revoke | ignore')
    rows = store.rows(
        "select column_name from api.stk_change_log where operation = 'UPDATE' order by 1", "stk_login", "stk_api_role"
    )
    assert [row[0] for row in rows] == ["is_revoked", "revoked", "updated"]
    inserted = "select new_value #>> '{}' from api.stk_change_log where operation = 'INSERT' and column_name = 'name'"
    assert store.rows(inserted, "stk_login", "stk_api_role") == [("note",)]


def test_what_is_never_done_is_refused_with_the_same_codes(
    store: TestDatabase, shell_as: Callable[[str], Shell]
) -> None:
    shell_as("stk_login").run('"x" | .append event note')
    for statement, code in (
        ("delete from api.stk_event", "STK03"),
        ("update api.stk_event set name = 'y'", "STK26"),
        (f"insert into api.stk_event (name, type_uu) values ('x', '{UNKNOWN}')", "STK04"),
        (f"insert into api.stk_event (name, stk_entity_uu) values ('x', '{UNKNOWN}')", "STK04"),
        ("insert into api.stk_event (name) values (null)", "23502"),
        ("insert into api.stk_event (name, created) values ('x', now() - interval '1 day')", "42501"),
        ("select from private.stk_event", "42501"),
        ("select from api.stk_event_mark('name', '{}')", "STK02"),
        ("select from api.stk_event_mark(null, '{}')", "STK02"),
    ):
        with pytest.raises(psycopg.Error) as caught:
            store.rows(statement, "stk_login", "stk_api_role")
        assert (statement, caught.value.sqlstate) == (statement, code)
    for statement, code in (
        ("delete from private.stk_event", "STK03"),
        ("truncate private.stk_event", "STK03"),
        ("update private.stk_event set name = 'y'", "STK02"),
    ):
        with pytest.raises(psycopg.Error) as caught:
            store.rows(statement)
        assert caught.value.sqlstate == code


def test_entities_stay_apart(store: TestDatabase, shell_as: Callable[[str], Shell]) -> None:
    logins = {name: store.login(name, "stk_api_role", "stk_private_role") for name in ("ana", "ben", "carl", "nobody")}
    for name in ("ana", "ben"):
        store.entity(name, logins[name])
    store.entity("ana", logins["carl"], can_write=False)
    store.entity("both", logins["ana"], logins["ben"])
    for name in ("ana", "ben"):
        store.rows(
            "insert into api.stk_event (name, stk_entity_uu)"
            f" select '{name}', uu from private.stk_entity where name = '{name}'".replace("private", "api"),
            logins[name],
            "stk_api_role",
        )
    ((uu,),) = store.rows("select uu::text from private.stk_event where name = 'ben'")
    assert shell_as(logins["ana"]).value("event list --limit 0 | get name") == ["ana"]
    assert shell_as(logins["carl"]).value("event list | get name") == ["ana"]
    assert shell_as(logins["nobody"]).value("event list | length") == 0
    for login in (logins["ana"], logins["carl"], logins["nobody"]):
        assert shell_as(login).error(f"event revoke {uu}").code == "stk::event::unknown_event"
        logged = "select distinct new_value from api.stk_change_log"
        logged += " where column_name = 'name' and record_table = 'stk_event'"
        assert ("ben",) not in store.rows(logged, login, "stk_api_role")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store.rows("select from private.stk_event", login, "stk_private_role")
    ((own,),) = store.rows("select uu::text from private.stk_event where name = 'ana'")
    assert shell_as(logins["carl"]).error(f"event revoke {own}").code == "stk::store::read_only_member"


def test_a_login_without_an_actor_hears_so(store: TestDatabase) -> None:
    login = store.login("dora", actor=False)
    for statement in ("select from api.stk_event", "insert into api.stk_event (name) values ('x')"):
        with pytest.raises(psycopg.Error) as caught:
            store.rows(statement, login, "stk_api_role")
        assert caught.value.sqlstate == "STK06"


def test_types_ask_for_what_they_ask_for(store: TestDatabase, shell_as: Callable[[str], Shell]) -> None:
    with pytest.raises(psycopg.Error) as caught:
        store.rows(
            "insert into api.stk_event (name, type_uu) select 'x', uu from api.stk_event_type where name = 'TIMESHEET'",
            "stk_login",
            "stk_api_role",
        )
    assert caught.value.sqlstate == "STK10"
    assert shell_as("stk_login").error("{} | .append event x --type TIMESHEET").code == "stk::event::schema"


def test_of_two_who_revoke_at_once_one_is_told(store: TestDatabase) -> None:
    ((uu,),) = store.rows(
        "insert into api.stk_event (name) values ('x') returning uu::text", "stk_login", "stk_api_role"
    )
    found: list[int] = []

    def revoke() -> None:
        rows = store.rows(f"select * from api.stk_event_mark('revoked', '{{{uu}}}')", "stk_login", "stk_api_role")
        found.append(len(rows))

    threads = [threading.Thread(target=revoke) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 1]
    assert store.rows("select count(*) from private.stk_change_log where record_table = 'stk_event'") == [(1,)]


def test_the_rights_of_the_workers_are_sent_there(store: TestDatabase) -> None:
    sent = {str(row[0]): str(row[1]) for row in store.rows("select command, place from public.sent")}
    assert sent == {
        "grant usage on schema private to stk_api_role, stk_keeper, stk_auditor": "workers",
        "grant select on %s to stk_api_role, stk_auditor": "shards",
        "grant select, insert, update on %s to stk_keeper": "shards",
    }
