"""Logging and reading events in one session, against psycopg and pgbench on the same server."""

from __future__ import annotations

from stk_shell.model.span import Source
from stk_shell.model.stream import collect
from stk_shell.store.event_queries import EVENT_TABLE, one
from tests.benchmarks.harness import Result, at_least, medians, no_later, seconds
from tests.benchmarks.store import NEWEST_TEN, TEXT, Measured

INSERTS = 500
READS = 200


def appending(store: Measured, rounds: int) -> list[Result]:
    """`.append event` of one string, in a loop of the language and line by line; psycopg's loop; pgbench."""
    session = store.session
    loop = Source(f'1..{INSERTS} | each {{ "{TEXT}" | .append event "bench" }} | ignore')
    line = f'"{TEXT}" | .append event "bench"'

    def rate(work: object) -> float:
        assert callable(work)
        return INSERTS / seconds(work)

    def line_by_line() -> None:
        for _ in range(INSERTS):
            session.run(Source(line))

    figures = medians(
        {
            "loop": lambda: rate(lambda: session.run(loop)),
            "lines": lambda: rate(line_by_line),
            "psycopg": lambda: rate(lambda: store.insert_bare(INSERTS)),
            "pgbench": lambda: store.pgbench(1),
        },
        rounds,
    )
    return [
        at_least("append in one session : psycopg loop", figures["loop"], figures["psycopg"], 0.8, "/s"),
        at_least("the same, a line parsed for each : psycopg loop", figures["lines"], figures["psycopg"], 0.5, "/s"),
        at_least("append in one session : pgbench -M prepared", figures["loop"], figures["pgbench"], 0.75, "/s"),
        at_least("psycopg loop : pgbench -M prepared", figures["psycopg"], figures["pgbench"], 0.75, "/s"),
    ]


def reading(store: Measured, rounds: int) -> list[Result]:
    """`event list` and `event get`, parsed each time, against the bare query."""
    session, cursor = store.session, store.bare.cursor()
    (uu,) = store.bare.execute("select uu::text from api.stk_event limit 1").fetchone() or ("",)

    def of_stk(text: str) -> float:
        return seconds(lambda: [collect(session.evaluate(Source(text))) for _ in range(READS)]) / READS

    def bare(query: object, values: tuple[object, ...] = ()) -> float:
        return seconds(lambda: [cursor.execute(query, values, prepare=True).fetchall() for _ in range(READS)]) / READS  # type: ignore[call-overload]

    figures = medians(
        {
            "list": lambda: of_stk("event list"),
            "bare list": lambda: bare(NEWEST_TEN),
            "get": lambda: of_stk(f"event get {uu}"),
            "bare get": lambda: bare(one(EVENT_TABLE), (uu,)),
        },
        rounds,
    )
    return [
        no_later("event list : the bare query", figures["list"], figures["bare list"], 0.0005),
        no_later("event get : the bare query", figures["get"], figures["bare get"], 0.0005),
    ]
