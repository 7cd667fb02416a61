"""Following events: none is missed and none comes twice, whatever transactions, connections and servers do."""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.settings import Settings
from stk_shell.model.store import EventQuery, Store
from stk_shell.model.values import Record
from stk_shell.store import open_store
from stk_shell.store.event_queries import EVENT_TABLE
from stk_shell.store.news import PAGE, START, News, Position, _fetching
from tests.faults.watched import followed, killing
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.foreign import NEWER, foreign_database
from tests.fixtures.shells import Shell

PATIENCE = 20.0
"""For how many seconds an event is waited for."""

UNBURDENED = 0.25
"""A delay, in seconds, that says that nobody waits in vain, even while other tests run: `tests.faults watch` measures it."""


class Watcher:
    """Watches in steps."""

    def __init__(self, dsn: str, query: EventQuery | None = None) -> None:
        self.notes: list[str] = []
        settings = Settings(dsn=dsn)
        self.store: Store = open_store(settings, None, note=self.notes.append)
        self.batches = self.store.watch(query or EventQuery())
        self.events: list[Record] = []

    def close(self) -> None:
        """Watch no longer."""
        self.batches.close()
        self.store.close()

    def names(self) -> list[object]:
        """The names of what has come, up to when there is nothing new."""
        before = len(self.events)
        for batch in self.batches:
            self.events += batch
            if not batch:
                break
        return [event["name"] for event in self.events[before:]]

    def until(self, count: int) -> list[object]:
        """The names of what comes, as soon as there are so many."""
        names: list[object] = []
        deadline = time.monotonic() + PATIENCE
        while len(names) < count and time.monotonic() < deadline:
            names += self.names()
        return names

    def nothing(self) -> bool:
        """Whether nothing comes for a while."""
        return not any(self.names() for _ in range(6))


@pytest.fixture
def watch() -> Iterator[Callable[..., Watcher]]:
    """Begins to watch; what has been recorded before is not new."""
    watchers: list[Watcher] = []

    def begin(database: TestDatabase, query: EventQuery | None = None, user: str = "stk_login") -> Watcher:
        watcher = Watcher(database.dsn(user), query)
        watchers.append(watcher)
        if query is None or query.since is None:
            assert watcher.names() == []
        return watcher

    yield begin
    for watcher in watchers:
        watcher.close()


def record(database: TestDatabase, *names: str, user: str = "stk_login") -> None:
    """Record events, each in a transaction of its own."""
    with database.connect(user, "stk_api_role") as connection:
        insert(connection, *names)


def insert(connection: psycopg.Connection[tuple[object, ...]], *names: str) -> None:
    """Record events over a connection."""
    for name in names:
        connection.execute("insert into api.stk_event (name) values (%s)", (name,))


# What comes


def test_none_is_missed_and_none_comes_twice_while_transactions_stay_open(database: TestDatabase) -> None:
    outcome = followed(database, 3000, seed=random.randrange(10**6))
    assert outcome.is_right(), outcome
    assert outcome.delay < UNBURDENED, outcome


def test_none_is_missed_and_none_comes_twice_while_the_server_is_killed(frail: Cluster, target: TestDatabase) -> None:
    outcome = followed(target, 1500, seed := random.randrange(10**6), killing(frail, random.Random(seed)))
    assert outcome.is_right(), outcome
    assert outcome.notes


def test_what_is_committed_later_comes_later_whenever_it_began(
    database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    with database.connect("stk_login", "stk_api_role") as early:
        early.execute("begin")
        insert(early, "early")
        watcher = watch(database)
        record(database, "late")
        assert watcher.until(1) == ["late"]
        early.execute("commit")
        assert watcher.until(1) == ["early"]
        record(database, "last")
        assert watcher.until(1) == ["last"]
    assert watcher.nothing()


def test_what_is_undone_never_comes(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    watcher = watch(database)
    with database.connect("stk_login", "stk_api_role") as connection:
        for statement in ("begin", "savepoint a"):
            connection.execute(statement)
        insert(connection, "undone")
        connection.execute("rollback to a")
        connection.execute("savepoint b")
        insert(connection, "done")
        connection.execute("release b")
        connection.execute("commit")
        connection.execute("begin")
        insert(connection, "undone")
        connection.execute("rollback")
    assert watcher.until(1) == ["done"]
    assert watcher.nothing()


def test_since_begins_in_the_past_the_oldest_first_and_goes_on(
    database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    record(database, "before")
    since = datetime.datetime.now(datetime.UTC)
    with database.connect("stk_login", "stk_api_role") as open_:
        open_.execute("begin")
        insert(open_, "open")
        record(database, "one", "two")
        watcher = watch(database, EventQuery(since=since))
        assert watcher.until(2) == ["one", "two"]
        record(database, "three")
        assert watcher.until(1) == ["three"]
        open_.execute("commit")
        assert watcher.until(1) == ["open"]
    assert watcher.nothing()


@pytest.mark.parametrize("count", [PAGE, PAGE + 1, 3 * PAGE])
@pytest.mark.parametrize("entities", [1, 60])
def test_many_at_once_come_in_order_in_parts(
    count: int, entities: int, database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    for number in range(1, entities):
        database.entity(f"entity{number}", "stk_login")
    watcher = watch(database)
    with database.connect("stk_login", "stk_api_role") as connection:
        connection.execute("begin")
        connection.execute("insert into api.stk_event (name) select i::text from generate_series(1, %s) as i", (count,))
        record(database, "between")
        connection.execute("commit")
    assert sorted(watcher.until(count + 1), key=str) == sorted([*map(str, range(1, count + 1)), "between"])
    created = [(event["created"], event["uu"]) for event in watcher.events if event["name"] != "between"]
    assert created == sorted(created, key=str)
    assert watcher.nothing()


@pytest.mark.parametrize("version", [15, 16])
def test_older_servers_are_followed(
    version: int, cluster_of: Callable[[int], Cluster], watch: Callable[..., Watcher]
) -> None:
    cluster = cluster_of(version)
    database = TestDatabase(cluster, cluster.migrated())
    record(database, "before")
    now = watch(database)
    past = watch(database, EventQuery(since=datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)))
    database.rows(
        f"insert into api.stk_event (name) select 'x' from generate_series(1, {PAGE + 1})", "stk_login", "stk_api_role"
    )
    database.rows("select api.stk_event_summarize()", "stk_login", "stk_api_role")
    assert now.until(PAGE + 1) == ["x"] * (PAGE + 1)
    assert past.until(PAGE + 2) == ["before", *["x"] * (PAGE + 1)]


def test_a_long_past_is_walked_through_in_parts(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    database.rows(
        "insert into private.stk_event (name, created, created_by_uu)"
        " select i::text, now() - (3000 - i) * interval '1 second', private.stk_actor_uu() from generate_series(1, 3000) i"
    )
    since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=2)
    watcher = watch(database, EventQuery(since=since))
    assert watcher.until(3000) == [str(number) for number in range(1, 3001)]
    record(database, "new")
    assert watcher.until(1) == ["new"]


def test_flags_choose_what_comes(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    named, typed = watch(database, EventQuery(name="a")), watch(database, EventQuery(type="action", detail=True))
    record(database, "b", "a")
    database.rows(
        "insert into api.stk_event (name, type_uu) select 'typed', uu from api.stk_event_type where name = 'ACTION'",
        "stk_login",
        "stk_api_role",
    )
    assert named.until(1) == ["a"]
    assert typed.until(1) == ["typed"]
    assert typed.events[0]["created_by"] == "stk_login"
    assert "created_by" not in named.events[0]


def test_revoked_events_of_the_past_come_if_they_are_asked_for(
    database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    record(database, "revoked", "kept")
    database.rows("update api.stk_event set revoked = now() where name = 'revoked'", "stk_login", "stk_api_role")
    since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    assert watch(database, EventQuery(since=since)).until(1) == ["kept"]
    assert watch(database, EventQuery(since=since, revoked=True)).until(2) == ["revoked", "kept"]


# What a server may have counted otherwise


def numbered(database: TestDatabase, name: str, number: int) -> None:
    """Record an event as by a transaction of that number."""
    database.rows(
        f"insert into private.stk_event (name, xact_id, created_by_uu) values ('{name}', {number}, private.stk_actor_uu())"
    )


def test_what_was_restored_from_a_server_that_counted_further_is_not_new(
    database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    numbered(database, "restored", 10**12)
    since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    now, past = watch(database), watch(database, EventQuery(since=since))
    assert past.until(1) == ["restored"]
    record(database, "new")
    assert now.until(1) == past.until(1) == ["new"]
    assert now.nothing()
    assert past.nothing()


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.not_for("pooler")
def test_after_a_lost_connection_a_number_that_was_given_out_again_is_new(
    database: TestDatabase, watch: Callable[..., Watcher], *, noticed: bool
) -> None:
    watcher = watch(database)
    record(database, "first")
    assert watcher.until(1) == ["first"]
    numbered(database, "again", 3)
    assert watcher.nothing()
    cut(database, noticed=noticed)
    assert watcher.until(1) == ["again"]
    assert watcher.nothing()
    record(database, "last")
    assert watcher.until(1) == ["last"]


def cut(database: TestDatabase, *, noticed: bool = True) -> None:
    """Cut the connections of everybody who watches; `noticed` before anything is asked again."""
    condition = "datname = current_database() and usename = 'stk_login'"
    database.rows(f"select pg_terminate_backend(pid) from pg_stat_activity where {condition}")
    while noticed and database.rows(f"select from pg_stat_activity where {condition}"):
        time.sleep(0.01)


@pytest.mark.not_for("pooler")
def test_a_lost_connection_is_told_and_nothing_is_lost(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    watcher = watch(database)
    for number in range(3):
        cut(database)
        record(database, f"{number}")
        assert watcher.until(1) == [f"{number}"]
    assert watcher.nothing()
    assert any("connected again" in note for note in watcher.notes)


def test_a_question_that_had_to_give_way_is_asked_again(
    database: TestDatabase, watch: Callable[..., Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a standby, where what is replayed comes first.
    watcher = watch(database)
    failing, asked = [StoreError("another transaction was in the way", "conflict")], News.next

    def next_(news: News) -> list[Record] | None:
        if failing:
            raise failing.pop()
        return asked(news)

    monkeypatch.setattr(News, "next", next_)
    record(database, "x")
    assert watcher.until(1) == ["x"]
    assert watcher.notes == []


def test_a_standby_is_followed(frail: Cluster, standby: TestDatabase, watch: Callable[..., Watcher]) -> None:
    primary = TestDatabase(frail, standby.name)
    with primary.connect("stk_login", "stk_api_role") as open_:
        open_.execute("begin")
        insert(open_, "open")
        record(primary, "before")
        time.sleep(1)
        watcher = watch(standby)
        record(primary, "one", "two")
        assert watcher.until(2) == ["one", "two"]
        with primary.connect("stk_login", "stk_api_role") as connection:
            connection.execute(f"insert into api.stk_event (name) select 'many' from generate_series(1, {2 * PAGE})")
        assert watcher.until(2 * PAGE) == ["many"] * (2 * PAGE)
        cut(standby)
        assert watcher.nothing()
        open_.execute("commit")
        assert watcher.until(1) == ["open"]
        record(primary, "last")
        assert watcher.until(1) == ["last"]
    assert watcher.nothing()


def test_a_pooler_between_is_no_hindrance(pooled: TestDatabase) -> None:
    outcome = followed(pooled, 1500, seed=random.randrange(10**6))
    assert outcome.is_right(), outcome
    assert outcome.delay < UNBURDENED, outcome


# What it costs others


def notifications(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """What a connection has been told of."""
    return [each.payload for each in connection.notifies(timeout=0.3)]


@pytest.mark.not_for("pooler")
def test_nobody_is_told_while_nobody_watches_and_nobody_hears_whose_event_it_is(
    database: TestDatabase, watch: Callable[..., Watcher]
) -> None:
    with database.connect(database.login("stranger")) as stranger:
        stranger.execute("listen stk_event")
        record(database, "x")
        assert notifications(stranger) == []
        assert watch(database).nothing()
        record(database, "y")
        assert notifications(stranger) == [""]
        database.rows("update private.watching set until = now() - interval '1 second'")
        record(database, "z")
        assert notifications(stranger) == []


def test_who_waits_is_woken(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    watcher = watch(database)
    delays = []
    for _ in range(3):
        # Until only a call wakes him in time.
        for _ in range(14):
            watcher.names()
        record(database, "x")
        began = time.monotonic()
        assert watcher.until(1) == ["x"]
        delays.append(time.monotonic() - began)
    assert min(delays) < UNBURDENED


@pytest.mark.not_for("partitioned")
def test_what_is_new_is_read_by_its_uu_also_where_there_are_no_statistics(database: TestDatabase) -> None:
    statement, values = _fetching(EVENT_TABLE, EventQuery(), None)
    with database.connect("stk_login", "stk_api_role") as connection:
        connection.execute("set random_page_cost to 1.1")
        connection.execute("insert into api.stk_event (name) select 'x' from generate_series(1, 5000)")
        uus = [row[0] for row in connection.execute("select uu::text from api.stk_event limit 25")]
        plan = connection.execute(sql.SQL("explain ") + statement, (uus, *values)).fetchall()
    assert "Index Scan using stk_event_pkey on stk_event" in "\n".join(str(row[0]) for row in plan)


def test_nothing_is_held_open_between_questions(database: TestDatabase, watch: Callable[..., Watcher]) -> None:
    watcher = watch(database, EventQuery(since=datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)))
    record(database, *"abc")
    assert watcher.until(3) == [*"abc"]
    rows = database.rows(
        "select state, backend_xmin, backend_xid from pg_stat_activity"
        " where datname = current_database() and usename = 'stk_login'"
    )
    assert set(rows) == {("idle", None, None)}


# What cannot be followed


def test_a_store_of_another_make_says_so(cluster: Cluster) -> None:
    database = foreign_database(cluster, NEWER)
    watcher = Watcher(database.dsn())
    with pytest.raises(StoreError) as caught:
        watcher.names()
    assert caught.value.code == "stk::store::no_watch"
    assert "`store migrate`" in str(caught.value.help)
    watcher.close()


def test_an_unknown_type_is_an_error_at_once(shell: Shell) -> None:
    with pytest.raises(EventError):
        shell.session.store.watch(EventQuery(type="nonsense"))
    assert shell.error("event watch --type nonsense").code.endswith("unknown_type")


# Positions


def test_a_position_is_what_a_snapshot_has_seen() -> None:
    moment = datetime.datetime.now(datetime.UTC)
    position = START.after("10:20:10,15", [], standby=False)
    assert position == Position("10:20:10,15", (10, 15), 20, {})
    standby = START.after("10:20:", [("a", moment, 9), ("b", moment, 12)], standby=True)
    assert standby == Position(None, (), 10, {"b": 12})
    assert standby.after("12:25:", [], standby=True) == Position(None, (), 12, {"b": 12})
    assert standby.after("13:25:", [], standby=True) == Position(None, (), 13, {})


def test_a_standby_that_lags_does_not_move_a_position_back() -> None:
    moment = datetime.datetime.now(datetime.UTC)
    position = START.after("10:20:10,15", [], standby=False)
    assert position.after("8:12:", [], standby=True) == Position(None, (10, 15), 20, {})
    later = position.after("12:30:", [("a", moment, 15), ("b", moment, 25)], standby=True)
    assert later == Position(None, (15,), 20, {"a": 15, "b": 25})
