"""Records are found by the beginning of their uu, and whose records there are besides does not matter."""

from __future__ import annotations

import pytest
from psycopg import sql

from stk_shell.model.nouns import EVENTS, TAGS, Noun
from stk_shell.model.settings import Settings
from stk_shell.model.values import Record
from stk_shell.store import open_store, prefixes
from stk_shell.store.postgres import PostgresStore
from tests.fixtures.clusters import TestDatabase

COUNT = 20_000
"""How many records the others have."""


PAGES = sql.SQL(
    "select sum(pg_stat_get_xact_blocks_fetched(c.oid)) from pg_class c where c.oid in (select c.oid from pg_class c"
    " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'private' and c.relname like 'stk_event%%')"
)
"""How many pages of the table of events and its indexes this transaction has looked at."""


def store_of(database: TestDatabase, login: str) -> PostgresStore:
    """The store for a login."""
    store = open_store(Settings(dsn=database.dsn(login)), None)
    assert isinstance(store, PostgresStore)
    return store


@pytest.fixture
def own(database: TestDatabase) -> str:
    """A login with three events, in a store where others have many of the same minute, before and after them."""
    login = database.login("ana")
    database.entity("shop", login)
    many = f"insert into private.stk_event (name) select 'theirs' from generate_series(1, {COUNT // 2})"
    database.rows(many)
    for name in ("a", "b", "c"):
        database.rows(f"insert into api.stk_event (name) values ('{name}')", login, "stk_api_role")
    database.rows(many)
    database.rows("vacuum analyze private.stk_event")
    return login


def pages_read(store: PostgresStore, prefix: str) -> int:
    """How many pages of the table and its indexes are looked at."""

    def asked() -> int:
        return int(store.database.rows(PAGES)[0][0])

    with store.database.transaction():
        before = asked()
        store.matching(prefix, 100)
        return asked() - before


@pytest.mark.not_for("partitioned")
def test_who_has_few_records_is_answered_without_a_look_at_those_of_others(
    database: TestDatabase, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(database, own)
    uu = str(store.matching("0", 1)[0]["uu"])
    prefix = uu[:4]
    assert [each["name"] for each in store.matching(prefix, 100)] == ["c", "b", "a"]
    few = pages_read(store, prefix)
    monkeypatch.setattr(prefixes, "FEW", 0)
    assert [each["name"] for each in store.matching(prefix, 100)] == ["c", "b", "a"]
    assert few * 5 < pages_read(store, prefix)
    store.close()


@pytest.mark.parametrize("noun", [EVENTS, TAGS])
def test_what_is_found_is_the_same_for_who_has_few_and_who_has_many(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch, noun: Noun
) -> None:
    login = database.login("ana")
    for entity in ("shop", "office"):
        database.entity(entity, login)
        for number in range(4):
            database.rows(
                f"insert into api.stk_{noun.name} (name, stk_entity_uu) select '{number}', uu from api.stk_entity"
                f" where name = '{entity}'",
                login,
                "stk_api_role",
            )
    store = store_of(database, login)

    def found() -> list[list[Record]]:
        uus = [str(each["uu"]) for each in store.matching("0", 100, noun)]
        begins = [uu.replace("-", "")[:length] for uu in uus for length in (4, 9, 13, 32)]
        return [store.matching(begin, at_most, noun) for begin in begins for at_most in (1, 3, 100)]

    few = found()
    assert max(map(len, few)) == 8
    for limit in (0, 3, 7, 8):
        monkeypatch.setattr(prefixes, "FEW", limit)
        prefixes._counted.cache_clear()
        prefixes._among_few.cache_clear()
        assert found() == few
    store.close()
