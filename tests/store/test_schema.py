"""The schema, on every PostgreSQL that we can get: what it holds, what it refuses, and who may do what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import psycopg
import pytest

from tests.fixtures.clusters import Cluster, TestDatabase

VERSIONS = [15, 16, 18]
EVERYBODY = [
    ("stk_login", "stk_api_role"),
    ("stk_login", "stk_private_role"),
    ("postgres", "stk_superuser"),
    ("postgres", None),
]
"""Login and role: clients, maintenance, the owner, and a superuser of the server."""


@pytest.fixture(params=VERSIONS)
def versioned(request: pytest.FixtureRequest, cluster_of: Callable[[int], Cluster]) -> TestDatabase:
    """A database with every migration, on each version in turn."""
    cluster = cluster_of(request.param)
    return TestDatabase(cluster, cluster.migrated())


def insert(database: TestDatabase, name: str = "note", **columns: object) -> str:
    """Record an event as a client does; gives its uu."""
    names = ", ".join(["name", *columns])
    places = ", ".join(["%s"] * (1 + len(columns)))
    with database.connect("stk_login", "stk_api_role") as connection:
        statement = f"insert into api.stk_event ({names}) values ({places}) returning uu::text"
        row = connection.execute(statement.encode(), (name, *columns.values())).fetchone()
    assert row is not None
    return str(row[0])


def refused(database: TestDatabase, statement: str, user: str, role: str | None) -> str | None:
    """The SQLSTATE with which the database refuses a statement."""
    with database.connect(user, role) as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return caught.value.sqlstate


def test_an_event_needs_only_a_name_and_gets_the_rest(versioned: TestDatabase) -> None:
    uu = insert(versioned)
    with versioned.connect("stk_login", "stk_api_role") as connection:
        cursor = connection.execute("select * from api.stk_event")
        names = [column.name for column in cursor.description or ()]
        event = dict(zip(names, cursor.fetchall()[0], strict=True))
        actor = connection.execute("select uu from api.stk_actor where name = 'stk_login'").fetchone()
        entity = connection.execute("select uu from api.stk_entity where name = '*'").fetchone()
        type_ = connection.execute("select uu from api.stk_event_type where is_default").fetchone()
    assert names == [
        *("uu", "table_name", "stk_entity_uu", "created", "created_by_uu", "updated", "updated_by_uu", "revoked"),
        *("is_revoked", "table_name_uu_json", "is_valid", "type_uu", "record_json", "processed", "is_processed"),
        *("search_key", "name", "description"),
    ]
    assert (str(event["uu"]), event["table_name"], event["name"]) == (uu, "stk_event", "note")
    assert (event["created_by_uu"],) == (event["updated_by_uu"],) == actor
    assert (event["stk_entity_uu"],) == entity
    assert (event["type_uu"],) == type_
    assert event["created"] == event["updated"]
    assert (event["revoked"], event["is_revoked"], event["processed"], event["is_processed"]) == (
        None,
        False,
        None,
        False,
    )
    assert (event["record_json"], event["table_name_uu_json"]) == ({}, {"table_name": "", "uu": ""})


def test_uus_are_of_version_7_and_in_order(versioned: TestDatabase) -> None:
    uus = [insert(versioned) for _ in range(20)]
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uu) for uu in uus)
    assert sorted(uus) == uus


@pytest.mark.parametrize(("user", "role"), EVERYBODY)
@pytest.mark.parametrize(
    "change",
    [
        *("name = 'other'", "record_json = '{\"a\": 1}'", "description = 'x'", "created = now() - interval '1 day'"),
        *(
            "search_key = 'x'",
            "is_valid = false",
            "created_by_uu = gen_random_uuid()",
            "stk_entity_uu = gen_random_uuid()",
        ),
        *("type_uu = gen_random_uuid()", "uu = gen_random_uuid()", "name = name", "revoked = now(), name = 'x'"),
        *("table_name_uu_json = '{}'", "updated = now()"),
    ],
)
def test_nothing_about_an_event_can_be_changed(
    database: TestDatabase, user: str, role: str | None, change: str
) -> None:
    insert(database)
    view = "private.stk_event" if role == "stk_private_role" else "api.stk_event"
    assert refused(database, f"update {view} set {change}", user, role) == "STK02"


@pytest.mark.parametrize(("user", "role"), EVERYBODY)
def test_nothing_is_ever_deleted(versioned: TestDatabase, user: str, role: str | None) -> None:
    insert(versioned)
    if role != "stk_private_role":
        assert refused(versioned, "delete from api.stk_event", user, role) == "STK03"
    if role != "stk_api_role":
        assert refused(versioned, "delete from private.stk_event", user, role) == "STK03"
        assert refused(versioned, "truncate private.stk_event", user, role) == "STK03"
        assert refused(versioned, "truncate private.stk_event cascade", user, role) == "STK03"
        assert refused(versioned, "delete from private.stk_change_log where false", user, role) == "STK03"


def test_an_event_is_revoked_once_and_with_the_servers_time(versioned: TestDatabase) -> None:
    uu = insert(versioned)
    revoke = (
        "update api.stk_event set revoked = '1999-01-01' returning revoked > now() - interval '1 minute', is_revoked"
    )
    assert versioned.rows(revoke, "stk_login", "stk_api_role") == [(True, True)]
    assert refused(versioned, "update api.stk_event set revoked = now()", "stk_login", "stk_api_role") == "STK01"
    assert refused(versioned, "update api.stk_event set revoked = null", "postgres", None) == "STK01"
    assert refused(versioned, "update api.stk_event set processed = now()", "postgres", None) == "STK01"
    changes = versioned.rows(
        f"select column_name, new_value is not null, operation from api.stk_change_log"
        f" where record_uu = '{uu}' and operation = 'UPDATE' order by 1"
    )
    assert [change[0] for change in changes] == ["is_revoked", "revoked", "updated"]


def test_an_event_is_processed_once(versioned: TestDatabase) -> None:
    insert(versioned)
    assert versioned.rows(
        "update api.stk_event set processed = now() returning is_processed", "stk_login", "stk_api_role"
    ) == [(True,)]
    assert (
        refused(versioned, "update api.stk_event set processed = now() + interval '1s'", "stk_login", "stk_api_role")
        == "STK02"
    )
    assert refused(versioned, "update api.stk_event set processed = null", "stk_login", "stk_api_role") == "STK02"


@pytest.mark.parametrize("column", ["created", "created_by_uu", "updated", "revoked", "processed"])
def test_who_and_when_cannot_be_inserted_by_a_client(database: TestDatabase, column: str) -> None:
    value = "gen_random_uuid()" if column.endswith("_uu") else "now()"
    statement = f"insert into api.stk_event (name, {column}) values ('x', {value})"
    assert refused(database, statement, "stk_login", "stk_api_role") == "42501"


@pytest.mark.parametrize(
    "statement", ["select * from private.stk_event", "insert into private.stk_event (name) values ('x')"]
)
def test_a_client_has_no_rights_on_private(database: TestDatabase, statement: str) -> None:
    assert refused(database, statement, "stk_login", "stk_api_role") == "42501"


def test_the_login_has_no_rights_of_its_own(database: TestDatabase) -> None:
    assert refused(database, "select * from api.stk_event", "stk_login", None) == "42501"


@pytest.mark.parametrize("column", ["type_uu", "stk_entity_uu"])
def test_an_event_refers_to_what_there_is(versioned: TestDatabase, column: str) -> None:
    statement = f"insert into api.stk_event (name, {column}) values ('x', gen_random_uuid())"
    assert refused(versioned, statement, "stk_login", "stk_api_role") == "STK04"
    assert versioned.rows("select count(*) from private.stk_event") == [(0,)]


def test_a_revoked_type_is_no_longer_given(versioned: TestDatabase) -> None:
    versioned.rows("update private.stk_event_type set revoked = now() where name = 'ACTION'")
    uu = versioned.rows("select uu from private.stk_event_type where name = 'ACTION'")[0][0]
    statement = f"insert into api.stk_event (name, type_uu) values ('x', '{uu}')"
    assert refused(versioned, statement, "stk_login", "stk_api_role") == "STK04"
    assert (
        refused(versioned, "update private.stk_event_type set name = 'x' where name = 'ACTION'", "postgres", None)
        == "STK01"
    )


def test_the_default_type_is_whichever_record_is_marked(versioned: TestDatabase) -> None:
    versioned.rows("update private.stk_event_type set is_default = false where is_default")
    assert refused(versioned, "insert into api.stk_event (name) values ('x')", "stk_login", "stk_api_role") == "STK05"
    versioned.rows("update private.stk_event_type set is_default = true where name = 'ACTION'")
    insert(versioned)
    assert versioned.rows("select t.name from api.stk_event e join api.stk_event_type t on t.uu = e.type_uu") == [
        ("ACTION",)
    ]


def test_the_session_names_the_entity_of_new_events(versioned: TestDatabase) -> None:
    uu = versioned.entity("acme", "stk_login")
    with versioned.connect("stk_login", "stk_api_role") as connection:
        connection.execute("select set_config('stk.session', %s, false)", (json.dumps({"stk_entity_uu": uu}),))
        connection.execute("insert into api.stk_event (name) values ('mine')")
        connection.execute("select set_config('stk.session', '{\"psql_user\": \"x\"}', false)")
        connection.execute("insert into api.stk_event (name) values ('theirs')")
    owners = "select e.name, n.name from api.stk_event e join api.stk_entity n on n.uu = e.stk_entity_uu order by e.uu"
    assert versioned.rows(owners) == [("mine", "acme"), ("theirs", "*")]


def test_what_an_administrator_without_an_actor_does_is_the_owners(versioned: TestDatabase) -> None:
    versioned.rows("insert into private.stk_event (name) values ('x')")
    who = "select a.name from private.stk_event e join private.stk_actor a on a.uu = e.created_by_uu"
    assert versioned.rows(who) == [("stk_superuser",)]


def test_a_change_is_one_row_in_the_log_and_shown_by_column(versioned: TestDatabase) -> None:
    versioned.rows(
        "update private.stk_event_type set description = 'changed', search_key = 'act' where name = 'ACTION'"
    )
    assert versioned.rows("select count(*) from private.stk_change_log where operation = 'UPDATE'") == [(1,)]
    shown = versioned.rows(
        "select column_name, old_value, new_value, record_json ->> 'table', count(*) over (partition by batch_id)"
        " from api.stk_change_log where operation = 'UPDATE' and column_name in ('description', 'search_key') order by 1"
    )
    assert shown == [
        ("description", "Something done or to be done.", "changed", "stk_event_type", 2),
        ("search_key", "ACTION", "act", "stk_event_type", 2),
    ]


def test_the_insert_of_an_event_is_in_the_log_as_it_was(versioned: TestDatabase) -> None:
    uu = insert(versioned, "note", record_json='{"a": 1}')
    versioned.rows("update api.stk_event set revoked = now()", "stk_login", "stk_api_role")
    changes = f"select column_name, new_value from api.stk_change_log where record_uu = '{uu}' and operation = 'INSERT'"
    shown = {str(name): value for name, value in versioned.rows(changes)}
    assert (shown["name"], shown["record_json"], shown["revoked"], shown["is_revoked"]) == (
        "note",
        {"a": 1},
        None,
        False,
    )
    assert shown["updated"] == shown["created"]
    assert len(shown) == 18


def test_the_change_log_cannot_be_changed(versioned: TestDatabase) -> None:
    versioned.rows("update private.stk_event_type set description = 'x' where name = 'ACTION'")
    assert refused(versioned, "update private.stk_change_log set operation = 'x'", "postgres", None) == "STK02"


def test_the_creator_of_a_record_stays(versioned: TestDatabase) -> None:
    before = versioned.rows("select created, created_by_uu from private.stk_event_type where name = 'ACTION'")
    versioned.rows(
        "update private.stk_event_type set created = '1999-01-01', created_by_uu = gen_random_uuid() where name = 'ACTION'"
    )
    assert versioned.rows("select created, created_by_uu from private.stk_event_type where name = 'ACTION'") == before
    assert refused(versioned, "update private.stk_event_type set uu = gen_random_uuid()", "postgres", None) == "STK02"


def test_any_record_is_found_by_its_uu(versioned: TestDatabase) -> None:
    uu = insert(versioned)
    ask = f"select api.get_table_name_uu_json('{uu}')"
    assert versioned.rows(ask, "stk_login", "stk_api_role") == [({"table_name": "stk_event", "uu": uu},)]
    entity = versioned.rows("select uu from api.stk_entity")[0][0]
    assert versioned.rows(f"select api.get_table_name_uu_json('{entity}')")[0][0] == {
        "table_name": "stk_entity",
        "uu": str(entity),
    }
    (answer,) = versioned.rows(
        "select api.get_table_name_uu_json(gen_random_uuid()) ? 'error'", "stk_login", "stk_api_role"
    )
    assert answer == (True,)


def test_the_enums_are_explained(versioned: TestDatabase) -> None:
    shown = versioned.rows(
        "select enum_value, is_default, comment is not null from api.enum_value where enum_name = 'stk_event_type_enum'",
        "stk_login",
        "stk_api_role",
    )
    assert shown == [("NONE", True, True), ("ACTION", False, True), ("TIMESHEET", False, True)]


def test_triggers_are_made_where_they_are_missing_and_only_there(versioned: TestDatabase) -> None:
    assert versioned.rows("select private.stk_trigger_create()") == [(0,)]
    versioned.rows("drop trigger t10110_stk_created_updated on private.stk_event")
    assert versioned.rows("select private.stk_trigger_create()") == [(1,)]


def test_the_known_triggers_are_on_the_events(versioned: TestDatabase) -> None:
    found = versioned.rows(
        "select tgname::text from pg_trigger where tgrelid = 'private.stk_event'::regclass and not tgisinternal"
    )
    known = {"t10100_stk_change_log", "t10110_stk_created_updated", "t10120_stk_entity", "t10140_stk_type_default"}
    assert known <= {str(row[0]) for row in found}


UNCOMMENTED = """
  with ours as (select oid from pg_namespace where nspname in ('private', 'api'))
  select 'schema ' || nspname from pg_namespace where oid in (select oid from ours) and obj_description(oid, 'pg_namespace') is null
  union all select 'relation ' || relname from pg_class
    where relnamespace in (select oid from ours) and relkind in ('r', 'v', 'p', 'i') and obj_description(oid, 'pg_class') is null
    and not exists (select from pg_constraint k where k.conindid = pg_class.oid and k.contype = 'p')
  union all select 'column ' || c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace in (select oid from ours) and c.relkind in ('r', 'v', 'p') and a.attnum > 0 and not a.attisdropped
    and col_description(c.oid, a.attnum) is null
  union all select 'function ' || proname from pg_proc
    where pronamespace in (select oid from ours) and obj_description(oid, 'pg_proc') is null
  union all select 'type ' || typname from pg_type
    where typnamespace in (select oid from ours) and typtype = 'e' and obj_description(oid, 'pg_type') is null
  union all select 'trigger ' || tgname from pg_trigger where not tgisinternal and obj_description(oid, 'pg_trigger') is null
  union all select 'constraint ' || conname from pg_constraint
    where connamespace in (select oid from ours) and contype in ('f', 'c') and obj_description(oid, 'pg_constraint') is null
  union all select 'role ' || rolname from pg_roles where rolname like 'stk\\_%' and shobj_description(oid, 'pg_authid') is null
"""


def test_every_object_has_a_comment(versioned: TestDatabase) -> None:
    assert versioned.rows(UNCOMMENTED) == []


def test_every_function_fixes_its_search_path_or_is_bound_when_it_is_made(versioned: TestDatabase) -> None:
    loose = versioned.rows(
        "select proname from pg_proc where pronamespace in ('private'::regnamespace, 'api'::regnamespace)"
        " and prosqlbody is null and not coalesce(proconfig::text like '%search_path=%', false)"
    )
    assert loose == []


def test_everything_belongs_to_the_owner_of_the_store(versioned: TestDatabase) -> None:
    strangers = versioned.rows(
        "select relname from pg_class where relnamespace in ('private'::regnamespace, 'api'::regnamespace)"
        " and relowner <> 'stk_superuser'::regrole"
        " union all select proname from pg_proc where pronamespace in ('private'::regnamespace, 'api'::regnamespace)"
        " and proowner <> 'stk_superuser'::regrole and not (proowner = 'stk_keeper'::regrole and prosecdef)"
    )
    assert strangers == []


@pytest.mark.parametrize("order", ["", " and name = 'x' and stk_entity_uu = (select uu from api.stk_entity)"])
@pytest.mark.not_for("partitioned")
def test_the_newest_events_come_from_an_index_in_their_order(database: TestDatabase, order: str) -> None:
    database.rows(
        "insert into private.stk_event (name, created, created_by_uu, type_uu, stk_entity_uu)"
        " select 'n' || i % 50, now() - i * interval '1 second', private.stk_actor_uu(), t.uu, private.stk_entity_uu()"
        " from generate_series(1, 20000) i, private.stk_event_type t where t.is_default"
    )
    database.rows("analyze private.stk_event")
    plan = database.rows(
        f"explain select * from api.stk_event where not is_revoked{order} order by created desc, uu desc limit 10"
    )
    text = "\n".join(str(row[0]) for row in plan)
    assert "Index Scan" in text
    assert "Sort" not in text
