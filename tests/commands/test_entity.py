"""Entities, actors and members, by the commands for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stk_shell.model.settings import Settings
from stk_shell.store import claims, open_store
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.sign import Sign
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import OwnPlace, Shell


@pytest.fixture
def owned(database: TestDatabase) -> Iterator[Shell]:
    """A session whose store has an owner who can be had, as an embedded one."""
    made = Shell(lambda: PostgresStore(OwnPlace(database), Sign(None)), Settings())
    yield made
    made.session.close()


def test_a_new_entity_is_used_and_its_events_belong_to_it(owned: Shell) -> None:
    assert owned.value("entity new shop --type TRX --parent '*' | select name type parent members can_write") == {
        "name": "shop",
        "type": "TRX",
        "parent": "*",
        "members": 1,
        "can_write": True,
    }
    owned.run(".append event before")
    assert owned.value("entity use shop | get name") == "shop"
    assert owned.session.store.link().entity == "shop"
    owned.run(".append event after; [a b] | .append event many")
    assert owned.value("entity current | get name") == "shop"
    assert owned.value("event list --detail | select name entity | reverse") == [
        {"name": "before", "entity": "*"},
        {"name": "after", "entity": "shop"},
        {"name": "many", "entity": "shop"},
        {"name": "many", "entity": "shop"},
    ]
    assert owned.value("store status | select entity entities") == {"entity": "shop", "entities": ["*", "shop"]}


def test_the_entity_in_use_stays_when_the_connection_is_lost(owned: Shell, database: TestDatabase) -> None:
    owned.run("entity new shop | ignore; entity use shop")
    database.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stk_login'")
    assert owned.value(".append event x | event get | get entity") == "shop"
    assert owned.value("event list --limit 0 --detail | get entity") == ["shop"]


def test_an_entity_is_used_by_its_search_key_and_its_uu_as_well(owned: Shell, database: TestDatabase) -> None:
    uu = database.entity("shop", "stk_login", search_key="sales")
    for name in ("sales", uu, "shop"):
        assert owned.value(f"entity use '{name}' | get name") == "shop"


def test_of_two_entities_with_one_name_the_search_key_tells_which(owned: Shell, database: TestDatabase) -> None:
    database.entity("shop", "stk_login", search_key="old")
    database.entity("shop", "stk_login", search_key="new")
    error = owned.error("entity use shop")
    assert (error.code, error.help) == ("stk::store::ambiguous_entity", "Their search keys: `old`, `new`.")


@pytest.mark.parametrize(
    ("line", "code", "pointed", "help"),
    [
        ("entity use shpo", "unknown_entity", "shpo", "Did you mean `shop`?"),
        ("entity use qqq", "unknown_entity", "qqq", "The entities are *, shop."),
        ("entity new shop", "duplicate_entity", "shop", None),
        ("entity new x --parent shpo", "unknown_entity", "shpo", "Did you mean `shop`?"),
        ("entity new x --type TRXX", "unknown_entity_type", "TRXX", "Did you mean `TRX`?"),
        ("entity grant Anna", "unknown_actor", "Anna", "Did you mean `Ana`?"),
        ("entity grant Ana --entity shpo", "unknown_entity", "shpo", "Did you mean `shop`?"),
        ("entity revoke-member Ana", "no_member", "Ana", "`actor list` shows the entities of each actor."),
        ("actor new Other --login ana", "duplicate_actor", "ana", "`actor list` shows the login of each."),
        ("store logins --create-in shpo", "unknown_entity", "shpo", "Did you mean `shop`?"),
    ],
)
def test_an_error_points_at_what_is_not_there_and_names_the_nearest(
    owned: Shell, line: str, code: str, pointed: str, help: str | None
) -> None:
    owned.run("entity new shop | ignore; actor new Ana --login ana")
    error = owned.error(line)
    (label,) = error.labels
    assert (error.code, line[label.span.start : label.span.end], error.help) == (f"stk::store::{code}", pointed, help)


@pytest.mark.parametrize("line", ["entity new ' '", "actor new '' --login ana", "actor new Ana --login ''"])
def test_what_is_made_needs_a_name(owned: Shell, line: str) -> None:
    assert owned.error(line).code == "stk::run::no_name"


def test_an_actor_needs_a_login(owned: Shell) -> None:
    assert owned.error("actor new Ana").code == "stk::run::no_login"


@pytest.mark.parametrize("line", ["entity grant", "null | entity grant", "{a: 1} | entity revoke-member"])
def test_a_member_has_to_be_named(owned: Shell, line: str) -> None:
    assert owned.error(line).code == "stk::run::no_actor"


def test_a_new_actor_is_a_member_of_nothing_until_it_is_made_one(owned: Shell, database: TestDatabase) -> None:
    assert owned.value("actor new Ana --login ana | get entities") == []
    assert "create role" in owned.output.notes[-1]
    assert owned.value("actor list | where name == Ana") == []
    for line in ("entity grant Ana --read-only", "actor list | where name == Ana | get 0 | entity grant"):
        owned.run(line)
    assert owned.value("actor list | where name == Ana | get 0.entities") == ["*"]
    assert database.rows("select m.can_write, m.is_revoked from private.stk_entity_member m join private.stk_actor a"
                         " on a.uu = m.actor_uu where a.name = 'Ana'") == [(True, False)]  # fmt: skip
    owned.run("entity revoke-member Ana")
    assert owned.value("actor list | where name == Ana | get 0.entities") == []


@pytest.mark.parametrize(
    ("login", "quoted"),
    [
        ("ana_1", "ana_1"),
        ("x; drop table y", '"x; drop table y"'),
        ('An"a', '"An""a"'),
        ("user", '"user"'),
    ],
)
def test_the_statements_that_make_a_login_name_it_as_sql_does(owned: Shell, login: str, quoted: str) -> None:
    owned.run(f"actor new Ana --login '{login}'")
    (note,) = owned.output.notes
    assert f"`create role {quoted} login noinherit` and `grant stk_api_role to {quoted}`" in note


def test_a_revoked_actor_is_kept_out_and_is_a_member_of_nothing(owned: Shell, database: TestDatabase) -> None:
    login = database.login("ana", actor=False)
    owned.run("entity new shop | ignore; entity new office | ignore; store logins --create-in shop | ignore")
    owned.run(f"actor new Ana --login {login} | ignore; [shop office] | each {{|e| entity grant Ana -e $e}} | ignore")
    place = OwnPlace(database)
    place.dsn = database.dsn(login)
    ana = Shell(lambda: PostgresStore(place, Sign(None)), Settings())
    ana.run("entity use shop | ignore; .append event x")
    assert owned.value("actor revoke Ana | reject uu revoked") == {
        "name": "Ana",
        "login": login,
        "entities": ["office", "shop"],
        "is_revoked": True,
    }
    assert f"still has the login `{login}`" in owned.output.notes[-1]
    for line in ("event list", ".append event y", "entity list"):
        assert ana.error(line).code == "stk::store::no_actor"
    ana.session.close()
    assert owned.value("entity list | where name == shop | get 0.members") == 1
    assert owned.value("entity use shop | ignore; event list --detail | get created_by") == ["Ana"]
    assert owned.value("actor list | where name == Ana") == []
    operations = database.rows(
        "select distinct record_table from private.stk_change_log where operation = 'UPDATE' and new_values ? 'revoked' order by 1"
    )
    assert operations == [("stk_actor",), ("stk_entity_member",)]
    owned.run(f"actor new 'Ana again' --login {login}")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("actor revoke Anna", "unknown_actor"),
        ("actor revoke Bob", "revoked_actor"),
        ("actor revoke stk_login", "kept_actor"),
        ("actor revoke stk_superuser", "kept_actor"),
        ("actor revoke unknown", "kept_actor"),
    ],
)
def test_an_actor_is_not_revoked_twice_nor_where_somebody_would_shut_himself_out(
    owned: Shell, line: str, code: str
) -> None:
    owned.run("actor new Bob --login bob | ignore; actor revoke Bob | ignore; actor new Ana --login ana")
    error = owned.error(line)
    assert error.code.rpartition("::")[2] == code
    (label,) = error.labels
    assert line[label.span.start : label.span.end] == line.partition("revoke ")[2]
    assert owned.value("actor list | length") == 3


@pytest.mark.parametrize("actor", ["stk_login", "stk_superuser", "unknown"])
def test_what_comes_with_the_store_is_revoked_by_no_other_administrator(database: TestDatabase, actor: str) -> None:
    login = database.login("boss", "stk_superuser", "stk_api_role")
    database.entity("*", login)
    boss = Shell(lambda: open_store(Settings(dsn=database.dsn(login)), None), Settings())
    error = boss.error(f"actor revoke {actor}")
    assert (error.code, error.headline) == ("stk::store::kept_actor", f"the actor `{actor}` comes with the store")
    assert boss.error("actor revoke boss").headline == "the actor `boss` is your own"
    boss.session.close()


def test_no_note_is_made_of_a_login_that_there_is(owned: Shell, database: TestDatabase) -> None:
    login = database.login("ana", actor=False)
    owned.run(f"actor new Ana --login {login}")
    assert owned.output.notes == []


def test_what_becomes_of_logins_without_an_actor_can_be_set(owned: Shell) -> None:
    assert owned.value("store logins") == {"login_without_actor": "refuse", "entity": None}
    assert owned.value("store logins --create-in '*'") == {"login_without_actor": "create", "entity": "*"}
    assert owned.value("store logins --refuse; store logins") == {"login_without_actor": "refuse", "entity": None}
    assert owned.error("store logins --refuse --create-in '*'").code == "stk::run::exclusive"


@pytest.mark.parametrize(
    "line",
    [
        *("entity new x", "actor new x --login x", "actor revoke stk_login", "entity grant stk_login"),
        "store logins --refuse",
    ],
)
def test_somebody_who_is_no_administrator_is_told_so(shell: Shell, line: str) -> None:
    error = shell.error(line)
    assert error.code == "stk::store::no_administrator"
    assert "stk_superuser" in (error.help or "")


def test_a_login_without_an_actor_is_told_how_it_gets_one(database: TestDatabase) -> None:
    login = database.login("ana", actor=False)
    place = OwnPlace(database)
    place.dsn = database.dsn(login)
    shell = Shell(lambda: PostgresStore(place, Sign(None)), Settings())
    for line in ("event list", ".append event x", "entity list", "entity current"):
        error = shell.error(line)
        assert error.code == "stk::store::no_actor"
        assert f"actor new NAME --login {login}" in (error.help or "")
    assert shell.value("store status | get actor") == f"none: the login {login} has no actor in this store (STK06)"
    assert str(shell.value("store status | get tls")).startswith("off")
    shell.session.close()


def test_a_member_who_only_reads_is_told_so(database: TestDatabase) -> None:
    login = database.login("ana")
    database.entity("*", login, can_write=False)
    database.rows("insert into private.stk_event (name) values ('x')")
    place = OwnPlace(database)
    place.dsn = database.dsn(login)
    shell = Shell(lambda: PostgresStore(place, Sign(None)), Settings())
    assert shell.value("event list | get name") == ["x"]
    assert shell.error("event list | event revoke").code == "stk::store::read_only_member"
    error = shell.error(".append event y")
    assert error.code == "stk::store::read_only_member"
    assert "may read the entity *, not write there" in error.headline
    database.entity("shop", login, can_write=False)
    assert "may read 2 entities, and write in none" in shell.error(".append event y").headline
    assert shell.value("entity current | get name") is None
    shell.session.close()


@pytest.mark.parametrize(
    "query", ["", "--name a", "--limit 0", "--limit 2 --all", "--type ACTION", "--since 1day --detail", "--until 1day"]
)
def test_a_list_is_the_same_whether_it_goes_by_entity_or_not(
    owned: Shell, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    owned.run("entity new shop | ignore; entity new office | ignore")
    for entity, names in (("shop", "[a b]"), ("office", "[c a b]"), ("shop", "[a d]")):
        owned.run(f"entity use {entity} | ignore; {names} | each {{|n| .append event $n --type ACTION}} | ignore")
    owned.run("event list | get 1 | event revoke")
    expected = owned.value(f"event list {query}")
    counted = owned.value("event list --limit 3; event list --limit 0 | length")
    monkeypatch.setattr(claims, "FEW", 0)
    assert owned.value(f"event list {query}") == expected
    assert owned.value("event list --limit 3; event list --limit 0 | length") == counted == 6
