"""What is counted of events, and how PostgreSQL does it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator

import pytest

from stk_shell.model.errors import StoreError
from stk_shell.model.settings import Settings
from stk_shell.model.store import EventQuery
from stk_shell.model.values import Filesize, Record
from stk_shell.store import open_store
from stk_shell.store.postgres import PostgresStore
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.foreign import NEWER, OLDER, foreign_database
from tests.fixtures.shells import Shell

UTC = datetime.UTC


def put(database: TestDatabase, *events: tuple[str, str]) -> None:
    """Record events of names, each with its time."""
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into private.stk_event (name, created, created_by_uu)"
            " select %s, %s::timestamptz, a.uu from private.stk_actor a where a.name = 'stk_login'",
            events,
        )


@pytest.fixture
def in_berlin() -> Iterator[None]:
    """The clock of somebody in Berlin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def stats(shell: Shell, flags: str = "") -> Record:
    """What the command gives."""
    found = shell.value(f"event stats {flags}")
    assert isinstance(found, dict)
    return found


@pytest.mark.not_for("partitioned")
def test_everything_is_counted_once(shell: Shell, database: TestDatabase) -> None:
    shell.value('1..3 | each { .append event "login" }; .append event "note" --type action; .append event "gone"')
    shell.value("event list --name gone | event revoke")
    found = stats(shell)
    newest = shell.value("event list | get created")
    assert isinstance(newest, list)
    assert (found["count"], found["revoked"], found["first"], found["last"]) == (4, 1, newest[-1], newest[0])
    assert found["by_name"] == [
        {"name": "login", "count": 3, "percentage": "75.00%"},
        {"name": "note", "count": 1, "percentage": "25.00%"},
    ]
    assert found["by_type"] == [
        {"type": "NONE", "count": 3, "percentage": "75.00%"},
        {"type": "ACTION", "count": 1, "percentage": "25.00%"},
    ]
    assert shell.value("event stats | get by_day.count | math sum") == 4
    ((size,),) = database.rows("select pg_total_relation_size('private.stk_event')")
    assert (found["size"], type(found["size"])) == (size, Filesize)


def test_revoked_events_are_counted_on_demand(shell: Shell) -> None:
    shell.value('"x" | .append event "a" | event revoke; .append event "b"')
    found = stats(shell, "--all")
    assert (found["count"], found["revoked"]) == (2, 1)
    assert shell.value("event stats --all | get by_name.name") == ["a", "b"]
    assert shell.value("event stats --all | get by_day.count | math sum") == 2
    assert shell.value("event stats | get by_name.name") == ["b"]


def test_an_empty_store_has_counts_of_nothing(shell: Shell) -> None:
    found = stats(shell)
    assert isinstance(found.pop("size"), Filesize)
    tables = ("by_name", "by_type", "by_day")
    assert {name: found.pop(name) for name in tables} == {name: [] for name in tables}
    assert found == {"count": 0, "revoked": 0, "first": None, "last": None}


def test_where_all_events_are_revoked_there_are_no_days(shell: Shell) -> None:
    shell.value('"x" | .append event "a" | event revoke')
    found = stats(shell)
    assert (found["count"], found["revoked"], found["first"], found["by_day"]) == (0, 1, None, [])


@pytest.mark.parametrize(
    ("flags", "count"),
    [
        ("--name a", 2),
        ("--name nobody", 0),
        ('--name "it\'s %s; drop"', 1),
        ("--since 2026-03-01", 2),
        ("--until 2026-03-01", 2),
        ("--since 2026-03-01 --until 2026-03-03", 1),
        ("--type none", 4),
        ("--type action", 0),
        ("--name a --since 2026-03-01", 1),
    ],
)
def test_the_flags_of_a_list_choose(shell: Shell, database: TestDatabase, flags: str, count: int) -> None:
    put(database, ("a", "2026-02-27 12:00Z"), ("it's %s; drop", "2026-02-28 12:00Z"))
    put(database, ("a", "2026-03-02 12:00Z"), ("b", "2026-03-03 00:00Z"))
    assert shell.value(f"event stats {flags} | get count") == count
    assert shell.value(f"event stats {flags} | get by_day.count | append 0 | math sum") == count


def test_a_type_that_there_is_not_is_named(shell: Shell) -> None:
    error = shell.error("event stats --type actoin")
    assert (error.code, error.labels[0].span.text, error.help) == (
        "stk::event::unknown_type",
        "actoin",
        "Did you mean `ACTION`?",
    )


@pytest.mark.usefixtures("in_berlin")
def test_a_day_begins_at_midnight_here_and_empty_days_are_there(shell: Shell, database: TestDatabase) -> None:
    # The clocks go forward on March 29, so that this day has 23 hours.
    put(database, ("a", "2026-03-27 22:59:59.999999Z"), ("a", "2026-03-27 23:00Z"))
    put(database, ("a", "2026-03-29 21:59:59Z"), ("a", "2026-03-30 22:00Z"))
    days = stats(shell)["by_day"]
    assert isinstance(days, list)
    assert days == [
        {"day": datetime.datetime(2026, 3, 26, 23, tzinfo=UTC), "count": 1},
        {"day": datetime.datetime(2026, 3, 27, 23, tzinfo=UTC), "count": 1},
        {"day": datetime.datetime(2026, 3, 28, 23, tzinfo=UTC), "count": 1},
        {"day": datetime.datetime(2026, 3, 29, 22, tzinfo=UTC), "count": 0},
        {"day": datetime.datetime(2026, 3, 30, 22, tzinfo=UTC), "count": 1},
    ]
    assert "2026-03-30 00:00:00" in shell.table("event stats | get by_day")


def test_a_time_of_another_age_does_not_fill_the_table(shell: Shell, database: TestDatabase) -> None:
    put(database, ("a", "0001-01-01 00:00Z"), ("a", "0001-01-01 01:00Z"), ("b", "2026-03-01 12:00Z"))
    assert shell.value("event stats | get by_day.count") == [2, 1]
    assert shell.value("event stats | get count") == 3


def test_names_that_would_move_the_cursor_are_counted_as_they_are(shell: Shell) -> None:
    shell.value('.append event "a\\u{1b}[31m$x$"; .append event "東京 🎉"')
    assert shell.value("event stats | get by_name.name | sort") == ["a\x1b[31m$x$", "東京 🎉"]
    assert "\x1b" not in shell.table("event stats")


def test_it_reads_well_on_a_narrow_screen(shell: Shell, database: TestDatabase) -> None:
    put(database, *((f"name-{number}", f"2026-03-{number + 1:02} 12:00Z") for number in range(10)))
    shown = shell.table("event stats").split("\n")
    assert max(map(len, shown)) <= 80
    lines = [line.strip("│ ") for line in shown]
    at = lines.index("by_name │ name    count  percentage")
    assert lines[at + 1 : at + 7] == [
        *(f"name-{number}      1  10.00%" for number in range(3)),
        "… 5 more rows",
        *(f"name-{number}      1  10.00%" for number in (8, 9)),
    ]


def test_what_is_counted_is_of_one_moment(
    shell: Shell, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.value('.append event "a"')
    store = shell.session.store
    assert isinstance(store, PostgresStore)
    change = store.database.change

    def change_and_record(query: object, values: tuple[object, ...] = ()) -> object:
        given = change(query, values)  # type: ignore[arg-type]
        put(database, ("late", "now"))
        return given

    monkeypatch.setattr(store.database, "change", change_and_record)
    found = store.statistics(EventQuery())
    monkeypatch.undo()
    counts = shell.value("get by_day.count | math sum", found)
    assert found["count"] == counts
    assert shell.value("event stats | get count") != counts


def test_a_question_is_asked_again_where_the_connection_is_lost(shell: Shell, database: TestDatabase) -> None:
    shell.value('.append event "a"')
    store = shell.session.store
    assert isinstance(store, PostgresStore)
    change, killed = store.database.change, list[bool]()

    def change_and_kill(query: object, values: tuple[object, ...] = ()) -> object:
        given = change(query, values)  # type: ignore[arg-type]
        if not killed:
            killed.append(True)
            database.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stk_login'"
                          " and datname = current_database()")  # fmt: skip
        return given

    store.database.change = change_and_kill  # type: ignore[assignment, method-assign]
    assert store.statistics(EventQuery())["count"] == 1
    assert killed


def test_the_size_is_null_where_the_database_does_not_tell(shell: Shell, database: TestDatabase) -> None:
    database.rows("revoke execute on function pg_total_relation_size(regclass) from public")
    shell.value('.append event "a"')
    found = stats(shell)
    assert (found["size"], found["count"]) == (None, 1)


def test_the_partitions_of_a_table_are_part_of_its_size(database: TestDatabase) -> None:
    from stk_shell.store.statistics import SIZE

    with database.connect() as connection:
        connection.execute("create table private.parted (n int) partition by range (n)")
        connection.execute("create table private.part partition of private.parted default")
        connection.execute("insert into private.parted select generate_series(1, 1000)")
        rows = connection.execute(SIZE, ("parted",)).fetchall()
        assert rows == connection.execute("select pg_total_relation_size('private.part')").fetchall()


@pytest.mark.parametrize("generation", [OLDER, NEWER])
def test_a_store_that_stk_did_not_make_is_counted(cluster: Cluster, generation: str) -> None:
    cluster.migrated()
    foreign = foreign_database(cluster, generation)
    store = open_store(Settings(dsn=foreign.dsn()), None)
    assert store.statistics(EventQuery())["count"] == 0
    foreign.rows("insert into api.stk_event (name) values ('a'), ('a'), ('b')")
    found = store.statistics(EventQuery(name="a"))
    store.close()
    assert (found["count"], found["by_type"]) == (2, [{"type": "none", "count": 2, "percentage": "100.00%"}])
    assert isinstance(found["size"], Filesize)


@pytest.mark.parametrize("version", [15, 16, 18])
def test_a_small_entity_is_counted_without_reading_what_others_have(
    cluster_of: Callable[[int], Cluster], version: int
) -> None:
    database = TestDatabase(cluster_of(version), cluster_of(version).migrated())
    login = database.login("small")
    large, small = database.entity("large"), database.entity("small", login)
    for entity, count in ((large, 30000), (small, 20)):
        database.rows(f"insert into private.stk_event (name, stk_entity_uu) select 'n', '{entity}'"
                      f" from generate_series(1, {count})")  # fmt: skip
    database.rows("vacuum analyze private.stk_event")
    store = open_store(Settings(dsn=database.dsn(login)), None)
    before = _rows_read(database)
    assert store.statistics(EventQuery())["count"] == 20
    store.close()
    assert _rows_read(database) == before


def _rows_read(database: TestDatabase) -> object:
    """How many rows the server has read by going through the whole table."""
    time.sleep(0.1)
    return database.rows("select pg_stat_get_tuples_returned('private.stk_event'::regclass)")[0][0]


def test_a_login_without_an_actor_hears_so(database: TestDatabase) -> None:
    store = open_store(Settings(dsn=database.dsn(database.login("nobody", actor=False))), None)
    with pytest.raises(StoreError) as caught:
        store.statistics(EventQuery())
    assert caught.value.code == "stk::store::no_actor"
