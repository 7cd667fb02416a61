"""Migrations: in order, recorded, checked, one at a time, and never where they do not belong."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest

from stk_shell.model.errors import StoreError
from stk_shell.store import migrations
from stk_shell.store.migrations import RIGHTS, Migration
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.shells import Shell

NAMES = [migration.name for migration in migrations.available()]


@pytest.fixture
def empty(cluster: Cluster) -> TestDatabase:
    """A database without anything in it."""
    return TestDatabase(cluster, cluster.empty())


def test_they_are_found_in_order_and_each_has_a_number_of_its_own() -> None:
    assert sorted(NAMES) == NAMES
    assert len({int(name[:4]) for name in NAMES}) == len(NAMES)


def test_each_is_applied_once_and_recorded(empty: TestDatabase) -> None:
    with empty.connect() as connection:
        assert migrations.migrate(connection, migrations.available()) == NAMES
        assert migrations.migrate(connection, migrations.available()) == []
        assert [record.name for record in migrations.applied(connection)] == NAMES
        assert migrations.altered(connection, migrations.available()) == []


def test_listing_them_writes_nothing(empty: TestDatabase) -> None:
    with empty.connect() as connection:
        connection.execute("set default_transaction_read_only = on")
        assert migrations.applied(connection) == []
        assert [each.name for each in migrations.pending(connection, migrations.available())] == NAMES
        assert not migrations.is_foreign(connection)


def test_two_at_once_wait_for_each_other(empty: TestDatabase) -> None:
    done: list[list[str]] = []

    def run() -> None:
        with empty.connect() as connection:
            done.append(migrations.migrate(connection, migrations.available()))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [[], [], [], NAMES]


def files(folder: Path, **texts: str) -> list[Migration]:
    """Our migrations, and further ones."""
    added = []
    for name, text in texts.items():
        path = folder / f"{name}.sql"
        path.write_text(text)
        added.append(Migration(name, str(path)))
    return [*migrations.available(), *added]


def test_one_that_fails_is_undone_and_those_before_it_stay(empty: TestDatabase, tmp_path: Path) -> None:
    every = files(
        tmp_path,
        n0100_good="set local role stk_superuser; create table private.good (x int);",
        n0101_bad="set local role stk_superuser; create table private.bad (x int); select 1 / 0;",
        n0102_never="create table private.never (x int);",
    )
    with empty.connect() as connection:
        with pytest.raises(StoreError) as caught:
            migrations.migrate(connection, every)
        assert caught.value.code == "stk::store::migration"
        assert "n0101_bad" in caught.value.headline
        assert [each.name for each in migrations.pending(connection, every)] == ["n0101_bad", "n0102_never"]
        found = connection.execute("select to_regclass('private.good'), to_regclass('private.bad')").fetchone()
        assert found == ("private.good", None)


def test_a_changed_file_is_noticed_before_anything_is_done(empty: TestDatabase, tmp_path: Path) -> None:
    with empty.connect() as connection:
        migrations.migrate(connection, files(tmp_path, n0100_one="select 1;"))
        changed = files(tmp_path, n0100_one="select 2;", n0101_two="select 1;")
        assert migrations.altered(connection, changed) == ["n0100_one"]
        with pytest.raises(StoreError) as caught:
            migrations.migrate(connection, changed)
        assert caught.value.code == "stk::store::checksum"
        assert [each.name for each in migrations.pending(connection, changed)] == ["n0101_two"]


def test_a_schema_of_chuck_stacks_own_is_left_alone(empty: TestDatabase) -> None:
    empty.rows("create schema api; create view api.stk_event as select 1 as uu")
    with empty.connect() as connection:
        with pytest.raises(StoreError) as caught:
            migrations.migrate(connection, migrations.available())
        assert caught.value.code == "stk::store::foreign_schema"
    assert empty.rows("select count(*) from pg_namespace where nspname = 'private'") == [(0,)]


def test_somebody_who_is_no_superuser_can_migrate(cluster: Cluster) -> None:
    name = cluster.empty()
    user = f"dba_{name}"
    cluster.execute(f"create role {user} login createrole")
    cluster.execute(f"grant create on database {name} to {user}", name)
    # The roles are there already, made by a superuser, who has to let him in.
    TestDatabase(cluster, cluster.migrated())
    cluster.execute(f"grant stk_superuser, stk_keeper to {user} with admin option")
    with psycopg.connect(cluster.dsn(name, user), autocommit=True) as connection:
        assert migrations.migrate(connection, migrations.available()) == NAMES


def test_somebody_without_the_rights_is_told_which_are_needed(cluster: Cluster) -> None:
    name = cluster.empty()
    user = f"guest_{name}"
    cluster.execute(f"create role {user} login")
    for database in (name, cluster.migrated()):
        with (
            psycopg.connect(cluster.dsn(database, user), autocommit=True) as connection,
            pytest.raises(StoreError) as caught,
        ):
            migrations.migrate(connection, migrations.available())
        assert RIGHTS in (caught.value.help or "")


def test_the_command_names_changed_files_also_where_nothing_is_missing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "0001_foundation.sql"
    changed.write_text("select 1;")
    every = [Migration(NAMES[0], str(changed)), *migrations.available()[1:]]
    monkeypatch.setattr(migrations, "available", lambda: every)
    error = shell.error("store migrate")
    assert error.headline == "the files of applied migrations were changed: 0001_foundation"
    assert shell.output.notes == []
