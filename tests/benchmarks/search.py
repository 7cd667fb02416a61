"""Finding events by words: rare, common and absent ones, among as many events as one asks for.

`python -m tests.benchmarks.search EVENTS [ROUNDS]` measures nothing else.
"""

from __future__ import annotations

import sys
from functools import partial

import psycopg

from stk_shell.model.progress import Progress
from stk_shell.model.store import EventQuery
from stk_shell.store.event_queries import EVENT_TABLE
from stk_shell.store.search import Readiness, search_statement
from tests.benchmarks.harness import Result, Run, at_least, at_most, medians, no_later, report, seconds
from tests.benchmarks.store import Measured, measured_store

EVENTS = 200_000
READS = 20
ENOUGH = 0.020
"""How many seconds the first ten may take."""

WORDS = {
    "a word in every event": "event",
    "a common word": "common",
    "a word in 1 of 1000": "medium",
    "a rare word": "rare",
    "an absent word": "absent",
    "two words": "common medium",
    "two words that never meet": "medium rare",
}

FILL = """
insert into private.stk_event
  (name, record_json, created, updated, stk_entity_uu, type_uu, created_by_uu, updated_by_uu, xact_id)
select
  'name-' || i %% 50,
  jsonb_build_object(
    'text', concat_ws(' ', 'event', case when i %% 4 = 0 then 'common' end, case when i %% 1000 = 8 then 'medium' end,
      case when i %% 50000 = 9 then 'rare' end, 'w' || hashint4(i::int) %% 20000, 'w' || hashint4(i::int + 1) %% 20000),
    'user_id', i %% 100000, 'ok', i %% 10 < 9, 'where', jsonb_build_object('host', 'host-' || i %% 200)),
  now() - (%(to)s - i) * interval '1 second', now(), n.uu, t.uu, a.uu, a.uu, pg_current_xact_id()::text::bigint
from generate_series(%(from)s::bigint, %(to)s) as i, private.stk_entity as n, private.stk_event_type as t,
  private.stk_actor as a
where n.name = '*' and t.name = 'NONE' and a.name = 'stk_login'
"""
"""Events as they may be: half of their words are of a vocabulary of 20 000."""

AT_ONCE = 1_000_000


def searching(store: Measured, rounds: int, events: int = EVENTS) -> list[Result]:
    """How fast events are put into the index, and the first ten are found; beside the same SQL without stk."""
    with psycopg.connect(f"host={store.host}", dbname="stk", user="postgres", autocommit=True) as owner:
        for first in range(1, events + 1, AT_ONCE):
            with owner.transaction():
                # What triggers do for each row is not what is measured here.
                owner.execute("set local session_replication_role = replica")
                owner.execute(FILL, {"from": first, "to": min(first + AT_ONCE - 1, events)})
        owner.execute("vacuum analyze private.stk_event")
    filled = seconds(lambda: store.session.store.search("event", EventQuery(10), Progress("events")))
    results = [at_least("events put into the index in a second", events / filled, 10_000, 1, "/s")]
    for what, words in WORDS.items():
        results += _finding(store, rounds, f"first 10 of {events:,} events with {what}", words)
    return results


def _finding(store: Measured, rounds: int, what: str, words: str) -> list[Result]:
    query = EventQuery(limit=10)
    statement, values = search_statement(EVENT_TABLE, words, query, None, Readiness(has_index=True))
    cursor = store.bare.cursor()
    runs: dict[str, Run] = {
        "stk": partial(_each, lambda: store.session.store.search(words, query, Progress("events"))),
        "bare": partial(_each, lambda: cursor.execute(statement, values).fetchall()),
    }
    figures = medians(runs, rounds)
    return [
        at_most(f"{what} : 20 ms", figures["stk"], ENOUGH, 1),
        no_later(f"{what} : the same SQL", figures["stk"], figures["bare"], 0.001),
    ]


def _each(work: object) -> float:
    assert callable(work)
    return seconds(lambda: [work() for _ in range(READS)]) / READS


if __name__ == "__main__":
    with measured_store() as measured:
        count, *more = map(int, sys.argv[1:])
        sys.stdout.write(f"{report(searching(measured, more[0] if more else 5, count))}\n")
