"""Finding what is attached to records, and what they point at, as the database does it."""

from __future__ import annotations

import datetime
import decimal
import uuid

import pytest

from stk_shell.model.nouns import EVENTS, REQUESTS
from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from stk_shell.store.related import _plain
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell
from tests.store.test_schema import refused

ENTITIES = (
    "insert into private.stk_entity (name, search_key, type_uu)"
    " select n, n, t.uu from private.stk_entity_type t, unnest('{shop, bank}'::text[]) n where t.is_default"
)


@pytest.mark.not_for("partitioned")
def test_what_is_attached_is_found_by_its_index_under_row_security(database: TestDatabase) -> None:
    with database.connect() as connection:
        connection.execute("insert into private.stk_event (name) select 'a' from generate_series(1, 5000)")
        connection.execute(
            "insert into private.stk_event (name, table_name_uu_json)"
            " select 'on', jsonb_build_object('table_name', 'stk_event', 'uu', uu)"
            " from private.stk_event order by uu limit 20"
        )
        connection.execute("analyze private.stk_event")
    uus = "array(select uu from api.stk_event where name = 'a' order by uu limit 10)"
    with database.connect("stk_login", "stk_api_role") as client:
        found = client.execute(f"select count(*) from api.stk_attached('stk_event', {uus})".encode()).fetchone()
        client.execute("select pg_stat_force_next_flush()")
    assert found == (10,)
    used = database.rows(
        "select indexrelname::text, idx_scan from pg_stat_user_indexes where indexrelname = 'stk_event_attached_idx'"
    )
    assert used[0][1] == 1, used
    assert database.rows("select pg_relation_size('private.stk_event_attached_idx') < 20000") == [(True,)]


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_nobody_learns_what_other_entities_attach_to_a_record_of_his(database: TestDatabase, noun: str) -> None:
    database.rows(ENTITIES)
    with database.connect("stk_login", "stk_api_role") as client:
        mine = client.execute("insert into api.stk_event (name) values ('mine') returning uu").fetchone()
    assert mine is not None
    database.rows(
        f"insert into private.stk_{noun} (name, table_name_uu_json, stk_entity_uu)"
        f""" select 'theirs', '{{"table_name": "stk_event", "uu": "{mine[0]}"}}', uu"""
        " from private.stk_entity where name = 'shop'"
    )
    ask = f"select count(*) from api.stk_attached('stk_{noun}', '{{{mine[0]}}}')"
    assert database.rows(ask, "stk_login", "stk_api_role") == [(0,)]
    assert database.rows(f"select name from api.stk_{noun} where name = 'theirs'", "stk_login", "stk_api_role") == []
    store = open_store(Settings(dsn=database.dsn()), None)
    (theirs,) = database.rows(f"select uu::text from private.stk_{noun} where name = 'theirs'")[0]
    assert store.resolved([str(theirs), str(mine[0])], None).keys() == {str(mine[0])}
    store.close()


@pytest.mark.parametrize("noun", ["request", "tag"])
def test_requests_and_tags_of_another_entity_are_not_there_to_read_or_to_change(
    shell: Shell, database: TestDatabase, noun: str
) -> None:
    database.rows(ENTITIES)
    ((shop,),) = database.rows("select uu::text from private.stk_entity where name = 'shop'")
    ((uu,),) = database.rows(
        f"insert into private.stk_{noun} (name, stk_entity_uu) values ('theirs', '{shop}') returning uu::text"
    )
    client = ("stk_login", "stk_api_role")
    for change in ("revoked = now()", "name = 'mine'", "processed = now()"):
        assert database.rows(f"update api.stk_{noun} set {change} returning uu", *client) == []
    assert refused(database, f"insert into api.stk_{noun} (name, stk_entity_uu) values ('x', '{shop}')", *client)
    assert refused(database, f"update private.stk_{noun} set stk_entity_uu = '{shop}'", *client) == "42501"
    assert shell.value(f"{noun} list --all --limit 0") == []
    assert shell.value(f"{noun} get {uu}") is None
    assert shell.error(f"{noun} revoke {uu}").code == f"stk::event::unknown_{noun}"
    assert shell.value(f"{{uu: '{uu}'}} | events | get events") == []
    assert "error" in str(shell.value(f"{{a_uu: '{uu}'}} | elaborate"))
    changed = f"select count(*) from api.stk_change_log where record_uu = '{uu}'"
    assert database.rows(changed, *client) == [(0,)]


def test_only_what_is_attached_can_be_asked_for(database: TestDatabase) -> None:
    with pytest.raises(Exception, match="records of stk_actor are not attached to others"):
        database.rows("select * from api.stk_attached('stk_actor', '{}')", "stk_login", "stk_api_role")


def test_records_of_every_table_are_found(database: TestDatabase) -> None:
    store = open_store(Settings(dsn=database.dsn()), None)
    tables = ("stk_actor", "stk_entity", "stk_entity_type", "stk_event_type", "stk_request_type", "stk_tag_type")
    for table in tables:
        (uu,) = database.rows(f"select uu::text from api.{table} where search_key <> 'unknown' limit 1")[0]
        found = store.resolved([str(uu)], None)[str(uu)]
        assert (found["table_name"], found["uu"]) == (table, uu)
        assert isinstance(found["created"], datetime.datetime)
    assert store.attached(EVENTS, [str(uuid.UUID(int=0))], revoked=True) == []
    assert store.attached(REQUESTS, [], revoked=False) == []
    store.close()


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (decimal.Decimal("5"), 5),
        (decimal.Decimal("5.25"), 5.25),
        (decimal.Decimal("Infinity"), float("inf")),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (datetime.date(2026, 11, 25), "2026-11-25"),
        (datetime.timedelta(minutes=5), "0:05:00"),
        ([uuid.UUID(int=1), None], ["00000000-0000-0000-0000-000000000001", None]),
        ({"a": 1}, {"a": 1}),
        (True, True),
    ],
)
def test_columns_of_other_makes_become_values(stored: object, value: object) -> None:
    assert _plain(stored) == value
