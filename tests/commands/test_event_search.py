"""The command `event search`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stk_shell.model.settings import Settings
from stk_shell.model.values import Record, Value
from stk_shell.store import migrations, open_store, search
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.foreign import NEWER, OLDER, foreign_database
from tests.fixtures.shells import Shell

PROGRAM = """
{text: "Login failed", who: {name: "ana kay", roles: [admin]}} | .append event authentication | ignore
{text: "Error processing order 42"} | .append event order-error -d "the customer was called" | ignore
{text: "login ok"} | .append event authentication --type action | ignore
"""


def rows(value: Value) -> list[Record]:
    """The value, which has to be a table."""
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, dict)]


@pytest.fixture
def some(shell: Shell) -> Shell:
    """A session with some events."""
    shell.run(PROGRAM)
    return shell


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("failed", ["Login «failed» · ana kay · admin"]),
        ("LOGIN", ["«login» ok", "«Login» failed · ana kay · admin"]),
        ("login failed", ["«Login» «failed» · ana kay · admin"]),
        ("kay", ["Login failed · ana «kay» · admin"]),
        ("'\"ana kay\"'", ["Login failed · «ana» «kay» · admin"]),
        ("'ok or 42'", ["login «ok»", "Error processing order «42» · the customer was called"]),
        ("called", ["Error processing order 42 · the customer was «called»"]),
        ("'login -failed'", ["«login» ok"]),
        ("absent", []),
    ],
)
def test_finds_words_and_marks_them(some: Shell, words: str, matches: list[str]) -> None:
    found = [row["match"] for row in rows(some.value(f"event search {words} --limit 5"))]
    assert sorted(map(str, found)) == sorted(matches)


def test_a_word_of_the_name_counts_most_and_is_marked(some: Shell) -> None:
    some.run('{text: "about an order-error"} | .append event note | ignore')
    found = rows(some.value("event search order-error"))
    assert [row["name"] for row in found] == ["order-error", "note"]
    assert str(found[0]["match"]).startswith("«order»-«error» · «Error» processing")
    ranks = [row["rank"] for row in found]
    assert ranks == sorted(ranks, key=float, reverse=True)  # type: ignore[arg-type]


def test_gives_the_columns_of_a_list_and_two_more(some: Shell) -> None:
    for detail in ("", " --detail"):
        name, *others = list(rows(some.value(f"event list{detail}"))[0])
        found = rows(some.value(f"event search login{detail}"))[0]
        assert list(found) == [name, "match", *others, "rank"]
        listed = rows(some.value(f"event list{detail} --name authentication"))[0]
        assert {key: found[key] for key in listed} == listed


@pytest.mark.parametrize(
    ("flags", "count"),
    [
        ("", 2),
        ("--limit 1", 1),
        ("--limit 0", 2),
        ("--type action", 1),
        ("--name authentication", 2),
        ("--name order-error", 0),
        ("--since 1day", 2),
        ("--until 1day", 0),
        ("--since 2020-01-01 --until 2021-01-01", 0),
    ],
)
def test_is_narrowed_like_a_list(some: Shell, flags: str, count: int) -> None:
    assert some.value(f"event search login {flags} | length") == count


def test_revoked_events_are_found_on_demand(some: Shell) -> None:
    some.run("event list --type action | event revoke | ignore")
    assert some.value("event search login | length") == 1
    assert some.value("event search login --all | get is_revoked | sort") == [False, True]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("event search ''", "event::no_words"),
        ("event search '-login'", "event::no_words"),
        ("event search '!?'", "event::no_words"),
        ("event search ('x ' | fill --width 1001 --character x)", "event::too_long"),
        ("event search x --type nosuch", "event::unknown_type"),
        ('event search "a\\u{0}b"', "event::text"),
        ("event search x --limit -1", "run::"),
        ("event search x --since nonsense", "run::cant_convert"),
        ("event search ('x ' * 3)", "run::"),
    ],
)
def test_what_is_wrong_is_told(some: Shell, program: str, code: str) -> None:
    error = some.error(program)
    assert code in error.code
    assert error.labels


def test_the_ten_best_are_shown_and_the_rest_is_mentioned(shell: Shell) -> None:
    shell.run('1..30 | each {|n| {text: $"event ($n)"} } | .append event bulk | ignore')
    assert len(rows(shell.run("event search event")[0])) == 10
    assert shell.output.notes == ["these are the 10 best matches; `--limit 0` gives all"]
    assert shell.value("event search event --limit 0 | length") == 30
    assert shell.value("event search event --limit 0 | get uu | uniq | length") == 30


HOSTILE = [
    "\x1b[31mred\x07 needle \x9b",
    "«needle» needle",
    "needle\n\tover\r\nlines",
    "needle " + "\u202e" * 5,
    "<b>needle",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_row(shell: Shell, text: str) -> None:
    shell.value("let t = $in; {text: $t} | .append event x", text)
    (row,) = rows(shell.value("event search needle"))
    assert "«needle»" in str(row["match"])
    shown = shell.table("event search needle | select name match")
    assert len(shown.splitlines()) == 5
    assert not {"\x1b", "\x07", "\x9b", "\r", "\u202e"} & set(shown.replace("\x1b[0m", ""))


@pytest.fixture(params=[OLDER, NEWER])
def foreign(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[Shell]:
    """A session in a database of chuck-stack's own."""
    database = foreign_database(cluster, request.param)
    shell = Shell(lambda: open_store(Settings(dsn=database.dsn()), None), Settings())
    yield shell
    shell.session.close()


def test_a_database_without_the_index_is_searched_as_well(foreign: Shell) -> None:
    foreign.run(PROGRAM.replace(" --type action", ""))
    assert foreign.value("event search login | get match") == ["«login» ok", "«Login» failed · ana kay · admin"]
    assert foreign.value("event search login --name order-error --since 1day --limit 0") == []
    assert foreign.value("event search order-error | length") == 1


def test_many_new_events_are_put_into_the_index_first(
    shell: Shell, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TAIL", 50)
    shell.run('1..80 | each {|n| {text: $"event ($n)"} } | .append event bulk | ignore')
    assert shell.value("event search event --limit 0 | length") == 80
    assert database.rows("select events from private.event_index_state") == [(80,)]
    assert shell.output.notes == []


def test_where_the_index_cannot_be_filled_it_is_said_what_is_not_searched(
    shell: Shell, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TAIL", 5)
    shell.run('1..8 | each {|n| {text: $"event ($n)"} } | .append event bulk | ignore')
    shell.value("event search event")
    shell.run('1..8 | each {|n| {text: $"event ($n)"} } | .append event bulk | ignore')
    database.rows(f"alter database {database.name} set default_transaction_read_only = on")
    reader = Shell(lambda: open_store(Settings(dsn=database.dsn()), None), Settings())
    assert reader.value("event search event --limit 0 | length") == 16
    assert reader.output.notes == []
    monkeypatch.setattr(search, "READABLE", 5)
    assert reader.value("event search event --limit 0 | length") == 8
    assert reader.output.notes == ["more than 5 events are not in the index yet, and were not searched"]
    reader.session.close()


def test_what_is_recorded_is_put_into_the_index_when_the_session_ends(shell: Shell, database: TestDatabase) -> None:
    shell.run('1..200 | each {|n| {text: $"event ($n)"} } | .append event bulk | ignore')
    shell.session.close()
    assert database.rows("select events from private.event_index_state") == [(200,)]


def test_a_store_that_lacks_the_migration_says_so(cluster: Cluster) -> None:
    older = TestDatabase(cluster, cluster.empty())
    with older.connect() as connection:
        migrations.migrate(connection, [each for each in migrations.available() if each.name < "0014"])
    shell = Shell(lambda: open_store(Settings(dsn=older.dsn()), None), Settings())
    error = shell.error("event search x")
    assert error.code == "stk::store::older_schema"
    assert "0014_search" in error.headline
    assert error.help is not None
    assert error.help.startswith("`store migrate`")
    shell.session.close()


def test_the_newest_of_a_rare_type_are_listed_by_the_index(some: Shell, database: TestDatabase) -> None:
    database.rows("select api.stk_event_index(10)", "stk_login", "stk_api_role")
    some.run('{text: "later"} | .append event other --type action | ignore')
    assert some.value("event list --type action --limit 1 | get name") == ["other"]
    assert some.value("event list --type action | get name") == ["other", "authentication"]
    assert some.value("event list --type action --name authentication | get record_json.text") == ["login ok"]
    assert some.value("event list --type timesheet") == []
    assert some.value("event list --type none | length") == 2
    some.run("event list --type action --limit 1 | event revoke | ignore")
    assert some.value("event list --type action | get name") == ["authentication"]
    assert some.value("event list --type action --all --since 1day | length") == 2
