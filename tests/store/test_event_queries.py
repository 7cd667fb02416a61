"""The statements about events, and how PostgreSQL runs them."""

from __future__ import annotations

import pytest
from psycopg import sql

from stk_shell.store.event_queries import EVENT_TABLE, matching
from stk_shell.store.postgres import PostgresStore
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell


@pytest.mark.parametrize("length", [1, 8, 13, 32])
@pytest.mark.not_for("partitioned")
def test_the_beginning_of_a_uu_is_found_by_its_index(database: TestDatabase, length: int) -> None:
    with database.connect() as connection:
        connection.execute("insert into api.stk_event (name) select 'a' from generate_series(1, 5000)")
        ((uu,),) = connection.execute("select uu::text from api.stk_event order by uu limit 1 offset 2500").fetchall()
    database.rows("analyze private.stk_event")
    prefix = str(uu).replace("-", "")[:length]
    with database.connect() as connection:
        connection.execute("set role stk_api_role")
        values = prefix.ljust(32, "0"), prefix.ljust(32, "f"), 4
        rows = connection.execute(sql.SQL("explain ") + matching(EVENT_TABLE), values).fetchall()
    plan = "\n".join(str(row[0]) for row in rows)
    assert "Index Scan Backward using stk_event_pkey" in plan, plan
    assert "Sort" not in plan


def test_a_uu_is_found_by_its_beginning_with_hyphens_and_without(shell: Shell) -> None:
    uu = str(shell.value(".append event a | get uu"))
    for begin in (uu[:8], uu[:13], uu[:20], uu, uu[:13].replace("-", ""), uu.replace("-", ""), uu[:9]):
        assert shell.value(f"event get {begin} | get uu") == uu


@pytest.mark.not_for("pooler", "partitioned")
def test_the_newest_come_by_their_index_though_the_table_has_grown_since_it_was_looked_at(
    shell: Shell, database: TestDatabase
) -> None:
    with database.connect() as connection:
        connection.execute("insert into api.stk_event (name) select 'a' from generate_series(1, 30000)")
    for _ in range(3):
        shell.value("event list")
    assert isinstance(shell.session.store, PostgresStore)
    ask = shell.session.store.database.rows
    ((name,),) = ask(sql.SQL("select name from pg_prepared_statements where statement like '%%lateral%%limit 11%%'"))
    plan = "\n".join(str(row[0]) for row in ask(sql.SQL(f"explain execute {name}")))
    assert "Bitmap" not in plan
    assert "Index Scan Backward using stk_event_" in plan, plan
