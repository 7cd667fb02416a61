"""The events of an entity among a million of others, with the rule that hides those and without it."""

from __future__ import annotations

import contextlib
from functools import partial

import psycopg
from psycopg.conninfo import make_conninfo

from stk_shell.model.store import EventQuery
from stk_shell.store import migrations
from stk_shell.store.claims import API_ROLE, Claims, Who, set_session
from stk_shell.store.connecting import connect
from stk_shell.store.event_queries import EVENT_TABLE
from stk_shell.store.listing import listing
from stk_shell.store.pushdown.cells import Values
from stk_shell.store.pushdown.taking import output
from tests.benchmarks.harness import Result, Run, at_least, at_most, medians, seconds
from tests.benchmarks.store import INSERT, NEWEST_TEN, TEXT, Measured, make_tenant

EVENTS = 1_000_000
INSERTS = 300
READS = 200
SHARES = ("99 percent", "1 percent", "none")
"""How many of the events belong to an entity; that is its name as well."""

FILL = f"""
insert into private.stk_event
  (name, record_json, created, updated, stk_entity_uu, type_uu, created_by_uu, updated_by_uu)
select
  'name-' || i % 50, jsonb_build_object('text', 'event ' || i), now() - i * interval '1 second', now(),
  case when i % 100 < 99 then large.uu else small.uu end, t.uu, a.uu, a.uu
from generate_series(1, {EVENTS}) as i, private.stk_entity as large, private.stk_entity as small,
  private.stk_event_type as t, private.stk_actor as a
where large.name = '99 percent' and small.name = '1 percent' and t.name = 'NONE' and a.name = 'stk_login'
"""

WITHOUT = NEWEST_TEN.replace("api.", "private.")
"""As a superuser asks it, whom no rule concerns: the newest of all."""

SEARCH = "select uu, rank from api.stk_event_search(%s) order by rank desc limit 10"
WORDS = {"a word in all of them": "event", "a word in one": "777777", "an absent word": "absent"}
SEARCHES = 20


def isolating(store: Measured, rounds: int) -> list[Result]:
    """What the rule costs those who log, and those who look."""
    return [_appending(store, rounds * 3), *_newest(store, rounds)]


def _appending(store: Measured, rounds: int) -> Result:
    """Events recorded one by one, durably, in a database with the migration that brings the rule, and in one without."""
    with contextlib.ExitStack() as stack:
        runs: dict[str, Run] = {}
        for name, after in (("without", "0009"), ("with", "0010")):
            with _connected(store, "postgres") as owner:
                owner.execute(f"create database {name}_rule".encode())
            with _connected(store, "postgres", f"{name}_rule") as owner:
                migrations.migrate(owner, [each for each in migrations.available() if each.name < after])
            client = stack.enter_context(_connected(store, "stk_login", f"{name}_rule"))
            client.execute("set role stk_api_role")
            runs[name] = partial(_recording, client)
        figures = medians(runs, rounds)
    return at_least("append one by one with the rule : without", figures["with"], figures["without"], 0.9, "/s")


def _recording(connection: psycopg.Connection[tuple[object, ...]]) -> float:
    record = f'{{"text": "{TEXT}"}}'
    return INSERTS / seconds(lambda: [connection.execute(INSERT, ("bench", record)).fetchone() for _ in range(INSERTS)])


def _newest(store: Measured, rounds: int) -> list[Result]:
    """What stk asks for a list of ten, as a member of one entity; and the same of everything, by a superuser."""
    values = Values(lambda question: False)
    rows = listing(EVENT_TABLE, EventQuery(10), None, values)
    query = rows.selection([output(cell) for cell in rows.columns.values()], Who("", 1))
    with contextlib.ExitStack() as stack:
        owner = stack.enter_context(_connected(store, "postgres"))
        _fill(owner)
        runs = {"without": lambda: _reading(owner, WITHOUT, [])}
        for name in SHARES:
            login = make_conninfo(host=store.host, dbname="stk", user=f"tenant {name}")
            tenant = stack.enter_context(connect(login, ""))
            set_session(tenant, Claims(API_ROLE))
            runs[name] = partial(_reading, tenant, query, values.given)
            runs |= {name + words: partial(_searching, tenant, words) for words in WORDS.values()}
        runs |= {words: partial(_searching, owner, words) for words in WORDS.values()}
        figures = medians(runs, rounds)
    return [*_searched(figures), *_listed(figures)]


def _searched(figures: dict[str, float]) -> list[Result]:
    """The search of an entity, beside that of somebody who sees all."""
    return [
        at_most(
            f"search {what} in an entity with {name} of a million events : in all of them",
            figures[name + words],
            figures[words],
            2,
        )
        for name in SHARES
        for what, words in WORDS.items()
    ]


def _listed(figures: dict[str, float]) -> list[Result]:
    return [
        at_most(
            f"newest 10 of a million, of an entity with {name} of them : without the rule",
            figures[name],
            figures["without"],
            1.5,
        )
        for name in SHARES
    ]


def _connected(store: Measured, user: str, database: str = "stk") -> psycopg.Connection[tuple[object, ...]]:
    connection = psycopg.connect(f"host={store.host}", dbname=database, user=user, autocommit=True)
    connection.prepare_threshold = 2
    return connection


def _reading(connection: psycopg.Connection[tuple[object, ...]], query: object, values: object) -> float:
    cursor = connection.cursor()
    return seconds(lambda: [cursor.execute(query, values).fetchall() for _ in range(READS)]) / READS  # type: ignore[call-overload]


def _searching(connection: psycopg.Connection[tuple[object, ...]], words: str) -> float:
    cursor = connection.cursor()
    return seconds(lambda: [cursor.execute(SEARCH, (words,)).fetchall() for _ in range(SEARCHES)]) / SEARCHES


def _fill(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Make an entity with a login for each share, and the events."""
    for name in SHARES:
        make_tenant(owner, name, f"tenant {name}")
    with owner.transaction():
        # What triggers do for each row is not what is measured here.
        owner.execute("set local session_replication_role = replica")
        owner.execute(FILL.encode())
    owner.execute("vacuum analyze private.stk_event")
    while owner.execute("select not is_complete from api.stk_event_index(10)").fetchone() == (True,):
        pass
