"""Each login sees and writes what its entities own, and nothing else, whatever it tries."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from stk_shell.store import migrations
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.store.isolation.by_sql import BY_SQL
from tests.store.isolation.by_stk import BY_STK
from tests.store.isolation.world import ENTITIES, MAINTAINER, OWN, ROLES, Command, World


@pytest.fixture(scope="module")
def world(cluster: Cluster) -> Iterator[World]:
    """Two entities, and those who try; each cell undoes what it has done."""
    world = World(TestDatabase(cluster, cluster.migrated()))
    yield world
    world.close()


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("command", BY_SQL, ids=lambda command: command.name)
def test_by_sql(world: World, command: Command, who: str, entity: str) -> None:
    assert command.run(world, who, entity) == command.expected(who, entity)


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("command", BY_STK, ids=lambda command: command.name)
def test_by_stk(world: World, command: Command, who: str, entity: str) -> None:
    assert command.run(world, who, entity) == command.expected(who, entity)


# Beyond the matrix


OF_THE_KEEPER = ("event_index", "event_index_range", "event_index_state")
"""What nobody reads but functions that look for the rule themselves."""


def test_every_table_is_under_the_rule_or_is_for_all(database: TestDatabase) -> None:
    open_to_all = database.rows(
        "select relname from pg_class where relnamespace = 'private'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity) order by 1"
    )
    assert [name for (name,) in open_to_all] == [
        *("enum_comment", *OF_THE_KEEPER, "stk_actor_type", "stk_block", "stk_entity_type", "stk_migration"),
        *("stk_request_type", "stk_setting", "stk_tag_type", "stk_trigger_mgt"),
    ]
    readers = database.rows(
        f"select t.name, r.rolname from unnest(array{[*OF_THE_KEEPER, 'stk_block']}) as t (name), pg_roles r"
        " where r.rolname in ('stk_api_role', 'stk_private_role', 'stk_auditor', 'stk_login')"
        " and has_table_privilege(r.rolname, 'private.' || t.name, 'select')"
    )
    assert set(readers) <= {("stk_block", "stk_auditor")}


def test_every_view_tells_a_login_without_an_actor_so(database: TestDatabase) -> None:
    silent = database.rows(
        "select v.relname from pg_class v where v.relnamespace = 'api'::regnamespace and v.relkind = 'v'"
        " and exists (select from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class t on t.oid = d.refobjid"
        " where r.ev_class = v.oid and t.relrowsecurity)"
        " and pg_get_viewdef(v.oid) not like '%stk_actor_uu()%'"
    )
    assert silent == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("set role stk_superuser", "42501"),
        ("set role stk_keeper", "42501"),
        ("set session authorization postgres", "42501"),
        ("set local row_security = off; select * from private.stk_event", "42501"),
        ("alter table private.stk_event disable row level security", "42501"),
        ("create policy mine on private.stk_event using (true)", "42501"),
        ("call private.stk_isolate('stk_event')", "42501"),
        ("select private.login_access_refresh(gen_random_uuid())", "42501"),
        (
            "insert into private.login_access select 'x', actor_uu, entity_uu, readable, writable from private.login_access",
            "42501",
        ),
        ("insert into private.stk_trigger_mgt (function_name_prefix) values (1)", "42501"),
        ("insert into private.stk_change_log (record_table) values ('x')", "42501"),
        ("update private.stk_setting set value = '1'", "42501"),
        ("truncate private.stk_event", "STK03"),
    ],
)
def test_the_role_of_maintenance_is_no_way_out(world: World, statement: str, code: str) -> None:
    with world.session(MAINTAINER) as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    assert caught.value.sqlstate == code


def test_what_others_may_see_is_not_shown_to_the_role_of_maintenance(world: World) -> None:
    with world.session(MAINTAINER) as connection:
        rows = connection.execute("select login, readable::text[] from private.login_access").fetchall()
    assert rows == [(world.logins[MAINTAINER], [world.entities[OWN]])]


def test_a_function_of_the_asker_sees_no_row_of_others(world: World) -> None:
    with world.session(MAINTAINER) as connection:
        connection.execute(
            "create function pg_temp.peek(uuid) returns boolean language plpgsql cost 0.0000001 as"
            " $$ begin raise notice '%', $1; return true; end $$"
        )
        heard: list[str] = []
        connection.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
        connection.execute("select from private.stk_event where pg_temp.peek(stk_entity_uu)")
    assert set(heard) == {world.entities[OWN]}


def test_who_and_when_cannot_be_forged_on_the_tables_either(world: World) -> None:
    with world.session(MAINTAINER) as connection:
        row = connection.execute(
            "insert into private.stk_event (name, created, created_by_uu)"
            " select 'x', '1999-01-01', a.uu from private.stk_actor a where a.name = 'stk_superuser'"
            " returning created = now(), created_by_uu = private.stk_actor_uu(), updated_by_uu = created_by_uu"
        ).fetchone()
    assert row == (True, True, True)


def test_what_a_login_may_see_follows_members_actors_and_entities(database: TestDatabase) -> None:
    login = database.login("ana")
    seen = "select count(*)::integer from api.stk_event"
    database.rows("insert into private.stk_event (name) values ('x')")

    def counts() -> object:
        try:
            return database.rows(seen, login, "stk_api_role")[0][0]
        except psycopg.Error as error:
            return error.sqlstate

    assert counts() == 0
    database.entity("*", login)
    assert counts() == 1
    database.rows("update private.stk_entity_member m set revoked = now() from private.stk_actor a"
                  " where a.uu = m.actor_uu and a.name = 'ana'")  # fmt: skip
    assert counts() == 0
    database.entity("*", login, can_write=False)
    assert counts() == 1
    database.rows("update private.stk_actor set psql_user = 'somebody' where name = 'ana'")
    assert counts() == "STK06"
    database.rows(f"update private.stk_actor set psql_user = '{login}' where name = 'ana'")
    assert counts() == 1
    database.rows("update private.stk_actor set revoked = now() where name = 'ana'")
    assert counts() == "STK06"


def test_in_a_revoked_entity_everything_can_be_read_and_nothing_written(database: TestDatabase) -> None:
    login = database.login("ana")
    uu = database.entity("old", login)
    event = database.rows("insert into api.stk_event (name) values ('x') returning uu", login, "stk_api_role")[0][0]
    database.rows("update private.stk_entity set revoked = now() where name = 'old'")
    assert database.rows("select uu from api.stk_event", login, "stk_api_role") == [(event,)]
    for statement, code in (
        ("insert into api.stk_event (name) values ('x')", "STK07"),
        (f"insert into api.stk_event (name, stk_entity_uu) values ('x', '{uu}')", "STK04"),
        ("update api.stk_event set revoked = now()", "STK04"),
    ):
        with pytest.raises(psycopg.Error) as caught:
            database.rows(statement, login, "stk_api_role")
        assert caught.value.sqlstate == code


def test_new_records_go_to_the_only_entity_or_to_the_one_for_everything(database: TestDatabase) -> None:
    login = database.login("ana")
    where = (
        "with new as (insert into api.stk_event (name) values ('x') returning stk_entity_uu)"
        " select n.name from new join api.stk_entity n on n.uu = new.stk_entity_uu"
    )
    database.entity("shop", login)
    assert database.rows(where, login, "stk_api_role") == [("shop",)]
    database.entity("*", login)
    assert database.rows(where, login, "stk_api_role") == [("*",)]
    database.rows("update private.stk_entity_member set can_write = false where stk_entity_uu in"
                  " (select uu from private.stk_entity where name = '*')")  # fmt: skip
    assert database.rows(where, login, "stk_api_role") == [("shop",)]
    database.entity("office", login)
    with pytest.raises(psycopg.Error) as caught:
        database.rows(where, login, "stk_api_role")
    assert (caught.value.sqlstate, "--entity" in (caught.value.diag.message_hint or "")) == ("STK07", True)


def test_a_default_type_of_an_entity_is_its_own(database: TestDatabase) -> None:
    logins = [database.login(name) for name in ("ana", "bob")]
    for login in logins:
        database.entity(f"of {login}", login)
    database.rows("insert into api.stk_event_type (name, is_default) values ('mine', true)", logins[0], "stk_api_role")
    kind = (
        "with new as (insert into api.stk_event (name) values ('x') returning type_uu)"
        " select t.name from new join api.stk_event_type t on t.uu = new.type_uu"
    )
    assert [database.rows(kind, login, "stk_api_role") for login in logins] == [[("mine",)], [("NONE",)]]


def test_a_shared_type_is_changed_by_administrators_alone(database: TestDatabase) -> None:
    change = "update api.stk_event_type set description = 'x' where name = 'ACTION'"
    with pytest.raises(psycopg.Error) as caught:
        database.rows(change, "stk_login", "stk_api_role")
    assert caught.value.sqlstate == "STK09"
    database.rows(change)


CREATES = (
    "update private.stk_setting set value = jsonb_build_object('create', n.uu) from private.stk_entity n"
    " where n.name = '*' and stk_setting.name = 'login_without_actor'"
)


@pytest.mark.parametrize(
    "first",
    [
        "select actor from api.stk_session_start()",
        "insert into api.stk_event (name) values ('x') returning name",
        "select name from api.stk_entity",
    ],
)
def test_a_login_gets_an_actor_if_the_store_is_set_so(database: TestDatabase, first: str) -> None:
    login = database.login("ana", actor=False)
    with pytest.raises(psycopg.Error) as caught:
        database.rows(first, login, "stk_api_role")
    assert (caught.value.sqlstate, login in (caught.value.diag.message_hint or "")) == ("STK06", True)
    database.rows(CREATES)
    assert len(database.rows(first, login, "stk_api_role")) == 1
    database.rows("insert into api.stk_event (name) values ('y')", login, "stk_api_role")
    who = "select a.name, a.created_by_uu = a.uu from api.stk_event e join api.stk_actor a on a.uu = e.created_by_uu"
    assert database.rows(f"{who} where e.name = 'y'", login, "stk_api_role") == [(login, True)]
    database.rows(f"update private.stk_actor set revoked = now() where psql_user = '{login}'")
    with pytest.raises(psycopg.Error) as caught:
        database.rows(first, login, "stk_api_role")
    assert caught.value.sqlstate == "STK06"


def test_sessions_that_come_at_once_get_one_actor(database: TestDatabase) -> None:
    login = database.login("ana", actor=False)
    database.rows(CREATES)
    threads = [
        threading.Thread(
            target=database.rows, args=("insert into api.stk_event (name) values ('x')", login, "stk_api_role")
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = "select count(*), count(distinct created_by_uu) from api.stk_event"
    assert database.rows(made, login, "stk_api_role") == [(8, 1)]


def test_administrators_at_once_do_not_undo_each_other(database: TestDatabase) -> None:
    login = database.login("ana")
    threads = [threading.Thread(target=database.entity, args=(f"e{number}", login)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.rows("select entities from api.stk_session_start()", login, "stk_api_role") == [(8,)]


def test_a_store_with_events_keeps_its_members_and_logins_when_it_gets_the_rule(cluster: Cluster) -> None:
    database = TestDatabase(cluster, cluster.empty())
    login = database.login("ana", "stk_private_role", actor=False)
    every = migrations.available()
    with database.connect() as connection:
        migrations.migrate(connection, [each for each in every if each.name < "0009"])
        connection.execute("insert into private.stk_actor (name, psql_user) values ('Bob', 'bob')")
        connection.execute("grant stk_api_role to " + login)
    database.rows("insert into api.stk_event (name) values ('known')", "stk_login", "stk_api_role")
    database.rows("insert into api.stk_event (name) values ('unknown')", login, "stk_api_role")
    database.rows("update api.stk_event set revoked = now() where name = 'known'", "stk_login", "stk_api_role")
    with database.connect() as connection:
        migrations.migrate(connection, every)
    seen = "select name from api.stk_event order by 1"
    for user in ("stk_login", login):
        assert database.rows(seen, user, "stk_api_role") == [("known",), ("unknown",)]
    changed = "select distinct operation from api.stk_change_log where record_table = 'stk_event' order by 1"
    assert database.rows(changed, "stk_login", "stk_api_role") == [("INSERT",), ("UPDATE",)]
    members = "select a.name from api.stk_entity_member m join api.stk_actor a on a.uu = m.actor_uu order by 1"
    assert database.rows(members, "stk_login", "stk_api_role") == [
        ("Bob",),
        (login,),
        ("stk_login",),
        ("stk_superuser",),
    ]


def test_no_unique_key_spans_entities(database: TestDatabase) -> None:
    spanning = database.rows(
        "select i.indexrelid::regclass::text from pg_index i join pg_class t on t.oid = i.indrelid"
        " join pg_attribute a on a.attrelid = t.oid and a.attname = 'stk_entity_uu'"
        " where t.relnamespace = 'private'::regnamespace and i.indisunique and not i.indisprimary"
        " and a.attnum <> all (i.indkey::int2[])"
    )
    assert spanning == []
