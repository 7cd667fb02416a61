"""Who may do what in the database without being asked: everybody next to nothing, and nobody by a trick."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.fixtures.clusters import Cluster, TestDatabase
from tests.store.test_schema import VERSIONS

OURS = "('private'::regnamespace, 'api'::regnamespace)"

OPEN = [
    "private.stk_actor_uu()",
    "private.stk_entities_readable()",
    "private.stk_entities_writable()",
    "private.stk_entity_refused(uuid)",
    "private.stk_is_administrator()",
]
"""What policies call as whoever asks. Without a right on the schema, nobody can call them by name."""


@pytest.fixture(params=VERSIONS)
def versioned(request: pytest.FixtureRequest, cluster_of: Callable[[int], Cluster]) -> TestDatabase:
    """A database with every migration, on each version in turn."""
    cluster = cluster_of(request.param)
    return TestDatabase(cluster, cluster.migrated())


def test_everybody_may_call_what_policies_call_and_nothing_else(versioned: TestDatabase) -> None:
    found = versioned.rows(
        f"select oid::regprocedure::text from pg_proc where pronamespace in {OURS}"
        " and has_function_privilege('public', oid, 'execute') order by 1"
    )
    assert found == [(name,) for name in OPEN]


def test_everybody_sees_no_table_and_no_schema(versioned: TestDatabase) -> None:
    relations = versioned.rows(
        f"select relname::text from pg_class, aclexplode(relacl) a where relnamespace in {OURS} and a.grantee = 0"
    )
    columns = versioned.rows(
        f"select attname::text from pg_attribute join pg_class c on c.oid = attrelid, aclexplode(attacl) a"
        f" where c.relnamespace in {OURS} and a.grantee = 0"
    )
    schemas = versioned.rows(
        f"select nspname::text from pg_namespace, aclexplode(nspacl) a where oid in {OURS} and a.grantee = 0"
    )
    assert (relations, columns, schemas) == ([], [], [])


def test_clients_have_no_right_on_anything_of_the_private_schema(versioned: TestDatabase) -> None:
    found = versioned.rows(
        "select relname::text from pg_class where relnamespace = 'private'::regnamespace and relkind in ('r', 'v', 'p', 'm')"
        " and (has_table_privilege('stk_api_role', oid, 'select, insert, update, delete, truncate, references, trigger')"
        " or has_any_column_privilege('stk_api_role', oid, 'select, insert, update, references'))"
    )
    assert found == []
    assert versioned.rows("select has_schema_privilege('stk_api_role', 'private', 'usage, create')") == [(False,)]
    assert versioned.rows("select has_schema_privilege('stk_api_role', 'api', 'create')") == [(False,)]


def test_every_function_looks_for_names_where_nobody_else_can_make_any(versioned: TestDatabase) -> None:
    loose = versioned.rows(
        f"select oid::regprocedure::text, proconfig::text from pg_proc where pronamespace in {OURS}"
        " and prosqlbody is null and 'search_path=pg_catalog, pg_temp' <> all (coalesce(proconfig, '{}'))"
    )
    assert loose == []


@pytest.mark.parametrize("owner", ["stk_superuser", "stk_keeper"])
def test_a_new_function_is_for_nobody_but_its_owner(versioned: TestDatabase, owner: str) -> None:
    with versioned.connect() as connection:
        connection.execute(f"set role {owner}".encode())
        connection.execute("create function private.made() returns integer language sql return 1")
    assert versioned.rows("select has_function_privilege('public', 'private.made()', 'execute')") == [(False,)]


TRAP = """
create function pg_temp.trap(value anyelement) returns boolean language plpgsql as
  $$ begin raise exception 'this runs as %', current_user; end $$;
create domain pg_temp.{type} as pg_catalog.{type} check (pg_temp.trap(value));
"""
"""What a session can make for itself: a type with the name of one of PostgreSQL's, and code that goes with it."""


@pytest.mark.parametrize("type_", ["uuid", "text", "jsonb", "timestamptz", "int4", "bool"])
def test_a_type_of_the_sessions_own_is_not_taken_for_that_of_the_server(versioned: TestDatabase, type_: str) -> None:
    with versioned.connect("stk_login", "stk_api_role") as connection:
        connection.execute(TRAP.format(type=type_).encode())
        (uu,) = connection.execute("insert into api.stk_event (name) values ('x') returning uu").fetchone() or (None,)
        connection.execute("select api.get_table_name_uu_json(%s)", (uu,))
        connection.execute("select * from api.stk_session_start()")
        connection.execute("update api.stk_event set revoked = pg_catalog.now()")
        with pytest.raises(psycopg.errors.DatabaseError) as caught:
            connection.execute("update api.stk_event set revoked = pg_catalog.now()")
        assert caught.value.sqlstate == "STK01"


def test_a_client_cannot_become_what_owns_the_store(versioned: TestDatabase) -> None:
    for role in ("stk_superuser", "stk_keeper", "postgres"):
        with versioned.connect("stk_login") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"set role {role}".encode())
