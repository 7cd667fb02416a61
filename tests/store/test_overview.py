"""What there is in a store to be named."""

from __future__ import annotations

import pytest

from stk_shell.model.nouns import EVENTS, REQUESTS, TAGS
from stk_shell.model.overview import Overview, SeenField
from stk_shell.store import overview
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell


def seen(shell: Shell) -> Overview:
    """What there is now."""
    return shell.session.store.overview()


def field(found: Overview, path: str) -> SeenField:
    """The field of that path."""
    return next(each for each in found.fields if ".".join(each.path) == path)


def test_an_empty_store_has_types_and_entities(shell: Shell) -> None:
    found = seen(shell)
    assert (found.names, found.events, found.fields) == ((), (), ())
    assert [each.name for each in found.types] == ["NONE", "ACTION", "TIMESHEET"]
    assert [each.name for each in found.entities] == ["*"]
    assert [each.name for each in found.actors] == ["stk_login", "stk_superuser", "unknown"]


def test_each_name_comes_once_and_that_of_the_newest_event_first(shell: Shell) -> None:
    for name in ("b", "a", "b", "c", "a"):
        shell.run(f".append event {name}")
    found = seen(shell)
    assert [each.name for each in found.names] == ["a", "c", "b"]
    assert [each.name for each in found.events] == ["a", "c", "b", "a", "b"]
    assert found.events[0].created == found.names[0].created


def test_a_name_is_no_longer_there_once_all_its_events_are_revoked(shell: Shell) -> None:
    for name in ("gone", "kept", "kept"):
        shell.run(f".append event {name}")
    shell.run("event list --name gone | event revoke; event list --name kept --limit 1 | event revoke")
    found = seen(shell)
    assert [each.name for each in found.names] == ["kept"]
    assert found.names[0].created == found.events[1].created


def test_an_event_tells_whether_it_is_revoked(shell: Shell) -> None:
    shell.run(".append event a | event revoke")
    assert [each.is_revoked for each in seen(shell).events] == [True]


def test_the_fields_are_those_really_recorded_at_every_depth(shell: Shell) -> None:
    shell.run('{user: {name: Ana, id: 7}, tags: [{key: k}], text: "Login failed"} | .append event login')
    shell.run("{order: {lines: [{sku: A1, count: 2}]}} | .append event order")
    found = seen(shell)
    assert {".".join(each.path) for each in found.fields} == {
        *("user", "user.name", "user.id", "tags", "tags.key", "text"),
        *("order", "order.lines", "order.lines.sku", "order.lines.count"),
    }
    assert field(found, "user.id") == SeenField(("user", "id"), "number", "7")
    assert field(found, "text").example == "Login failed"


def test_a_field_that_some_events_lack_is_told_apart(shell: Shell) -> None:
    shell.run("{text: a, user: {id: 7, name: Ana}} | .append event login")
    shell.run("{text: b, user: {id: 8}} | .append event login")
    shell.run("{text: c, items: [{sku: A1}]} | .append event order")
    found = {".".join(each.path): each.everywhere for each in seen(shell).fields}
    assert found == {
        "text": True,
        "user": False,
        "user.id": True,
        "user.name": False,
        "items": False,
        "items.sku": True,
    }


def test_what_is_too_large_or_too_deep_is_not_looked_into(shell: Shell) -> None:
    shell.run("{big: (random chars --length 50000)} | .append event a")
    shell.run("{a: {b: {c: {d: {e: {f: 1}}}}}} | .append event b")
    paths = {".".join(each.path) for each in seen(shell).fields}
    assert "big" not in paths
    assert "a.b.c.d.e" in paths
    assert "a.b.c.d.e.f" not in paths


def test_what_takes_too_long_is_left_out(shell: Shell, database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.run(".append event a")
    monkeypatch.setattr(overview, "SECONDS", 0.1)
    with database.connect() as blocker, blocker.transaction():
        blocker.execute("lock table private.stk_event in access exclusive mode")
        found = seen(shell)
    assert found.events == ()
    assert [each.name for each in found.types] == ["NONE", "ACTION", "TIMESHEET"]


def test_no_statement_reads_all_events(shell: Shell, database: TestDatabase) -> None:
    with database.connect() as connection:
        connection.execute("set role stk_api_role")
        connection.execute("insert into api.stk_event (name, record_json) values ('rare', '{\"once\": true}')")
        connection.execute(
            "insert into api.stk_event (name, record_json)"
            " select 'name-' || n % 7, jsonb_build_object('n', n) from generate_series(1, 20000) as n"
        )
    with database.connect() as connection:
        connection.execute("vacuum analyze private.stk_event")
        # What this has read counts before what the overview reads.
        connection.execute("select pg_stat_force_next_flush()")
        connection.execute("select pg_stat_reset()")
    found = seen(shell)
    assert len(found.names) == 8
    assert field(found, "once").kind == "boolean"
    with database.connect() as connection:
        connection.execute("select pg_stat_force_next_flush()")
    statement = "select seq_tup_read, idx_tup_fetch from pg_stat_user_tables where relname = 'stk_event'"
    ((read, fetched),) = database.rows(statement)
    assert read == 0
    assert isinstance(fetched, int)
    assert fetched < 1000


def test_requests_and_tags_are_there_too(shell: Shell) -> None:
    shell.run("['a' 'b'] | .append request r | ignore; .append tag t; .append tag gone | tag revoke | ignore")
    found = seen(shell)
    requests, tags = found.kind(REQUESTS), found.kind(TAGS)
    assert [each.name for each in requests.names] == ["r"]
    assert len(requests.records) == 2
    assert requests.types[0].name == "NOTE"
    assert [each.name for each in tags.names] == ["t"]
    assert {each.name: each.is_revoked for each in tags.records} == {"t": False, "gone": True}
    assert [each.name for each in found.enums] == ["NONE", "ACTION", "TIMESHEET"]
    assert (found.kind(EVENTS).names, found.names) == ((), ())


def test_a_store_without_requests_has_the_rest(shell: Shell, database: TestDatabase) -> None:
    shell.run(".append event a")
    database.rows("drop view api.stk_request, api.stk_request_type, api.stk_tag, api.stk_tag_type")
    found = seen(shell)
    assert [each.name for each in found.names] == ["a"]
    assert found.kind(TAGS).types == ()
