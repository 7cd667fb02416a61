"""What the chain of blocks costs: appending with and without its column, sealing, and verifying a million events."""

from __future__ import annotations

import psutil
import psycopg

from stk_shell.model.progress import Progress
from stk_shell.store.places import DATABASE, OWNER
from tests.benchmarks.harness import Result, at_least, seconds
from tests.benchmarks.store import TEXT, Measured

INSERTS = 20_000
EVENTS = 1_000_000
A_SECOND = 200_000
"""How many events a second are to be verified, at least."""

WITHOUT = (
    "drop index private.stk_event_xact_idx",
    "alter table private.stk_event alter column xact_id set default 0",
)
WITH = (
    "create index stk_event_xact_idx on private.stk_event using brin (xact_id) with (pages_per_range = 32, autosummarize)",
    "alter table private.stk_event alter column xact_id set default pg_current_xact_id()::text::bigint",
)
"""What turns off, and on again, all that appending does for proof."""

LOAD = (
    "insert into api.stk_event (name, record_json)"
    f" select 'n' || i % 50, jsonb_build_object('text', '{TEXT}', 'user_id', i) from generate_series(1, {{}}) as i"
)


def proving(store: Measured, rounds: int) -> list[Result]:
    """Inserts with and without what proof needs, in turn; then as many events as there are."""
    return [_appending(store, rounds), *_chain(store)]


def _appending(store: Measured, rounds: int) -> Result:
    server = psutil.Process(store.bare.info.backend_pid)

    def spent() -> float:
        times = server.cpu_times()
        return times.user + times.system

    with psycopg.connect(f"host={store.host} user={OWNER} dbname={DATABASE}", autocommit=True) as owner:

        def rate(statements: tuple[str, ...]) -> float:
            for statement in statements:
                owner.execute(statement.encode())
            # What the processor does, in one statement: the disk and the neighbours would hide all of it.
            before = spent()
            store.bare.execute(LOAD.format(INSERTS).encode())
            return INSERTS / (spent() - before)

        rates = [(rate(WITHOUT), rate(WITH)) for _ in range(rounds * 2)]
    # The best of each: whatever else the machine does only adds to it.
    without, with_ = (max(each) for each in zip(*rates, strict=True))
    return at_least("append with what proof needs : without", with_, without, 0.9, "/s")


def _chain(store: Measured) -> list[Result]:
    store.session.store.seal()
    store.bare.execute(LOAD.format(EVENTS).encode())
    sealed = seconds(store.session.store.seal)
    events = store.session.store.verify(None, Progress("facts")).events
    verified = min(seconds(lambda: store.session.store.verify(None, Progress("facts"))) for _ in range(3))
    return [
        at_least("seal a million events : 100,000/s", EVENTS / sealed, A_SECOND / 2, 1.0, "/s"),
        at_least(f"verify a million events : {A_SECOND:,}/s", events / verified, A_SECOND, 1.0, "/s"),
    ]
