"""Partitions by month: nothing is written anew, nothing gets lost, nobody gets to a partition past the table."""

from __future__ import annotations

import datetime
import threading
import uuid

import psycopg
import pytest

from stk_shell.model.errors import StoreError
from stk_shell.model.values import Record, Value
from stk_shell.store.administrating import administrating
from stk_shell.store.connecting import connect
from stk_shell.store.partitioning import bound, moment, month_after, partition, partitions
from tests.fixtures.clusters import OWNER, TestDatabase
from tests.fixtures.shells import Shell

pytestmark = pytest.mark.not_for("partitioned")

NOW = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)

HANGING = """
select 'trigger', t.tgname::text, pg_get_triggerdef(t.oid), obj_description(t.oid) from pg_trigger t
where t.tgrelid = 'private.stk_event'::regclass and not t.tgisinternal
union all select 'policy', p.polname::text,
  concat(p.polcmd, p.polpermissive, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),
  obj_description(p.oid) from pg_policy p where p.polrelid = 'private.stk_event'::regclass
union all select 'grant', a.grantee::regrole::text, string_agg(a.privilege_type, ' ' order by a.privilege_type), null
  from pg_class c, aclexplode(c.relacl) a where c.oid = 'private.stk_event'::regclass group by 2
union all select 'index', c.relname::text, replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON '), obj_description(c.oid)
  from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'private.stk_event'::regclass
union all select 'column', a.attname::text,
  concat(format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)),
  col_description(a.attrelid, a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = 'private.stk_event'::regclass and a.attnum > 0 and not a.attisdropped
union all select 'view', v.oid::regclass::text, pg_get_viewdef(v.oid), concat(obj_description(v.oid), v.relacl, v.reloptions)
  from pg_class v where v.relkind = 'v' and v.relnamespace = 'api'::regnamespace
union all select 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid),
  concat(obj_description(p.oid), p.proowner::regrole,
    array(select concat(x.grantee::regrole, x.privilege_type) from aclexplode(p.proacl) x
      where p.proname not like 't_____\\_%' or x.grantee <> 'stk_superuser'::regrole order by 1))
  from pg_proc p where p.pronamespace = 'private'::regnamespace and p.prokind = 'f'
union all select 'table', c.relname::text, concat(c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole),
  obj_description(c.oid) from pg_class c where c.oid = 'private.stk_event'::regclass
order by 1, 2, 3
"""


def parted(database: TestDatabase, months: int = 3, now: datetime.datetime = NOW) -> list[Record]:
    """Have the events in partitions."""
    with administrating(lambda: connect(database.dsn(OWNER), "")) as connection:
        return partition(connection, months, now)


def names(rows: list[Record]) -> list[Value]:
    """The names of partitions."""
    return [row["partition"] for row in rows]


def places(database: TestDatabase) -> dict[object, object]:
    """How many events there are in which partition."""
    rows = database.rows("select tableoid::regclass::text, count(*) from private.stk_event group by 1")
    return {place: count for place, count in rows}  # noqa: C416


def with_uu(database: TestDatabase, uu: str, name: str = "note") -> None:
    """Record an event of a uu as a client does."""
    database.rows(f"insert into api.stk_event (uu, name) values ('{uu}', '{name}')", "stk_login", "stk_api_role")


def test_a_store_without_events_gets_the_months_to_come_and_a_default(database: TestDatabase) -> None:
    rows = parted(database)
    months = ["event_2027_02", "event_2027_01", "event_2026_12", "event_2026_11"]
    assert names(rows) == ["event_default", *months]
    assert [(row["from"], row["until"]) for row in rows[3:]] == [
        (datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC), datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)),
        (datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC), datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)),
    ]
    assert all(row["is_new"] for row in rows)


def test_all_that_hangs_on_the_table_is_there_as_before(database: TestDatabase) -> None:
    before = database.rows(HANGING)
    parted(database)
    after = database.rows(HANGING)
    assert [row for row in after if row not in before] == []
    assert [row for row in before if row not in after] == []


def test_a_table_with_events_becomes_the_oldest_partition_as_it_is(database: TestDatabase, shell: Shell) -> None:
    shell.run("1..500 | .append event many | ignore")
    shell.run("event list --name many | first 2 | event revoke | ignore")
    shell.run("event seal")
    file = "select pg_relation_filenode('private.{}')"
    ((before,),) = database.rows(file.format("stk_event"))
    events = database.rows("select * from private.stk_event order by uu")
    assert names(parted(database, now=datetime.datetime.now(datetime.UTC)))[-1] == "event_older"
    assert database.rows(file.format("event_older")) == [(before,)]
    assert database.rows("select * from private.stk_event order by uu") == events
    shell.run('"after" | .append event note')
    assert shell.value("event list --limit 0 --all | length") == 501
    shell.run("event list --name many | first 1 | event revoke | ignore")
    shell.run("event seal")


def test_to_do_it_again_does_nothing_and_later_adds_what_is_missing(database: TestDatabase) -> None:
    parted(database)
    assert not any(row["is_new"] for row in parted(database))
    later = parted(database, now=month_after(NOW, 2))
    assert [row["partition"] for row in later if row["is_new"]] == ["event_2027_04", "event_2027_03"]


def test_what_belongs_to_no_month_waits_in_the_default_until_its_partition_is_made(
    database: TestDatabase, shell: Shell
) -> None:
    parted(database, months=0)
    early = bound(month_after(NOW, -3))
    with_uu(database, early)
    uu = bound(month_after(NOW, 1))[:-1] + "1"
    with_uu(database, uu)
    shell.run(f"event revoke {uu}")
    shell.run("event seal")
    event = database.rows("select * from private.stk_event order by uu")
    assert places(database) == {"private.event_default": 2}
    parted(database, months=2)
    assert places(database) == {"private.event_default": 1, "private.event_2026_12": 1}
    assert database.rows("select * from private.stk_event order by uu") == event
    with pytest.raises(psycopg.errors.Error) as caught:
        database.rows("delete from private.event_default")
    assert caught.value.sqlstate == "STK03"


def test_an_event_is_there_once_in_whatever_partition(database: TestDatabase) -> None:
    parted(database)
    for begin in (NOW, month_after(NOW, -5), month_after(NOW, 2)):
        uu = bound(begin)
        with_uu(database, uu)
        with pytest.raises(psycopg.errors.UniqueViolation):
            with_uu(database, uu)


@pytest.mark.parametrize("rows", [0, 5])
def test_uus_that_are_not_in_the_order_of_time_leave_all_as_it_was(database: TestDatabase, rows: int) -> None:
    for _ in range(rows):
        with_uu(database, str(uuid.uuid4()))
    with_uu(database, "f0000000-0000-4000-8000-000000000000")
    before = database.rows(HANGING)
    with pytest.raises(StoreError) as caught:
        parted(database)
    assert caught.value.code == "stk::store::not_in_order"
    assert database.rows(HANGING) == before
    with_uu(database, "f0000000-0000-4000-8000-000000000001")


def test_a_lock_that_cannot_be_had_leaves_all_as_it_was(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stk_shell.store.partitioning.LOCK_SECONDS", 1)
    before = database.rows(HANGING)
    with database.connect() as other, other.transaction():
        other.execute("lock table private.stk_event in access share mode")
        with pytest.raises(StoreError) as caught:
            parted(database)
    assert caught.value.code == "stk::store::locked"
    assert database.rows(HANGING) == before
    assert names(parted(database))


def test_recording_goes_on_while_it_is_done(database: TestDatabase) -> None:
    ended, failures, recorded = threading.Event(), list[BaseException](), list[int]()

    def record() -> None:
        number = 0
        try:
            with database.connect("stk_login", "stk_api_role") as connection:
                while not ended.is_set():
                    connection.execute("insert into api.stk_event (name) values ('x')")
                    number += 1
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)
        recorded.append(number)

    threads = [threading.Thread(target=record) for _ in range(3)]
    for thread in threads:
        thread.start()
    for months in range(4):
        parted(database, months, datetime.datetime.now(datetime.UTC))
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert database.rows("select count(*) from private.stk_event") == [(sum(recorded),)]


@pytest.mark.parametrize("role", ["stk_api_role", "stk_private_role"])
def test_nobody_gets_to_a_partition_but_through_the_table(database: TestDatabase, role: str) -> None:
    parted(database)
    for statement in ("select from private.{}", "delete from private.{}", "insert into private.{} (name) values ('x')"):
        for name in ("event_default", "event_2026_11"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.rows(statement.format(name), "stk_login", role)


def test_entities_stay_apart_in_partitions_and_in_the_change_log(database: TestDatabase) -> None:
    logins = [database.login(name) for name in ("ana", "ben")]
    for login in logins:
        database.entity(login, login)
    for login in logins:
        database.rows(f"insert into api.stk_event (name) values ('{login}')", login, "stk_api_role")
    parted(database)
    for login in logins:
        database.rows(f"insert into api.stk_event (name) values ('{login}')", login, "stk_api_role")
        seen = database.rows("select distinct name from api.stk_event", login, "stk_api_role")
        assert seen == [(login,)]
        database.rows("update api.stk_event set revoked = now()", login, "stk_api_role")
        changed = "select distinct record_table from api.stk_change_log where operation = 'UPDATE'"
        assert database.rows(changed, login, "stk_api_role") == [("stk_event",)]


def test_somebody_who_is_no_administrator_is_told(shell: Shell) -> None:
    error = shell.error("store partition")
    assert error.code == "stk::store::no_administrator"
    assert shell.error("store partition --months -1").code == "stk::run::out_of_range"


def test_status_tells_of_partitions(database: TestDatabase, shell: Shell) -> None:
    assert shell.value("store status | get partitions?") is None
    parted(database)
    assert shell.value("store status | get partitions") == "5, for events until 2027-03-01"


@pytest.mark.parametrize("moment_", [NOW, datetime.datetime(1999, 12, 31, 23, 59, 59, 999000, tzinfo=datetime.UTC)])
def test_a_bound_is_the_least_uu_of_its_time(moment_: datetime.datetime) -> None:
    assert moment(bound(moment_)) == moment_
    assert uuid.UUID(bound(moment_)) <= uuid.UUID(bound(moment_)[:14] + "7fff-bfff-ffffffffffff")


def test_partitions_of_a_table_that_has_none_are_none(database: TestDatabase) -> None:
    with connect(database.dsn(), "") as connection:
        assert partitions(connection) == []


def test_events_of_a_name_are_found_by_its_index_in_each_partition(database: TestDatabase) -> None:
    parted(database, months=0)
    fill = "insert into api.stk_event (name) select 'a' from generate_series(1, 20000)"
    database.rows(fill, "stk_login", "stk_api_role")
    parted(database, months=0, now=datetime.datetime.now(datetime.UTC))
    with database.connect("stk_login", "stk_api_role") as connection:
        connection.execute("set plan_cache_mode = force_generic_plan")
        connection.execute("set random_page_cost = 1.1")
        connection.execute(
            "prepare listing (text) as select * from api.stk_event e where e.name = $1"
            " and e.stk_entity_uu = (select o.uu from api.stk_entities() as o (uu) limit 1)"
            " order by e.created desc, e.uu desc limit 10"
        )
        plan = "\n".join(str(row[0]) for row in connection.execute("explain execute listing('nothing')"))
    assert plan.count("entity_uu_name_created") == 2, plan
