"""A login with nothing but the role of auditors: it reads every entity, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell


@pytest.fixture
def auditor(database: TestDatabase) -> Iterator[Shell]:
    """A session of such a login, in a store where two entities have events."""
    tenant = database.login("tenant")
    database.entity("acme", tenant)
    for login in ("stk_login", tenant):
        database.rows("insert into api.stk_event (name) values ('seen')", login, "stk_api_role")
    auditor = database.login("auditor", "stk_auditor", actor=False)
    shell = Shell(lambda: open_store(Settings(dsn=database.dsn(auditor)), None), Settings())
    yield shell
    shell.session.close()


def test_an_auditor_reads_every_entity_without_an_actor_or_another_role(auditor: Shell) -> None:
    assert auditor.value("event list --limit 0 --detail | get entity") == ["acme", "*"]
    assert auditor.value("event list | get 0 | event get | get created_by") == "tenant"
    assert auditor.value("event list | get 0.uu | event proof | event check-proof | get name") == "seen"
    assert auditor.value("actor list | where name == tenant | get 0.entities") == ["acme"]
    status = auditor.value("store status | select events role actor entity entities")
    assert status == {
        "events": 2,
        "role": "stk_auditor",
        "actor": "none: an auditor sees every entity, and records nothing",
        "entity": None,
        "entities": ["*", "acme"],
    }


def test_an_auditor_seals_and_keeps_the_head(auditor: Shell) -> None:
    assert auditor.value("event digest | select block pending") == {"block": 1, "pending": 0}
    assert auditor.value("event seal | get facts") == 0
    assert auditor.value("event verify | get events") == 2


def test_an_auditor_with_an_actor_of_its_own_sees_what_the_actor_sees(auditor: Shell, database: TestDatabase) -> None:
    login = database.login("clerk", "stk_auditor", "stk_api_role")
    database.entity("acme", login, can_write=False)
    clerk = Shell(lambda: open_store(Settings(dsn=database.dsn(login)), None), Settings())
    assert clerk.value("event list --detail | get entity") == ["acme"]
    clerk.session.close()


@pytest.mark.parametrize(
    "line",
    [".append event x", "event list | first | event revoke", "event list | first | .append tag x", "event type new x"],
)
def test_an_auditor_changes_nothing(auditor: Shell, line: str) -> None:
    assert auditor.error(line).code == "stk::store::permission"


def test_an_auditor_gets_no_actor_where_other_logins_get_one(auditor: Shell, database: TestDatabase) -> None:
    database.rows(
        "update private.stk_setting s set value = jsonb_build_object('create', e.uu) from private.stk_entity e"
    )
    assert auditor.value("event list --limit 0 | length") == 2
    assert database.rows("select count(*) from private.stk_actor where name like 'auditor%'") == [(0,)]


def test_an_auditor_whose_actor_is_revoked_can_verify_and_nothing_else(auditor: Shell, database: TestDatabase) -> None:
    login = str(auditor.value("store status | get login"))
    database.rows(f"insert into private.stk_actor (name, psql_user) values ('Eve', '{login}')")
    database.rows("update private.stk_actor set revoked = now() where name = 'Eve'")
    assert auditor.error("event list").code == "stk::store::no_actor"
    assert auditor.value("event verify | get events") == 2


def test_sealing_tells_a_login_without_an_actor_nothing(database: TestDatabase) -> None:
    login = database.login("nobody", actor=False)
    with pytest.raises(psycopg.Error) as caught:
        database.rows("select * from api.stk_seal()", login, "stk_api_role")
    assert caught.value.sqlstate == "STK06"
    assert database.rows("select has_function_privilege('stk_api_role', 'private.stk_seal()', 'execute')") == [(False,)]
