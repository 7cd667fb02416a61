"""The chain of blocks: what was tampered with is named, whatever was tampered with, and nothing else is."""

from __future__ import annotations

import datetime
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from psycopg.types.json import Jsonb

from stk_shell.model.errors import EventError, StoreError
from stk_shell.model.progress import Progress
from stk_shell.model.proof import checking, merkle
from stk_shell.model.proof.facts import EVENT_FIELDS, event_form
from stk_shell.model.proof.findings import Digest, Verification
from stk_shell.model.settings import Settings
from stk_shell.model.store import EventQuery, NewEvent
from stk_shell.model.values import Record, Value
from stk_shell.store import migrations, open_store
from stk_shell.store.postgres import PostgresStore
from stk_shell.store.proof import queries
from tests.fixtures.clusters import Cluster, TestDatabase

COUNT = 12
"""How many events each of the three blocks has."""


def store_of(database: TestDatabase, user: str = "postgres") -> PostgresStore:
    """The database as a store."""
    store = open_store(Settings(dsn=database.dsn(user)), None)
    assert isinstance(store, PostgresStore)
    return store


def verified(database: TestDatabase, kept: Digest | None = None) -> Verification:
    """What checking everything comes to."""
    with closing(store_of(database)) as store:
        return store.verify(kept, Progress("facts"))


def found(database: TestDatabase) -> set[tuple[str, int | None, str | None]]:
    """What, in which block, and of which record is found."""
    return {(each.what, each.block, each.uu) for each in verified(database).findings}


def head(database: TestDatabase) -> Digest:
    """The digest as it is to be kept elsewhere."""
    with closing(store_of(database)) as store:
        digest = store.digest()
    return Digest(digest["block"], digest["hash"])  # type: ignore[arg-type]


def tamper(database: TestDatabase, *statements: str) -> None:
    """Do as a superuser does who has turned the triggers off, so that nothing tells of it."""
    with database.connect() as connection:
        connection.execute("set session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


class Sealed:
    """A database with three blocks, and the uus of their events. One event is revoked, one processed, one both."""

    def __init__(self, database: TestDatabase) -> None:
        self.database = database
        self.uus: list[str] = []
        for block in range(3):
            database.rows(
                "insert into api.stk_event (name, description, record_json)"
                f" select 'n' || i, case when i % 2 = 0 then 'd' end, jsonb_build_object('i', i, 'block', {block})"
                f" from generate_series(1, {COUNT}) as i",
                "stk_login",
                "stk_api_role",
            )
            if block == 1:
                self.uus = self.listed()
                self.mark("revoked", 0)
                self.mark("processed", 1)
                self.mark("processed", 2)
                self.mark("revoked", 2)
            database.rows("select api.stk_seal()", "stk_login", "stk_api_role")
        self.uus = self.listed()

    def listed(self) -> list[str]:
        """The uus of all events, in order."""
        return [str(row[0]) for row in self.database.rows("select uu::text from private.stk_event order by uu")]

    def mark(self, column: str, number: int) -> None:
        """Revoke or process an event as a client does."""
        self.database.rows(
            f"update api.stk_event set {column} = now() where uu = '{self.uus[number]}'", "stk_login", "stk_api_role"
        )


@pytest.fixture
def sealed(database: TestDatabase) -> Sealed:
    """A database with three sealed blocks."""
    return Sealed(database)


def test_nothing_is_found_where_nothing_was_tampered_with(sealed: Sealed) -> None:
    result = verified(sealed.database)
    assert result.findings == ()
    assert (result.blocks, result.events, result.pending) == (3, 3 * COUNT, 0)
    assert result.changes == 4


# Event number 5 is in block 1, number 17 in block 2. {uu} is the uu of number 5, {other} that of number 6.
OF_ONE = {
    "its name": "update private.stk_event set name = 'other' where uu = '{uu}'",
    "its description": "update private.stk_event set description = '' where uu = '{uu}'",
    "its record_json": "update private.stk_event set record_json = record_json || '{{\"i\": 99}}' where uu = '{uu}'",
    "its search_key": "update private.stk_event set search_key = 'x' where uu = '{uu}'",
    "its entity": "update private.stk_event set stk_entity_uu = gen_random_uuid() where uu = '{uu}'",
    "its creator": "update private.stk_event set created_by_uu = gen_random_uuid() where uu = '{uu}'",
    "its type": "update private.stk_event set type_uu = gen_random_uuid() where uu = '{uu}'",
    "whether it is valid": "update private.stk_event set is_valid = false where uu = '{uu}'",
    "what it is attached to": "update private.stk_event set table_name_uu_json = '{{}}' where uu = '{uu}'",
    "its transaction": "update private.stk_event set xact_id = xact_id + 1 where uu = '{uu}'",
}


@pytest.mark.parametrize("statement", OF_ONE.values(), ids=OF_ONE)
def test_an_event_that_was_altered_is_named(sealed: Sealed, statement: str) -> None:
    uu = sealed.uus[5]
    tamper(sealed.database, statement.format(uu=uu))
    assert ("altered", 1, uu) in found(sealed.database)
    assert {each[2] for each in found(sealed.database)} == {uu}


def test_a_column_that_changes_with_a_change_is_compared_with_the_log(sealed: Sealed) -> None:
    never, revoked = sealed.uus[5], sealed.uus[0]
    tamper(sealed.database, f"update private.stk_event set updated = now() where uu = '{never}'")
    tamper(sealed.database, f"update private.stk_event set updated_by_uu = gen_random_uuid() where uu = '{revoked}'")
    assert found(sealed.database) == {("altered", None, never), ("altered", None, revoked)}


def test_a_computed_column_that_was_let_loose_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    tamper(
        sealed.database,
        "alter table private.stk_event alter column is_revoked drop expression",
        f"update private.stk_event set is_revoked = true where uu = '{uu}'",
    )
    assert found(sealed.database) == {("altered", None, uu)}


def test_events_that_were_removed_are_named(sealed: Sealed) -> None:
    one, last = sealed.uus[5], sealed.uus[-1]
    tamper(sealed.database, f"delete from private.stk_event where uu in ('{one}', '{last}')")
    assert found(sealed.database) == {("removed", 1, one), ("removed", 3, last)}


def test_many_events_that_were_removed_are_all_named(sealed: Sealed) -> None:
    tamper(sealed.database, "truncate private.stk_event")
    gone = {uu for what, _, uu in found(sealed.database) if what == "removed"}
    assert gone == set(sealed.uus)


def test_an_event_whose_uu_was_changed_is_removed_and_another_inserted(sealed: Sealed) -> None:
    uu, new = sealed.uus[5], "00000000-0000-7000-8000-000000000001"
    tamper(sealed.database, f"update private.stk_event set uu = '{new}' where uu = '{uu}'")
    assert found(sealed.database) == {("removed", 1, uu), ("inserted", None, new)}


@pytest.mark.parametrize("xact", ["0", "(select min(xact_id) from private.stk_event)", "1000000000000"])
def test_an_event_that_was_inserted_behind_is_named(sealed: Sealed, xact: str) -> None:
    new = "00000000-0000-7000-8000-000000000001"
    tamper(
        sealed.database,
        "insert into private.stk_event (uu, name, xact_id, stk_entity_uu, created, created_by_uu, updated, updated_by_uu, type_uu)"
        f" select '{new}', 'behind', {xact}, stk_entity_uu, created, created_by_uu, created, created_by_uu, type_uu"
        " from private.stk_event limit 1",
    )
    assert found(sealed.database) == {("inserted", None, new)}


def test_an_event_that_is_recorded_now_with_an_old_date_is_named(sealed: Sealed) -> None:
    new = "00000000-0000-7000-8000-000000000001"
    sealed.database.rows(
        f"insert into private.stk_event (uu, name, created) values ('{new}', 'old', now() - interval '2 hours')"
    )
    assert found(sealed.database) == {("back-dated", 4, new)}


@pytest.mark.parametrize("time", ["infinity", "-infinity", "20000-01-01", "4000-01-01 BC"])
def test_a_time_that_is_beyond_all_bounds_is_found_like_any_other(sealed: Sealed, time: str) -> None:
    uu, revoked = sealed.uus[17], sealed.uus[0]
    tamper(
        sealed.database,
        f"update private.stk_event set created = '{time}', updated = '{time}' where uu = '{uu}'",
        f"update private.stk_event set revoked = '{time}' where uu = '{revoked}'",
        f"update private.stk_block set created = '{time}' where number = 3",
    )
    expected = {("re-dated", 2, uu), ("revocation re-dated", None, revoked), ("block broken", 3, None)}
    assert expected <= found(sealed.database)


def test_a_change_log_that_cannot_be_read_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[0]
    tamper(
        sealed.database,
        'update private.stk_change_log set new_values = new_values || \'{"revoked": "never"}\''
        f" where record_uu = '{uu}'",
    )
    assert found(sealed.database) == {("change altered", 2, uu), ("change altered", None, None)}


@pytest.mark.parametrize("interval", ["1 microsecond", "1 year"])
def test_an_event_that_was_re_dated_is_named(sealed: Sealed, interval: str) -> None:
    uu = sealed.uus[17]
    tamper(
        sealed.database,
        f"update private.stk_event set created = created - interval '{interval}', updated = updated - interval"
        f" '{interval}' where uu = '{uu}'",
    )
    assert found(sealed.database) == {("re-dated", 2, uu)}


def test_an_event_that_was_re_dated_and_altered_is_altered(sealed: Sealed) -> None:
    uu = sealed.uus[17]
    tamper(
        sealed.database, f"update private.stk_event set created = now(), updated = now(), name = 'x' where uu = '{uu}'"
    )
    assert found(sealed.database) == {("altered", 2, uu)}


def test_events_whose_contents_were_swapped_are_both_named(sealed: Sealed) -> None:
    one, other = sealed.uus[5], sealed.uus[17]
    tamper(
        sealed.database,
        "update private.stk_event as e set record_json = o.record_json from private.stk_event as o"
        f" where (e.uu, o.uu) in (('{one}', '{other}'), ('{other}', '{one}'))",
    )
    assert found(sealed.database) == {("altered", 1, one), ("altered", 2, other)}


def test_a_revocation_that_was_undone_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[0]
    tamper(sealed.database, f"update private.stk_event set revoked = null where uu = '{uu}'")
    assert found(sealed.database) == {("revocation undone", None, uu)}


def test_a_revocation_that_was_re_dated_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[0]
    tamper(sealed.database, f"update private.stk_event set revoked = revoked - interval '1 day' where uu = '{uu}'")
    assert found(sealed.database) == {("revocation re-dated", None, uu)}


def test_a_revocation_that_was_forged_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    tamper(sealed.database, f"update private.stk_event set revoked = created where uu = '{uu}'")
    assert found(sealed.database) == {("revocation forged", None, uu)}


def test_processing_is_proved_like_revocation(sealed: Sealed) -> None:
    one, other = sealed.uus[1], sealed.uus[5]
    tamper(
        sealed.database,
        f"update private.stk_event set processed = null where uu = '{one}'",
        f"update private.stk_event set processed = created where uu = '{other}'",
    )
    assert found(sealed.database) == {("processing undone", None, one), ("processing forged", None, other)}


def test_a_revocation_that_was_undone_in_the_change_log_as_well_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[0]
    tamper(
        sealed.database,
        f"update private.stk_event set revoked = null, updated = created where uu = '{uu}'",
        f"delete from private.stk_change_log where record_uu = '{uu}'",
    )
    assert found(sealed.database) == {("change removed", 2, uu)}


def test_a_revocation_that_was_re_dated_in_the_change_log_as_well_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[0]
    tamper(
        sealed.database,
        f"update private.stk_event set revoked = created where uu = '{uu}'",
        "update private.stk_change_log as l set new_values = new_values || jsonb_build_object('revoked', e.created)"
        f" from private.stk_event as e where e.uu = l.record_uu and e.uu = '{uu}'",
    )
    assert found(sealed.database) == {("change altered", 2, uu)}


def test_a_change_that_was_put_in_behind_is_named(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    tamper(
        sealed.database,
        f"update private.stk_event set revoked = created where uu = '{uu}'",
        "insert into private.stk_change_log"
        " (created, created_by_uu, record_table, record_uu, operation, old_values, new_values, xact_id)"
        " select created, created_by_uu, 'stk_event', uu, 'UPDATE', '{}',"
        " jsonb_build_object('revoked', created, 'updated', created), xact_id"
        f" from private.stk_event where uu = '{uu}'",
    )
    assert found(sealed.database) == {("change inserted", None, uu)}


OF_BLOCKS = {
    "a leaf": "leaves = overlay(leaves placing '\\x00'::bytea from 40)",
    "the root": "root = sha256(root)",
    "the hash": "hash = sha256(hash)",
    "the hash before": "previous_hash = sha256(previous_hash)",
    "the time": "created = created - interval '1 day'",
    "the count": "facts = facts + 1",
    "the transactions": "xact_to = xact_to + 1",
    "the index": "moments = array_fill(now(), array[cardinality(moments)])",
}


@pytest.mark.parametrize("change", OF_BLOCKS.values(), ids=OF_BLOCKS)
def test_a_block_that_was_altered_is_named(sealed: Sealed, change: str) -> None:
    tamper(sealed.database, f"update private.stk_block set {change} where number = 2")
    assert ("block broken", 2, None) in found(sealed.database)
    assert {what for what, _, _ in found(sealed.database)} == {"block broken"}


def test_a_block_that_was_removed_is_named(sealed: Sealed) -> None:
    tamper(sealed.database, "delete from private.stk_block where number = 2")
    assert ("block removed", 2, None) in found(sealed.database)


def test_the_first_block_that_was_removed_is_named(sealed: Sealed) -> None:
    tamper(sealed.database, "delete from private.stk_block where number = 1")
    assert ("block removed", 1, None) in found(sealed.database)


def test_blocks_that_were_put_in_another_order_are_named(sealed: Sealed) -> None:
    tamper(
        sealed.database,
        "update private.stk_block set number = -number where number in (1, 2)",
        "update private.stk_block set number = 3 + number where number in (-1, -2)",
    )
    assert {block for what, block, _ in found(sealed.database) if what == "block broken"} == {1, 2, 3}


def test_an_event_and_its_leaf_that_were_altered_together_break_the_block(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    tamper(
        sealed.database,
        f"update private.stk_event set name = 'other' where uu = '{uu}'",
        "update private.stk_block as b set leaves = overlay(leaves placing"
        f" (select {queries.event_leaf()} from private.stk_event r where r.uu = '{uu}')"
        f" from array_position(uus, '{uu}') * 32 - 31) where number = 1",
    )
    assert ("block broken", 1, None) in found(sealed.database)


REBUILD = (
    "delete from private.stk_block",
    "select api.stk_seal()",
)


def test_a_chain_that_was_made_anew_is_found_by_a_digest_kept_elsewhere(sealed: Sealed) -> None:
    kept = head(sealed.database)
    assert verified(sealed.database, kept).findings == ()
    tamper(sealed.database, f"update private.stk_event set name = 'x' where uu = '{sealed.uus[5]}'", *REBUILD)
    assert found(sealed.database) == set()
    differences = verified(sealed.database, kept).findings
    assert [(each.what, each.block) for each in differences] == [("digest differs", 3)]


def test_a_last_block_that_was_removed_is_found_by_a_digest_kept_elsewhere(sealed: Sealed) -> None:
    kept = head(sealed.database)
    tamper(
        sealed.database,
        "delete from private.stk_block where number = 3",
        f"delete from private.stk_event where uu = '{sealed.uus[-1]}'",
    )
    differences = verified(sealed.database, kept).findings
    assert [(each.what, each.block) for each in differences] == [("digest differs", 3)]


@pytest.mark.not_for("partitioned")
def test_triggers_that_are_off_and_tables_that_are_views_are_named(sealed: Sealed) -> None:
    tamper(sealed.database, "alter table private.stk_event disable trigger t10010_stk_event_immutable")
    assert [each.detail for each in verified(sealed.database).findings] == [
        "the trigger t10010_stk_event_immutable is missing or off"
    ]


def test_functions_and_views_that_were_replaced_do_not_deceive(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    tamper(
        sealed.database,
        "create function public.sha256(bytea) returns bytea language sql as $$ select '\\x00'::bytea $$",
        "alter role postgres in database " + sealed.database.name + " set search_path = public, pg_catalog",
        "create or replace function private.stk_merkle_root(leaves_p bytea) returns bytea"
        " language sql as $$ select '\\x00'::bytea $$",
        f"update private.stk_event set name = 'other' where uu = '{uu}'",
    )
    assert found(sealed.database) == {("altered", 1, uu)}


def test_a_cast_that_was_added_to_deceive_is_named(sealed: Sealed) -> None:
    tamper(
        sealed.database,
        "create function public.innocent(jsonb) returns text language sql immutable as $$ select '{}' $$",
        "create cast (jsonb as text) with function public.innocent(jsonb)",
    )
    details = [each.detail for each in verified(sealed.database).findings if each.what == "unguarded"]
    assert len(details) == 1
    assert details[0].startswith("a cast from jsonb to text was added")


def test_a_transaction_that_commits_late_is_not_left_out(database: TestDatabase) -> None:
    record = "insert into api.stk_event (name) values ('{}') returning uu::text"
    with database.connect("stk_login", "stk_api_role") as late:
        late.autocommit = False
        (uu,) = late.execute(record.format("late").encode()).fetchone() or ("",)
        database.rows(record.format("early"), "stk_login", "stk_api_role")
        database.rows("select api.stk_seal()", "stk_login", "stk_api_role")
        late.commit()
    result = verified(database)
    assert (result.events, result.findings, result.pending) == (2, (), 0)
    tamper(database, f"delete from private.stk_event where uu = '{uu}'")
    assert [(each.what, each.uu) for each in verified(database).findings] == [("removed", uu)]


def test_sealing_does_not_wait_for_who_records_nor_the_other_way_round(database: TestDatabase) -> None:
    with database.connect("stk_login", "stk_api_role") as sealer:
        sealer.execute("set lock_timeout = '1s'")
        sealer.autocommit = False
        sealer.execute("select api.stk_seal()")
        with database.connect("stk_login", "stk_api_role") as writer:
            writer.execute("set lock_timeout = '1s'")
            writer.execute("insert into api.stk_event (name) values ('x')")
            row = writer.execute("select blocks, facts from api.stk_seal()").fetchone()
            assert row == (0, 0)
        sealer.commit()
    assert verified(database).findings == ()


def test_many_may_record_and_seal_at_once(database: TestDatabase) -> None:
    def work(number: int) -> None:
        with database.connect("stk_login", "stk_api_role") as connection:
            for turn in range(40):
                connection.execute("insert into api.stk_event (name) values ('x')")
                if turn % 5 == number % 5:
                    connection.execute("select api.stk_seal()")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = verified(database)
    assert (result.events, result.pending, result.findings) == (240, 0, ())
    assert result.blocks > 5


def test_a_digest_that_was_taken_before_anything_was_sealed_fits_any_chain(database: TestDatabase) -> None:
    with database.connect("stk_login", "stk_api_role") as open_:
        open_.autocommit = False
        open_.execute("insert into api.stk_event (name) values ('open')")
        kept = Digest(0, merkle.NOTHING.hex())
        assert verified(database, kept).findings == ()
    database.rows("insert into api.stk_event (name) values ('x')", "stk_login", "stk_api_role")
    assert verified(database, kept).findings == ()


def recorded(database: TestDatabase) -> None:
    """Record an event as a program does that ends then."""
    with closing(store_of(database, "stk_login")) as store:
        store.append([NewEvent("x", {})])


BLOCKS = "select count(*) from private.stk_block"


def test_what_a_program_has_recorded_is_sealed_when_it_ends(database: TestDatabase) -> None:
    recorded(database)
    ((uu,),) = database.rows("select uu::text from private.stk_event")
    tamper(database, "update private.stk_event set name = 'other'")
    assert found(database) == {("altered", 1, uu)}


def test_a_program_that_only_reads_seals_nothing(database: TestDatabase) -> None:
    database.rows("insert into api.stk_event (name) values ('x')", "stk_login", "stk_api_role")
    with closing(store_of(database, "stk_login")) as store:
        store.count(EventQuery(), 10)
    assert database.rows(BLOCKS) == [(0,)]


def test_programs_that_end_often_do_not_make_a_block_each_for_ever(database: TestDatabase) -> None:
    for _ in range(105):
        database.rows("insert into api.stk_event (name) values ('x')", "stk_login", "stk_api_role")
        database.rows("select api.stk_seal()", "stk_login", "stk_api_role")
    recorded(database)
    assert database.rows(BLOCKS) == [(105,)]
    assert verified(database).events == 106


def test_a_program_ends_in_time_where_sealing_cannot_be_done(database: TestDatabase) -> None:
    with database.connect() as other:
        other.autocommit = False
        other.execute("lock table private.stk_block in access exclusive mode")
        start = time.monotonic()
        recorded(database)
        assert time.monotonic() - start < 2
    assert database.rows(BLOCKS) == [(0,)]


def test_what_is_too_new_to_be_sealed_is_counted(database: TestDatabase) -> None:
    with database.connect("stk_login", "stk_api_role") as open_:
        open_.autocommit = False
        open_.execute("insert into api.stk_event (name) values ('open')")
        database.rows("insert into api.stk_event (name) values ('done')", "stk_login", "stk_api_role")
        result = verified(database)
        assert (result.events, result.pending, result.findings) == (0, 1, ())
        assert head(database).block == 0 or result.changes > 0


def test_many_facts_are_sealed_in_several_blocks(database: TestDatabase) -> None:
    database.rows("insert into private.stk_event (name) select 'x' from generate_series(1, 20001)")
    result = verified(database)
    assert (result.blocks, result.events, result.findings) == (3, 20001, ())


def count_further(cluster: Cluster, transactions: int) -> None:
    """Let a server have so many transactions more."""
    with psycopg.connect(cluster.dsn("postgres"), autocommit=True) as connection:
        for _ in range(transactions):
            connection.execute("select pg_current_xact_id()")


def restored(old: TestDatabase, cluster: Cluster) -> TestDatabase:
    """A copy of the database in another server, by way of a dump."""
    cluster.migrated()  # makes the roles
    new = TestDatabase(cluster, cluster.empty())
    dump = subprocess.run([cluster.binaries / "pg_dump", old.dsn("postgres")], capture_output=True, check=True)
    restore = [
        str(cluster.binaries / "psql"),
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-o",
        "/dev/null",
        new.dsn("postgres"),
    ]
    subprocess.run(restore, input=dump.stdout, capture_output=True, check=True)
    return new


@pytest.fixture
def other_cluster(cluster: Cluster) -> Iterator[Cluster]:
    """A server that has counted few transactions yet."""
    other = Cluster(cluster.binaries)
    yield other
    other.stop()
    shutil.rmtree(other.directory)


def test_a_chain_goes_on_after_a_dump_is_restored(sealed: Sealed, cluster: Cluster, other_cluster: Cluster) -> None:
    count_further(cluster, 5000)
    record = "insert into api.stk_event (name) values ('x') returning uu::text"
    for _ in range(2):
        sealed.database.rows(record, "stk_login", "stk_api_role")
        kept = head(sealed.database)
    ((waiting,),) = sealed.database.rows(record, "stk_login", "stk_api_role")
    new = restored(sealed.database, other_cluster)
    result = verified(new, kept)
    assert (result.events, result.findings, result.pending) == (3 * COUNT + 3, (), 0)
    # The numbers of transactions come again: nothing may be sealed twice, nor taken for what was put in behind.
    uus = []
    for _ in range(4):
        count_further(other_cluster, 2000)
        uus.append(str(new.rows(record, "stk_login", "stk_api_role")[0][0]))
        assert verified(new, kept).findings == ()
    assert verified(new).events == 3 * COUNT + 7
    tamper(new, f"delete from private.stk_event where uu in ('{waiting}', '{uus[2]}', '{sealed.uus[0]}')")
    assert {uu for what, _, uu in found(new) if what == "removed"} == {waiting, uus[2], sealed.uus[0]}


FACT = sql.SQL(
    f"select {queries.event_leaf()} from (select %s::uuid as uu, %s::uuid as stk_entity_uu, %s::timestamptz as created,"
    " %s::uuid as created_by_uu, %s::jsonb as table_name_uu_json, %s::bool as is_valid, %s::uuid as type_uu,"
    " %s::jsonb as record_json, %s::text as search_key, %s::text as name, %s::text as description) as r"
)
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(
    record=JSON,
    texts=st.tuples(TEXTS, TEXTS, st.none() | TEXTS),
    created=st.datetimes(datetime.datetime(1, 1, 2), datetime.datetime(9999, 12, 30), timezones=st.just(datetime.UTC)),
    is_valid=st.booleans(),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fact_has_the_same_hash_in_sql_and_here(
    leaf_connection: psycopg.Connection[tuple[object, ...]],
    record: object,
    texts: tuple[str, str, str | None],
    created: datetime.datetime,
    *,
    is_valid: bool,
) -> None:
    uu = "01a20569-11c4-7e01-9d20-1c2d3e4f5a6b"
    values = (uu, uu, created, uu, Jsonb({}), is_valid, uu, Jsonb(record), *texts)
    ((leaf, shown),) = leaf_connection.execute(
        sql.SQL("select ({}), (%s::jsonb)::text").format(FACT), (*values, Jsonb(record))
    ).fetchall()
    event: Record = dict(zip(EVENT_FIELDS, (uu, uu, created, uu, "{}", is_valid, uu, shown, *texts), strict=True))  # type: ignore[arg-type]
    assert merkle.leaf(event_form(event)) == leaf


@pytest.fixture(scope="module")
def leaf_connection(cluster: Cluster) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection to a database without any table."""
    with psycopg.connect(cluster.dsn("postgres"), autocommit=True) as connection:
        yield connection


def test_a_table_and_a_row_of_it_have_the_hash_that_sealing_gave(sealed: Sealed) -> None:
    rows = sealed.database.rows(
        f"select substring(b.leaves, array_position(b.uus, r.uu) * 32 - 31, 32) = {queries.event_leaf()}"
        " from private.stk_event r join private.stk_block b on r.uu = any (b.uus)"
    )
    assert rows == [(True,)] * (3 * COUNT)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 13])
def test_every_leaf_leads_to_the_root_and_no_other_does(count: int) -> None:
    leaves = [merkle.leaf(secrets.token_bytes(5)) for _ in range(count)]
    for place in range(count):
        way = merkle.path(leaves, place)
        assert merkle.climbed(leaves[place], place, count, way) == merkle.root(leaves)
        assert merkle.climbed(merkle.leaf(b"x"), place, count, way) != merkle.root(leaves)
        assert merkle.climbed(leaves[place], place, count, [*way, leaves[0]]) is None
        assert count == 1 or merkle.climbed(leaves[place], place, count, way[:-1]) is None
        assert merkle.climbed(leaves[place], count, count, way) is None


def test_trees_are_those_of_rfc_6962() -> None:
    one, two, three = (merkle.leaf(text) for text in (b"a", b"b", b"c"))
    pair = sha256(b"\1" + one + two).digest()
    assert one == sha256(b"\0a").digest()
    assert merkle.root([one, two, three]) == sha256(b"\1" + pair + three).digest()
    assert merkle.root([]) == sha256().digest()


def proof_of(database: TestDatabase, uu: str, user: str = "stk_login") -> Record:
    """The proof of an event, made by a client."""
    with closing(store_of(database, user)) as store:
        proof = store.proof(uu)
    assert proof is not None
    return proof


def test_the_proof_of_an_event_leads_to_the_head(sealed: Sealed) -> None:
    kept = head(sealed.database)
    for uu in (sealed.uus[0], sealed.uus[5], sealed.uus[-1]):
        shown = checking.check(proof_of(sealed.database, uu), kept)
        assert (shown["uu"], shown["is_kept_elsewhere"]) == (uu, True)
        assert shown["proved_by"] == {"block": kept.block, "hash": kept.hash}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "other"),
        ("record_json", '{"i": 7, "block": 1}'),
        ("created", "2020-01-01T00:00:00.000000+00:00"),
        ("description", ""),
        ("is_valid", False),
        ("uu", "01a20569-11c4-7e01-9d20-1c2d3e4f5a6b"),
    ],
)
def test_a_proof_of_something_else_is_refused(sealed: Sealed, field: str, value: Value) -> None:
    proof = proof_of(sealed.database, sealed.uus[4])
    forged: Record = {**proof, "event": {**proof["event"], field: value}}  # type: ignore[dict-item]
    with pytest.raises(EventError, match="not the one that was sealed"):
        checking.check(forged, None)


def test_a_proof_whose_blocks_do_not_follow_each_other_is_refused(sealed: Sealed) -> None:
    proof = proof_of(sealed.database, sealed.uus[4])
    blocks = proof["blocks"]
    assert isinstance(blocks, list)
    for forged in ([blocks[0], blocks[2]], [blocks[0], {**blocks[1], "facts": 1}, blocks[2]]):  # type: ignore[dict-item]
        with pytest.raises(EventError, match="does not follow"):
            checking.check({**proof, "blocks": forged}, None)


def test_a_proof_is_refused_that_does_not_lead_to_the_digest(sealed: Sealed) -> None:
    proof = proof_of(sealed.database, sealed.uus[17])
    for kept, why in (
        (Digest(3, "00" * 32), "does not lead"),
        (Digest(1, "00" * 32), "older"),
        (Digest(9, "00" * 32), "newer"),
    ):
        with pytest.raises(EventError, match=why):
            checking.check(proof, kept)


@pytest.mark.parametrize("broken", [{}, {"blocks": []}, {"event": 1}, {"place": "x"}, {"path": [1]}, {"blocks": [{}]}])
def test_what_is_no_proof_is_refused(sealed: Sealed, broken: Record) -> None:
    whole = proof_of(sealed.database, sealed.uus[4]) if broken else {}
    with pytest.raises(EventError, match=r"not a proof|not the one"):
        checking.check({**whole, **broken}, None)


def test_an_event_that_was_altered_has_no_proof(sealed: Sealed) -> None:
    tamper(sealed.database, f"update private.stk_event set name = 'other' where uu = '{sealed.uus[5]}'")
    with pytest.raises(EventError, match="not sealed as it is now"):
        proof_of(sealed.database, sealed.uus[5])


def test_a_client_cannot_write_blocks_nor_read_what_they_hold(sealed: Sealed) -> None:
    for statement in (
        "insert into api.stk_block (number) values (9)",
        "update api.stk_block set root = ''",
        "delete from api.stk_block",
        "select uus from private.stk_block",
        "insert into api.stk_event (name, xact_id) values ('x', 0)",
    ):
        with pytest.raises(psycopg.Error):
            sealed.database.rows(statement, "stk_login", "stk_api_role")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sealed.database.rows("select uus from private.stk_block", "stk_login", "stk_private_role")


@pytest.mark.parametrize("table", ["stk_event", "stk_change_log"])
@pytest.mark.parametrize("change", ["disable row level security", "no force row level security"])
def test_isolation_that_is_turned_off_is_named(sealed: Sealed, table: str, change: str) -> None:
    sealed.database.rows(f"alter table private.{table} {change}")
    found = [(each.what, each.table, each.detail) for each in verified(sealed.database).findings]
    assert found == [("unguarded", table, "row security is off: entities see each other's records")]


@pytest.mark.parametrize("statement", ["update private.stk_block set facts = 1", "delete from private.stk_block"])
def test_blocks_are_never_changed_nor_removed(sealed: Sealed, statement: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        sealed.database.rows(statement)
    assert caught.value.sqlstate in ("STK02", "STK03")


def test_nobody_learns_of_an_event_whose_content_he_does_not_have(sealed: Sealed) -> None:
    uu = sealed.uus[5]
    asked = f"select number, place, leaves from api.stk_sealed('{uu}', sha256('x'))"
    assert sealed.database.rows(asked, "stk_login", "stk_api_role") == [(None, None, None)]


@pytest.mark.parametrize("version", [15, 16, 18])
def test_events_from_before_there_was_a_chain_are_sealed_first(
    cluster_of: Callable[[int], Cluster], version: int
) -> None:
    cluster = cluster_of(version)
    cluster.migrated()  # makes the roles
    database = TestDatabase(cluster, cluster.empty())
    every = migrations.available()
    with database.connect() as connection:
        migrations.migrate(connection, [each for each in every if each.name < "0012"])
        database.rows("insert into private.stk_event (name) select 'old' from generate_series(1, 5)")
        database.rows(
            "update private.stk_event set revoked = now() where uu = (select min(uu::text)::uuid from private.stk_event)"
        )
        migrations.migrate(connection, every)
    assert verified(database).findings == ()
    uus = [str(row[0]) for row in database.rows("select uu::text from private.stk_event order by uu")]
    tamper(
        database,
        f"update private.stk_event set revoked = null where uu = '{uus[0]}'",
        f"update private.stk_event set name = 'new' where uu = '{uus[3]}'",
    )
    assert found(database) == {("revocation undone", None, uus[0]), ("altered", 1, uus[3])}


def test_a_server_that_only_reads_is_verified_as_it_is(sealed: Sealed) -> None:
    sealed.database.rows("insert into api.stk_event (name) values ('x')", "stk_login", "stk_api_role")
    sealed.database.rows(f"alter database {sealed.database.name} set default_transaction_read_only = on")
    result = verified(sealed.database)
    assert (result.blocks, result.pending, result.findings) == (3, 1, ())
    assert head(sealed.database) == result.head


def test_a_tenant_proves_his_own_events_and_learns_of_no_other(sealed: Sealed) -> None:
    login = f"tenant_{secrets.token_hex(4)}"
    sealed.database.cluster.execute(f"create role {login} login noinherit; grant stk_api_role to {login}")
    sealed.database.rows(
        "with e as (insert into private.stk_entity (name, search_key, type_uu) select 'acme', 'acme', uu"
        " from private.stk_entity_type where is_default returning uu), a as (insert into private.stk_actor"
        f" (name, psql_user, type_uu) select '{login}', '{login}', uu from private.stk_actor_type where is_default"
        " returning uu) insert into private.stk_entity_member (actor_uu, stk_entity_uu) select a.uu, e.uu from a, e"
    )
    ((own,),) = sealed.database.rows(
        "insert into api.stk_event (name) values ('own') returning uu::text", login, "stk_api_role"
    )
    with closing(store_of(sealed.database, login)) as store:
        assert store.proof(sealed.uus[5]) is None
        proof = store.proof(str(own))
    assert proof is not None
    assert checking.check(proof, head(sealed.database))["uu"] == own
    assert not any(uu in str(proof) for uu in sealed.uus)


def test_a_login_that_is_no_auditor_cannot_verify(sealed: Sealed) -> None:
    refused = pytest.raises(StoreError, match="may not take the role `stk_auditor`")
    login = f"client_{secrets.token_hex(4)}"
    sealed.database.cluster.execute(f"create role {login} login noinherit; grant stk_api_role to {login}")
    with closing(store_of(sealed.database, login)) as store, refused:
        store.verify(None, Progress("facts"))


def test_an_auditor_needs_no_other_right(sealed: Sealed) -> None:
    login = f"auditor_{secrets.token_hex(4)}"
    sealed.database.cluster.execute(f"create role {login} login noinherit; grant stk_auditor to {login}")
    with closing(store_of(sealed.database, login)) as store:
        assert store.verify(None, Progress("facts")).events == 3 * COUNT
    with pytest.raises(psycopg.Error), sealed.database.connect(login, "stk_auditor") as connection:
        connection.execute("insert into private.stk_event (name) values ('x')")
