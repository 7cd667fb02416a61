"""How much room events take, how fast they come, and how long lists take, at several sizes.

`python -m tests.benchmarks.sizing [--months N] [EVENTS ...]` fills a store to each of the sizes, prints a table, and adds
a line of ten times the greatest size, which is extrapolated: room grows with the number of events, and times by as much
again as from the size before. With `--months`, the events are in partitions, spread over so many months.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import psycopg

from stk_shell.model.span import Source
from stk_shell.model.store import EventQuery, Store
from stk_shell.model.stream import collect
from stk_shell.store.connecting import connect
from stk_shell.store.partitioning import month_after, partition
from tests.benchmarks.store import Measured, measured_store

SIZES = (1_000_000, 10_000_000)
AT_ONCE = 500_000
"""How many events are filled in by one statement."""

DAYS = 60

INSERTS, BULK, READS = 500, 20_000, 50

FILL = """
insert into private.stk_event (uu, name, record_json, created, created_by_uu, updated, updated_by_uu)
select
  (pg_catalog.lpad(pg_catalog.to_hex((extract(epoch from e.created) * 1000)::bigint), 12, '0') || '7'
    || pg_catalog.right(pg_catalog.md5(e.number::text), 19))::uuid,
  (array['page-view', 'click', 'authentication', 'order', 'order-error', 'payment'])[1 + e.number %% 6],
  pg_catalog.jsonb_build_object(
    'text', 'User ' || e.number %% 5000 || ' was here', 'user_id', e.number %% 5000,
    'ip', pg_catalog.format('10.%%s.%%s.%%s', e.number %% 7, e.number %% 251, e.number %% 253),
    'took_ms', e.number %% 977, 'path', '/shop/item/' || e.number %% 30000),
  e.created, a.uu, e.created, a.uu
from private.stk_actor as a, (
  select n as number, %(begin)s::timestamptz + n * (%(end)s::timestamptz - %(begin)s::timestamptz) / %(whole)s as created
  from pg_catalog.generate_series(%(from)s::bigint, %(to)s::bigint) as n) as e
where a.psql_user = 'stk_login'
"""
"""Events of a web shop: 150 bytes of JSON, as a rule."""

PARTS = """
select
  coalesce(sum(pg_catalog.pg_table_size(c.oid)), 0)::bigint, coalesce(sum(pg_catalog.pg_indexes_size(c.oid)), 0)::bigint
from pg_catalog.pg_class as c
where c.relnamespace = 'private'::regnamespace and c.relkind = 'r' and (
  c.relname = any (%(names)s) or c.oid in (
    select i.inhrelid from pg_catalog.pg_inherits as i where i.inhparent = 'private.stk_event'::regclass))
"""

QUESTIONS = {
    "newest 10": EventQuery(limit=10),
    "of a name": EventQuery(limit=10, name="order-error"),
    "of an absent name": EventQuery(limit=10, name="nothing"),
}
BY_UU = "by uu"


class Size(NamedTuple):
    """What was measured at a number of events; times are milliseconds."""

    events: int
    table: float
    indexes: float
    search: float
    single: float
    bulk: float
    times: tuple[float, ...]

    def line(self, *, note: str = "") -> str:
        """A row of the table."""
        whole = self.table + self.indexes + self.search
        cells = [f"{self.events:,}{note}", f"{self.table:.0f}", f"{self.indexes:.0f}", f"{self.search:.0f}"]
        cells += [f"{1e9 / whole / 1e6:.2f} million", f"{self.single:,.0f}", f"{self.bulk:,.0f}"]
        return " | ".join(["", *cells, *(f"{each:.2f}" for each in self.times), ""]).strip()


HEAD = " | ".join(
    [
        *("", "events", "bytes each in the table", "in its indexes", "for the search", "events in a GB"),
        *("one by one, a second", "lists, a second", *(f"{name}, ms" for name in (*QUESTIONS, BY_UU)), ""),
    ]
).strip()


def fill(
    owner: psycopg.Connection[tuple[object, ...]], begin: datetime.datetime, done: int, size: int, whole: int
) -> None:
    """Put in events from a number on, up to another, as an administrator who brings those of elsewhere."""
    values = {"begin": begin, "end": datetime.datetime.now(datetime.UTC), "whole": whole}
    for first in range(done + 1, size + 1, AT_ONCE):
        owner.execute(FILL.encode(), {**values, "from": first, "to": min(first + AT_ONCE - 1, size)})
    owner.execute("vacuum analyze private.stk_event")


def index(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Have the search know all of them."""
    while True:
        row = owner.execute("select is_complete from api.stk_event_index(60)").fetchone()
        if row is None or row[0]:
            return


def measured(store: Measured, owner: psycopg.Connection[tuple[object, ...]], events: int) -> Size:
    """What there is to say of the store as it is."""
    table, indexes = room(owner, ["stk_event"])
    search = sum(room(owner, ["event_index", "event_index_range"])) - table - indexes
    if not is_partitioned(owner):
        search += table + indexes
    asked = store.session.store
    uu = str(collect(store.session.evaluate(Source("event list | get 0.uu"))))
    times = (
        *(median(partial(listed, asked, query)) for query in QUESTIONS.values()),
        median(partial(asked.event, uu)),
    )
    single = INSERTS / elapsed(lambda: store.insert_bare(INSERTS))
    bulk = BULK / elapsed(lambda: store.session.run(Source(f'1..{BULK} | .append event "bulk" | ignore')))
    return Size(events, table / events, indexes / events, search / events, single, bulk, times)


def is_partitioned(owner: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether the events are in partitions, which are counted with whatever is asked for."""
    row = owner.execute("select relkind = 'p' from pg_class where oid = 'private.stk_event'::regclass").fetchone()
    return row is not None and bool(row[0])


def room(owner: psycopg.Connection[tuple[object, ...]], names: list[str]) -> tuple[int, int]:
    """The bytes of tables, and of their indexes."""
    row = owner.execute(PARTS.encode(), {"names": names}).fetchone()
    assert row is not None
    return int(str(row[0])), int(str(row[1]))


def listed(store: Store, query: EventQuery) -> object:
    """What a list gives, without what the shell says of an empty one."""
    return collect(store.events(query))


def median(work: Callable[[], object]) -> float:
    """The time of a question in a warm session, in milliseconds."""
    return statistics.median(elapsed(work) for _ in range(READS)) * 1000


def elapsed(work: Callable[[], object]) -> float:
    """How many seconds it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def beyond(sizes: list[Size]) -> Size:
    """Ten times the greatest size, by what the step before has cost."""
    last = sizes[-1]
    before = sizes[-2] if len(sizes) > 1 else last
    times = tuple(new * max(1.0, new / old) for new, old in zip(last.times, before.times, strict=True))
    single = last.single * min(1.0, last.single / before.single)
    bulk = last.bulk * min(1.0, last.bulk / before.bulk)
    return Size(last.events * 10, last.table, last.indexes, last.search, single, bulk, times)


def show(*lines: str) -> None:
    """Print lines at once: the next one may take minutes."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def main(sizes: list[int], months: int) -> None:
    """Measure and print."""
    now = datetime.datetime.now(datetime.UTC)
    begin = month_after(now, -months) if months else now - datetime.timedelta(days=DAYS)
    found: list[Size] = []
    show(HEAD, "|".join(["", *["---"] * (HEAD.count("|") - 1), ""]))
    with measured_store() as store, connect(f"host={store.host} user=postgres dbname=stk", "") as owner:
        if months:
            owner.assign({"role": "stk_superuser"})
            partition(owner, months, begin)
            owner.assign({"role": "none"})
        done = 0
        for size in sorted(sizes):
            fill(owner, begin, done, size, max(sizes))
            index(owner)
            found.append(measured(store, owner, size))
            show(found[-1].line())
            done = size
    show(beyond(found).line(note=" (extrapolated)"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=0)
    parser.add_argument("events", type=int, nargs="*", default=list(SIZES))
    arguments = parser.parse_args()
    main(arguments.events, arguments.months)
