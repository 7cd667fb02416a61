"""Lists and pipelines over many events, against the SQL that somebody would write by hand, in the same run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg

from stk_shell.commands import Registry
from stk_shell.engine.session import ShellSession
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from stk_shell.model.stream import collect
from stk_shell.store import open_store
from stk_shell.store.event_queries import EVENT_TABLE, one
from tests.benchmarks.big_store import ABSENT, COMMON, EMPTY, FEW, MAIN, RARE, BigStore
from tests.benchmarks.harness import Result, at_most, medians, no_later, seconds
from tests.fixtures.shells import Recorder

READS = 100
MILLISECOND = 0.001

COLUMNS = (
    "e.name, e.record_json, e.created, e.updated, e.is_revoked, e.uu::text, t.type_enum::text, t.name, e.description,"
    " e.table_name_uu_json from api.stk_event e left join api.stk_event_type t on t.uu = e.type_uu"
)
NEWEST = f"select {COLUMNS} where not e.is_revoked{{}} order by e.created desc, e.uu desc limit 10"
MINE = " and e.stk_entity_uu = (select uu from api.stk_entity)"

LISTS = (
    ("newest 10 of all", MAIN, "event list --limit 10", NEWEST.format(MINE)),
    *(
        (
            f"newest 10 of {what} name",
            MAIN,
            f"event list --limit 10 --name {name}",
            NEWEST.format(f"{MINE} and e.name = '{name}'"),
        )
        for what, name in (("a common", COMMON), ("a rare", RARE), ("an absent", ABSENT))
    ),
    ("newest 10 of an entity with few", FEW, "event list --limit 10", NEWEST.format(MINE)),
    ("newest 10 of an entity with none", EMPTY, "event list --limit 10", NEWEST.format(MINE)),
)
"""What a list shows, whose member asks, the line, and the SQL."""

COUNT = "select count(*) from api.stk_event where not is_revoked"

PIPELINES = (
    ("count all", "length", COUNT),
    ("count a common name", f"where name == {COMMON} | length", f"{COUNT} and name = '{COMMON}'"),
    (
        "count a name of the last 30 days",
        f"where name == {COMMON} and created > (date now) - 30day | length",
        f"{COUNT} and name = '{COMMON}' and created > now() - interval '30 days'",
    ),
    (
        "count by content",
        "where record_json.user_id? == 7 | length",
        f"{COUNT} and record_json -> 'user_id' = '7'",
    ),
    (
        "count by text in the content",
        "where record_json.text? =~ zanzibar | length",
        f"{COUNT} and record_json ->> 'text' like '%zanzibar%'",
    ),
    (
        "newest 10 with a large amount",
        "where record_json.amount? > 9990 | first 10",
        NEWEST.format(" and jsonb_typeof(e.record_json -> 'amount') = 'number' and e.record_json -> 'amount' > '9990'"),
    ),
    (
        "10 largest amounts",
        "sort-by record_json.amount? | last 10 | length",
        "select count(*) from (select 1 from api.stk_event e where not is_revoked"
        " order by (record_json ->> 'amount')::numeric desc limit 10) q",
    ),
    (
        "all of a rare name, some columns",
        f"where name == {RARE} | select name created record_json.user_id?",
        f"select name, created, record_json -> 'user_id' from api.stk_event where not is_revoked and name = '{RARE}'"
        " order by created desc, uu desc",
    ),
)
"""What is asked, the stages behind `event list --limit 0`, and the SQL."""


def listing(store: BigStore, rounds: int) -> list[Result]:
    """The newest, for whoever asks for them: at most 1.5 times the SQL, and at most a millisecond."""
    results: list[Result] = []
    for what, entity, line, query in LISTS:
        with asking(store, entity) as (session, bare):
            figures = medians({"stk": partial(evaluated, session, line), "bare": partial(_asked, bare, query)}, rounds)
        name = f"{store.rows:,} events, {what}"
        results.append(at_most(f"{name} : the SQL", figures["stk"], figures["bare"], 1.5))
        results.append(at_most(f"{name} : a millisecond", figures["stk"], MILLISECOND, 1))
    with asking(store, MAIN) as (session, bare):
        (uu,) = bare.execute("select uu::text from api.stk_event order by uu desc limit 1").fetchone() or ("",)
        query = one(EVENT_TABLE).as_string().replace("%s", f"'{uu}'")
        runs = {"stk": partial(evaluated, session, f"event get {uu}"), "bare": partial(_asked, bare, query)}
        figures = medians(runs, rounds)
    results.append(at_most(f"{store.rows:,} events, one by its uu : the SQL", figures["stk"], figures["bare"], 1.5))
    return results


def pipelining(store: BigStore, rounds: int) -> list[Result]:
    """Pipelines that move into SQL: at most 1.1 times what is written by hand, and a millisecond."""
    results: list[Result] = []
    with asking(store, MAIN) as (session, bare):
        for what, stages, query in PIPELINES:
            line = f"event list --limit 0 | {stages}"
            runs = {"stk": partial(evaluated, session, line, 1), "bare": partial(_asked, bare, query, 1)}
            figures = medians(runs, rounds)
            allowed = 0.1 * figures["bare"] + MILLISECOND
            results.append(
                no_later(f"{store.rows:,} events, {what} : the SQL", figures["stk"], figures["bare"], allowed)
            )
    return results


@contextmanager
def asking(store: BigStore, entity: str) -> Iterator[tuple[ShellSession, psycopg.Connection[tuple[object, ...]]]]:
    """A session and a bare connection, both of the member of an entity."""
    settings = Settings(dsn=store.dsn(entity))
    session = ShellSession(settings, Registry(), Recorder(), lambda: open_store(settings, None), dict(os.environ))
    bare = store.bare(entity)
    try:
        yield session, bare
    finally:
        bare.close()
        session.close()


def evaluated(session: ShellSession, line: str, times: int = READS) -> float:
    """How many seconds a line takes in a session, on average."""
    return seconds(lambda: [collect(session.evaluate(Source(line))) for _ in range(times)]) / times


def _asked(bare: psycopg.Connection[tuple[object, ...]], query: str, times: int = READS) -> float:
    return seconds(lambda: [bare.execute(query.encode(), prepare=True).fetchall() for _ in range(times)]) / times
