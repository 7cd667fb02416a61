"""Requests and tags, and the commands that show what belongs to each row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.commands.event._examples import FOLLOW_UP, LOGIN, MILESTONE, ORDER_ERROR, URGENT
from stk_shell.model.settings import Settings
from stk_shell.model.text import plain
from stk_shell.model.values import Record, Value
from stk_shell.store import open_store
from stk_shell.store.database import Database
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.shells import Shell, put_example_events

UNKNOWN = "00000000-0000-0000-0000-000000000000"
BOTH = pytest.mark.parametrize("noun", ["request", "tag"])


@pytest.fixture
def filled(shell: Shell, database: TestDatabase) -> Shell:
    """A session whose store has the events of the examples, and what is attached to one of them."""
    put_example_events(database)
    return shell


@contextmanager
def counted_statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collects the statements that go to the database."""
    statements: list[str] = []
    rows = Database.rows

    def counting(self: Database, query: object, values: object = ()) -> object:
        statements.append(str(query))
        return rows(self, query, values)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Database, "rows", counting)
        yield statements


def record(value: Value) -> Record:
    """The value, which has to be a record."""
    assert isinstance(value, dict)
    return value


# Requests and tags are kept like events


@BOTH
def test_what_is_piped_is_what_is_recorded(shell: Shell, noun: str) -> None:
    made = record(shell.value(f'"Call her" | .append {noun} follow-up -d why --json {{n: 1}}'))
    assert list(made) == ["uu", "name", "created"]
    kept = record(shell.value(f"{noun} get {plain(made['uu'])}"))
    assert kept["record_json"] == {"n": 1, "text": "Call her"}
    assert (kept["name"], kept["description"], kept["table_name"]) == ("follow-up", "why", f"stk_{noun}")
    assert (kept["entity"], kept["created_by"], kept["is_revoked"]) == ("*", "stk_login", False)


@BOTH
def test_each_item_of_a_list_becomes_one(shell: Shell, noun: str) -> None:
    shell.run(f"1..1200 | each {{|n| {{n: $n}} }} | .append {noun} many | ignore")
    assert shell.value(f"{noun} list --limit 0 | get record_json.n") == list(range(1200, 0, -1))
    shell.run(f"{noun} list | length")
    assert shell.output.shown == [10]
    assert f" {noun}s; `{noun} list --limit 0` gives all" in shell.output.notes[-1]


@BOTH
def test_one_is_named_by_the_beginning_of_its_uu_and_only_among_its_own(filled: Shell, noun: str) -> None:
    uu = {"request": FOLLOW_UP, "tag": URGENT}[noun]
    assert filled.value(f"{noun} get {uu[:14]} | get uu") == uu
    assert filled.value(f"{noun} get {LOGIN}") is None
    assert filled.output.notes == [f"there is no {noun} {LOGIN}; `{noun} list --all --limit 0` shows all there are"]
    error = filled.error(f"{noun} revoke {LOGIN[:13]}")
    assert (error.code, error.headline) == (f"stk::event::unknown_{noun}", f"there is no such {noun}")


@BOTH
def test_one_is_revoked_once(filled: Shell, noun: str) -> None:
    revoked = record(filled.value(f"{noun} list | get 0 | {noun} revoke"))
    assert list(revoked) == ["uu", "name", "revoked", "is_revoked"]
    assert filled.value(f"{noun} list") == []
    assert filled.value(f"{noun} list --all | length") == 1
    error = filled.error(f"{noun} revoke {plain(revoked['uu'])}")
    assert error.code == "stk::event::already_revoked"
    assert error.headline == f"{noun} {plain(revoked['uu'])} is already revoked"
    assert f"`{noun} list --all" in (error.help or "")


@BOTH
def test_all_of_a_table_are_revoked_or_none(filled: Shell, noun: str) -> None:
    filled.run(f'["a" "b"] | .append {noun} x | ignore')
    assert filled.error(f'({noun} list | get uu) ++ ["{UNKNOWN}"] | {noun} revoke').code.endswith(f"unknown_{noun}")
    assert filled.value(f"{noun} list | length") == 3
    assert filled.value(f"{noun} list --name x | {noun} revoke | get name") == ["x", "x"]
    assert filled.value(f"{noun} list | length") == 1


@BOTH
def test_types_are_their_own(shell: Shell, noun: str) -> None:
    assert shell.error(f"'x' | .append {noun} a --type TIMESHEET").headline == f"there is no {noun} type `TIMESHEET`"
    name = {"request": "TODO", "tag": "ADDRESS"}[noun]
    shell.run(f"'x' | .append {noun} a --type {name.lower()}; 'y' | .append {noun} b")
    assert shell.value(f"{noun} list --type {name} | get type_enum") == [name]
    assert shell.value(f"{noun} types | where is_default | get name") == [{"request": "NOTE", "tag": "NONE"}[noun]]


def test_a_request_is_processed_once_and_not_after_it_was_revoked(filled: Shell) -> None:
    assert filled.value("request list --open | get name") == ["follow-up"]
    done = record(filled.value("request process 01a2056a"))
    assert list(done) == ["uu", "name", "processed", "is_processed"]
    assert done["is_processed"] is True
    assert filled.value("request list --open") == []
    assert filled.value("request list | get is_processed") == [True]
    again = filled.error(f"request process {FOLLOW_UP}")
    assert (again.code, again.labels[0].text.split()[0]) == ("stk::event::already_processed", "processed")
    filled.run(f"request revoke {FOLLOW_UP}; 'x' | .append request late")
    assert filled.error(f"request process {FOLLOW_UP}").code == "stk::event::already_processed"
    filled.run("request list --name late | request revoke")
    assert filled.error("request list --all --name late | request process").code == "stk::event::already_revoked"


@BOTH
@pytest.mark.parametrize("flags", [f"--attach {UNKNOWN}", "--attach what", "--type NOSUCH", '--json "[1]"'])
def test_what_cannot_be_recorded_is_refused(shell: Shell, noun: str, flags: str) -> None:
    assert shell.error(f"'x' | .append {noun} a {flags}").labels
    assert shell.value(f"{noun} list") == []


# What is attached


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_anything_is_attached_to_anything(filled: Shell, noun: str) -> None:
    for uu in (MILESTONE, FOLLOW_UP, URGENT):
        filled.run(f"'x' | .append {noun} on --attach {uu}")
        assert filled.value(f"{{uu: '{uu}'}} | {noun}s name | get {noun}s.name") == ["on"]
    tables = filled.value(f"{noun} list --name on | get table_name_uu_json.table_name")
    assert tables == ["stk_tag", "stk_request", "stk_event"]


def test_each_row_gets_what_is_attached_to_it_newest_first(filled: Shell) -> None:
    filled.run(f"'a' | .append event one --attach {ORDER_ERROR}; 'b' | .append event two --attach {ORDER_ERROR}")
    rows = filled.value(f"event get {ORDER_ERROR} | events")
    assert list(record(rows))[-1] == "events"
    assert filled.value(f"event get {ORDER_ERROR} | events | get events.name") == ["two", "one"]
    assert filled.value("event list --name authentication | events | get 0.events") == []
    listed = filled.value("event list --name two | get 0 | columns")
    assert filled.value(f"event get {ORDER_ERROR} | events | get events | columns") == listed
    detailed = filled.value("event list --name two --detail | get 0 | columns")
    assert filled.value(f"event get {ORDER_ERROR} | events --detail | get events | columns") == detailed
    assert filled.value(f"event get {ORDER_ERROR} | events uu name | get events | columns") == ["uu", "name"]


def test_revoked_ones_are_shown_if_asked_for(filled: Shell) -> None:
    filled.run(f"tag revoke {URGENT}")
    row = f"{{uu: '{ORDER_ERROR}'}}"
    assert filled.value(f"{row} | tags | get tags") == []
    assert filled.value(f"{row} | tags --all | get tags.name") == ["urgent"]


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_a_thousand_rows_take_one_question(shell: Shell, noun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.run(f"1..1000 | each {{|n| {{n: $n}} }} | .append event row | ignore; .append {noun} warm-up")
    shell.run(
        f"event list --limit 5 | each {{|e| .append {noun} on --attach $e }} | ignore; {noun} list | {noun}s | ignore"
    )
    rows = shell.value("event list --name row --limit 1000")
    with counted_statements(monkeypatch) as statements:
        found = shell.value(f"$in | {noun}s name | get {noun}s | flatten | length", rows)
    assert found == 5 if noun != "event" else found == 5 - 1
    assert len(statements) == 1, statements


def test_rows_are_worked_on_as_they_are_asked_for(filled: Shell) -> None:
    assert filled.value("1..10000000 | each {|n| {uu: $n} } | events | first 2") == [
        {"uu": 1, "events": []},
        {"uu": 2, "events": []},
    ]


@pytest.mark.parametrize("command", ["events", "requests", "tags", "elaborate"])
def test_what_is_no_record_is_refused(shell: Shell, command: str) -> None:
    assert shell.error(f"[1 2] | {command}").code == "stk::run::only_supports_this_input_type"
    assert shell.error(f"'x' | {command}").labels
    assert shell.value(f"[] | {command}") == []


def test_a_column_that_there_is_not_is_named(shell: Shell) -> None:
    error = shell.error("event list | events nam")
    assert error.code == "stk::run::column_not_found"
    assert error.labels[0].text == "did you mean `name`?"


def test_a_cut_list_is_told_of_behind_these_commands_too(shell: Shell) -> None:
    shell.run("1..13 | each {|n| {n: $n} } | .append event note | ignore")
    for command in ("events", "elaborate", "tags name"):
        shell.run(f"event list | {command}")
        assert len(shell.output.notes) == 1
        shell.output.notes.clear()


# Elaborate


def test_each_uu_is_resolved_whatever_table_it_is_of(filled: Shell) -> None:
    row = record(filled.value(f"request get {FOLLOW_UP} | elaborate"))
    assert record(row["table_name_uu_json_resolved"]) == {
        "table_name": "stk_event",
        "uu": ORDER_ERROR,
        "name": "order-error",
        "description": None,
        "search_key": filled.value(f"event get {ORDER_ERROR} | get search_key"),
    }
    names = {name: record(value)["name"] for name, value in row.items() if name.endswith("_uu_resolved")}
    assert names == {
        "type_uu_resolved": "NOTE",
        "stk_entity_uu_resolved": "*",
        "created_by_uu_resolved": row["created_by"],
        "updated_by_uu_resolved": row["updated_by"],
    }


def test_a_resolved_record_can_have_all_its_columns_or_some(filled: Shell) -> None:
    whole = record(filled.value(f"{{a_uu: '{ORDER_ERROR}'}} | elaborate --detail | get a_uu_resolved"))
    own = record(filled.value(f"event get {ORDER_ERROR}"))
    shared = [name for name in whole if name in own]
    assert len(shared) == 18
    assert {name: whole[name] for name in shared} == {name: own[name] for name in shared}
    assert filled.value(f"{{a_uu: '{ORDER_ERROR}'}} | elaborate name created | get a_uu_resolved | columns") == [
        "name",
        "created",
    ]


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ("null", None),
        ('""', None),
        ('{table_name: "", uu: ""}', None),
        ("{}", None),
        (f"'{UNKNOWN}'", {"uu": UNKNOWN, "error": f"no record has the uu {UNKNOWN}"}),
        ("what", {"uu": "what", "error": "this is no uu"}),
        ("5", {"uu": 5, "error": "this is no uu"}),
    ],
)
def test_what_points_at_nothing_says_so(shell: Shell, value: str, resolved: Value) -> None:
    assert shell.value(f"{{a_uu: {value}, n: 1}} | elaborate") == {
        **record(shell.value(f"{{a_uu: {value}, n: 1}}")),
        "a_uu_resolved": resolved,
    }


def test_many_rows_take_a_question_for_each_table(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.run("1..990 | each {|n| {n: $n} } | .append event row | ignore; event list -d | elaborate | ignore")
    rows = filled.value("event list --limit 1000 --detail")
    with counted_statements(monkeypatch) as statements:
        assert filled.value("$in | elaborate | length", rows) == 993
    # Where they are; then types, entities and actors.
    assert len(statements) == 1 + 3, statements


PIECES = st.sampled_from(
    [None, ORDER_ERROR, ORDER_ERROR.upper(), ORDER_ERROR.replace("-", ""), LOGIN, UNKNOWN, "x", "", 5]
)
ROWS = st.lists(
    st.none()
    | st.fixed_dictionaries({"n": st.integers(0, 9)}, optional={"uu": PIECES, "type_uu": PIECES, "a_uu": PIECES})
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(ROWS)
@pytest.mark.parametrize("command", ["requests", "elaborate"])
def test_rows_and_their_order_stay(filled: Shell, command: str, rows: list[Value]) -> None:
    found = filled.value(f"$in | {command}", [*rows])
    assert isinstance(found, list)
    assert len(found) == len(rows)
    for row, kept in zip(rows, found, strict=True):
        if row is None:
            assert kept is None
            continue
        own = record(row)
        assert {name: record(kept)[name] for name in own} == own
        if command == "requests":
            is_theirs = str(own.get("uu")).replace("-", "").lower() == ORDER_ERROR.replace("-", "")
            assert len(record(kept)["requests"]) == int(is_theirs)  # type: ignore[arg-type]


# What chuck-stack's documents show


def test_the_one_liners_of_the_ecosystem(filled: Shell) -> None:
    assert filled.value("event list | elaborate | length") == 3
    error = filled.error("project list | events")
    assert (error.code, error.headline) == ("stk::parse::unknown_command", "`project` is not a command")
    assert "`event`, `request`, `tag`, `entity`, `actor`, `store`" in (error.help or "")


# Stores that lack them


def test_a_store_that_lacks_them_says_so(cluster: Cluster) -> None:
    with_events = TestDatabase(cluster, cluster.migrated())
    with_events.rows("drop view api.stk_request, api.stk_request_type, api.stk_tag, api.stk_tag_type")
    with_events.rows("drop function api.stk_attached(text, uuid[])")
    database_settings = Settings(dsn=with_events.dsn())
    shell = Shell(lambda: open_store(database_settings, None), database_settings)
    error = shell.error("request list")
    assert (error.code, error.headline) == ("stk::store::no_table", "this store has no requests")
    assert "store migrate" in (error.help or "")
    assert shell.error("'x' | .append tag a").headline == "this store has no tags"
    uu = plain(shell.value("'a' | .append event cause | get uu"))
    shell.run(f"'b' | .append event effect --attach {uu}")
    assert shell.value("event list --name cause | events name | get 0.events.name") == ["effect"]
    assert shell.value("event list --name effect | elaborate name | get 0.table_name_uu_json_resolved.name") == "cause"
    shell.session.close()


def test_a_table_of_another_make_may_lack_columns(cluster: Cluster) -> None:
    database = TestDatabase(cluster, cluster.migrated())
    database.rows("drop view api.stk_tag")
    database.rows(
        "create view api.stk_tag as select uu, table_name, created, created_by_uu, updated, updated_by_uu, revoked,"
        " is_revoked, table_name_uu_json, is_valid, type_uu, record_json, search_key, name, description"
        " from private.stk_tag"
    )
    database.rows(
        "alter view api.stk_tag owner to stk_superuser; grant select, insert, update on api.stk_tag to stk_api_role"
    )
    database_settings = Settings(dsn=database.dsn())
    shell = Shell(lambda: open_store(database_settings, None), database_settings)
    uu = plain(shell.value("'x' | .append tag a | get uu"))
    tag = record(shell.value(f"tag get {uu}"))
    assert (tag["name"], tag["entity"], tag["is_processed"], tag["created_by"]) == ("a", None, None, "stk_login")
    assert shell.value(f"tag revoke {uu} | get is_revoked") is True
    shell.session.close()


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_a_table_calls_its_rows_by_their_name(filled: Shell, noun: str) -> None:
    assert f"\n1 {noun} · hidden" in filled.table(f"{noun} list --limit 1")
    uu = filled.value(f"{noun} list | get 0.uu")
    listed = record(filled.value(f"{noun} list --detail | get 0"))
    assert listed == filled.value(f"{noun} get {plain(uu)}")


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_what_an_overview_says_runs(shell: Shell, noun: str) -> None:
    page = plain(shell.value(noun))
    lines = page.partition("Try these")[2].partition(":\n\n")[2].partition("\n\n")[0]
    shell.run("\n".join(line.strip() for line in lines.splitlines()))
    assert shell.output.shown
    named = [line.strip().split("  ")[0] for line in page.splitlines()[2:] if line.startswith("  ")]
    assert all(shell.session.commands.find(name) for name in named[:6])
