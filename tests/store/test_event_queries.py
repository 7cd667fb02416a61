"""The statements about events, and how PostgreSQL runs them."""

from __future__ import annotations

import pytest
from psycopg import sql

from stk_shell.store.event_queries import EVENT_TABLE, matching
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell


@pytest.mark.parametrize("length", [1, 8, 13, 32])
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
