"""What new events have in common is looked up once a statement, and cannot be chosen by who sets the session."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.fixtures.clusters import Cluster, TestDatabase
from tests.store.test_schema import VERSIONS

ROW = "select created_by_uu, stk_entity_uu, type_uu from private.stk_event"


@pytest.fixture(params=VERSIONS)
def versioned(request: pytest.FixtureRequest, cluster_of: Callable[[int], Cluster]) -> TestDatabase:
    """A database with every migration, on each version in turn."""
    cluster = cluster_of(request.param)
    return TestDatabase(cluster, cluster.migrated())


def recorded(
    database: TestDatabase, statement: str, login: str = "stk_login", role: str | None = "stk_api_role"
) -> str:
    """What becomes of a statement: the code of the error, or nothing."""
    with database.connect(login, role) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.Error as error:
            return error.sqlstate or ""
    return ""


def test_events_recorded_in_any_way_get_the_same(versioned: TestDatabase) -> None:
    for login, role in (("stk_login", "stk_api_role"), ("stk_login", "stk_private_role")):
        view = "api.stk_event" if role == "stk_api_role" else "private.stk_event"
        assert recorded(versioned, f"insert into {view} (name) values ('x')", login, role) == ""
        assert (
            recorded(versioned, f"insert into {view} (name) select 'x' from generate_series(1, 3)", login, role) == ""
        )
        given = "(name, type_uu, stk_entity_uu)"
        assert recorded(versioned, f"insert into {view} {given} values ('x', null, null)", login, role) == ""
    assert len(versioned.rows(f"{ROW} group by 1, 2, 3")) == 1
    assert versioned.rows("select count(*) from private.stk_event where created = updated") == [(10,)]


def test_nobody_records_as_somebody_else_by_a_setting(versioned: TestDatabase) -> None:
    (owner,) = versioned.rows("select uu::text from private.stk_actor where name = 'stk_superuser'")[0]
    for statement in (
        f"set stk.new_actor = '{owner}'; insert into api.stk_event (name) values ('x')",
        f"insert into api.stk_event (name) values (set_config('stk.new_actor', '{owner}', true))",
        f"insert into api.stk_event (name) select set_config('stk.new_actor', '{owner}', true) from generate_series(1, 9)",
        f"insert into api.stk_event (name) select set_config('stk.new_actor', '{owner}', false) from generate_series(1, 9)",
    ):
        assert recorded(versioned, statement) in ("", "STK24")
    assert recorded(versioned, statement) == "STK24"
    assert (
        versioned.rows(
            "select 1 from private.stk_event e join private.stk_actor a on a.uu = e.created_by_uu"
            " where a.name = 'stk_superuser'"
        )
        == []
    )


@pytest.mark.parametrize("setting", ["new_entity", "new_type"])
def test_no_entity_or_type_is_had_by_a_setting(versioned: TestDatabase, setting: str) -> None:
    landlord = versioned.login("landlord")
    entity = versioned.entity("theirs", landlord)
    (type_,) = versioned.rows(
        f"insert into private.stk_event_type (name, stk_entity_uu) values ('theirs', '{entity}') returning uu::text"
    )[0]
    value = entity if setting == "new_entity" else type_
    statement = f"insert into api.stk_event (name) select set_config('stk.{setting}', '{value}', true) from generate_series(1, 3)"
    assert recorded(versioned, statement) == "STK04"
    assert versioned.rows("select count(*) from private.stk_event") == [(0,)]


def test_what_a_setting_is_after_a_statement_is_of_no_matter(versioned: TestDatabase) -> None:
    for name in ("new_actor", "new_entity", "new_type"):
        assert recorded(versioned, f"set stk.{name} = 'nonsense'; insert into api.stk_event (name) values ('x')") == ""


def test_a_type_of_the_entitys_own_is_the_default_of_its_events_alone(versioned: TestDatabase) -> None:
    entity = versioned.entity("acme", "stk_login")
    versioned.rows(
        f"insert into private.stk_event_type (name, stk_entity_uu, is_default) values ('ours', '{entity}', true)"
    )
    assert recorded(versioned, f"insert into api.stk_event (name, stk_entity_uu) values ('x', '{entity}')") == ""
    assert recorded(versioned, "insert into api.stk_event (name) values ('y')") == ""
    rows = versioned.rows(
        "select e.name, t.name from private.stk_event e join private.stk_event_type t on t.uu = e.type_uu"
    )
    assert sorted(rows) == [("x", "ours"), ("y", "NONE")]


def test_a_load_by_a_superuser_gets_what_events_need(versioned: TestDatabase) -> None:
    load = "copy private.stk_event (name, record_json) from stdin"
    with versioned.connect("postgres", None) as connection, connection.cursor().copy(load) as copy:
        for number in range(1000):
            copy.write_row((f"name-{number % 3}", f'{{"n": {number}}}'))
    assert versioned.rows(
        "select count(distinct search_key), count(distinct created_by_uu) from private.stk_event"
    ) == [(1000, 1)]


def test_new_events_go_to_the_right_end_of_the_indexes(versioned: TestDatabase) -> None:
    descending = versioned.rows(
        "select indexname from pg_indexes where tablename = 'stk_event' and indexdef ilike '%created desc%'"
    )
    assert descending == []
