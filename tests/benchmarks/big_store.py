"""A store of many realistic events, made on the server in minutes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from stk_shell.store.claims import API_ROLE
from tests.benchmarks.store import Measured, make_tenant, measured_store

MAIN, FEW, EMPTY = "main", "few", "empty"
"""Entities: almost all events belong to the first, some hundred to the second, none to the last."""

COMMON, RARE, ABSENT = "click", "rare_event", "no_such_name"
"""Names: of a third of the events, of one in a hundred thousand, and of none."""

RARE_WORD, COMMON_WORD, ABSENT_WORD = "zanzibar", "session", "xylophone"

# Two years of events; words are skewed, as in logs.
FILL = f"""
insert into private.stk_event
  (uu, name, record_json, created, updated, stk_entity_uu, type_uu, created_by_uu, updated_by_uu, description, revoked)
select
  uuidv7(m.at - clock_timestamp()),
  case
    when i %% 100003 = 0 then '{RARE}'
    when r < 0.33 then '{COMMON}'
    else (array[
      'authentication', 'order-error', 'user-milestone', 'payment', 'page-view', 'export', 'logout', 'import', 'note',
      'invoice', 'shipment', 'login-failed', 'backup', 'deploy', 'alert', 'cron'
    ])[1 + (power(r2, 2) * 16)::int %% 16]
  end,
  jsonb_build_object(
    'text', 'User ' || (array['opened', 'closed', 'saw', 'changed'])[1 + i %% 4] || ' the '
      || case when r3 < 0.26 then '{COMMON_WORD}' when i %% 7001 = 0 then '{RARE_WORD}' else 'page' || (i %% 5003) end
      || ' of customer ' || (r2 * 90000)::int,
    'user_id', (r3 * 100000)::int, 'amount', (r2 * 10000)::int, 'price', round((r * 1000)::numeric, 2),
    'ip', '10.' || i %% 250 || '.' || (r * 250)::int || '.' || (r2 * 250)::int
  ),
  m.at, m.at,
  case when i < %(rows)s / 2 and i >= %(rows)s / 2 - 300 then few.uu else main.uu end,
  t.uu, a.uu, a.uu,
  case when i %% 50 = 0 then 'seen by support' end,
  case when i %% 211 = 0 then m.at + interval '1 hour' end
from (
  select i, random() as r, random() as r2, random() as r3 from generate_series(%(first)s::bigint, %(last)s::bigint) as i
) as n
cross join lateral (select now() - interval '730 days' + n.i * (interval '730 days' / %(rows)s)) as m (at)
cross join private.stk_entity as main
cross join private.stk_entity as few
cross join private.stk_event_type as t
cross join private.stk_actor as a
where main.name = '{MAIN}' and few.name = '{FEW}' and t.name = 'NONE' and a.name = '{MAIN}'
"""

AT_ONCE = 1_000_000


class BigStore:
    """Such a store, with a session and a bare connection for each of its entities."""

    def __init__(self, measured: Measured, rows: int) -> None:
        self.measured = measured
        self.rows = rows

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection that no rule concerns."""
        return psycopg.connect(f"host={self.measured.host} user=postgres dbname=stk", autocommit=True)

    def bare(self, entity: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the only member of an entity."""
        connection = psycopg.connect(self.dsn(entity), autocommit=True)
        connection.execute(f"set role {API_ROLE}".encode())
        connection.execute("set random_page_cost = 1.1")
        return connection

    def dsn(self, entity: str) -> str:
        """What the member of an entity connects with."""
        return f"host={self.measured.host} user={entity} dbname=stk"


@contextmanager
def big_store(rows: int) -> Iterator[BigStore]:
    """A store of so many events, which is removed afterwards."""
    with measured_store() as measured:
        store = BigStore(measured, rows)
        with store.owner() as owner:
            _fill(owner, rows)
        yield store


def _fill(owner: psycopg.Connection[tuple[object, ...]], rows: int) -> None:
    for name in (MAIN, FEW, EMPTY):
        make_tenant(owner, name, name)
    # What triggers do for each row is not what is measured here.
    owner.execute("set session_replication_role = replica")
    owner.execute("set synchronous_commit = off")
    for first in range(1, rows + 1, AT_ONCE):
        owner.execute(FILL, {"rows": rows, "first": first, "last": min(first + AT_ONCE - 1, rows)})
    owner.execute("reset session_replication_role")
    owner.execute("vacuum analyze private.stk_event")
