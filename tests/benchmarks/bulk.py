"""Loading many events: `.append event` against COPY into the same table, and that table against a bare one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import psycopg

from stk_shell.commands import Registry
from stk_shell.engine.session import ShellSession
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from stk_shell.model.stream import Stream
from stk_shell.model.values import Record
from stk_shell.store import migrations, open_store
from tests.benchmarks.harness import Result, at_least, medians, seconds
from tests.benchmarks.store import Measured
from tests.fixtures.shells import Recorder

EVENTS = 200_000
BLOCK = 256 * 1024

BARE = """
create table public.bare (
  uu uuid primary key default private.stk_uuid(),
  created timestamptz not null default now(),
  name text not null,
  record_json jsonb not null default '{}'
)
"""

WITHOUT_TRIGGERS = """
create table public.untriggered (like private.stk_event including all);
do $$
begin
  execute (
    select format(
      'alter table public.untriggered alter created_by_uu set default %1$L, alter updated_by_uu set default %1$L,'
      ' alter stk_entity_uu set default %2$L, alter type_uu set default %3$L', a.uu, e.uu, t.uu)
    from private.stk_actor as a, private.stk_entity as e, private.stk_event_type as t
    where a.name = 'stk_superuser' and e.search_key = '*' and t.is_default
  );
end
$$
"""
"""The same columns and indexes, with defaults that are constants."""

TABLES = {"bare": "public.bare", "table": "private.stk_event", "untriggered": "public.untriggered"}

TRIGGERS_AT_MOST = 3.0
"""How many microseconds a row the triggers may take, and what is looked up for the columns they fill."""


def loading(store: Measured, rounds: int) -> list[Result]:
    """In a database of its own, whose tables are emptied before each run; who copies is a superuser."""
    with _connected(store, "postgres") as owner:
        owner.execute("create database bulk")
    settings = Settings(dsn=f"host={store.host} user=stk_login dbname=bulk")
    session = ShellSession(
        settings, Registry(), Recorder(), lambda: open_store(settings, None, note=lambda _: None), dict(os.environ)
    )
    with _connected(store, "bulk") as owner:
        migrations.migrate(owner, migrations.available())
        owner.execute(BARE)
        owner.execute(WITHOUT_TRIGGERS)
        records = [*_records()]
        blocks = _blocks(records)

        def appended() -> float:
            _emptied(owner)
            program = Source('.append event "load" | ignore')
            return EVENTS / seconds(lambda: session.evaluate(program, Stream(iter(records))))

        def copied(table: str) -> float:
            _emptied(owner)
            return EVENTS / seconds(lambda: _copied(owner, table, blocks))

        runs = {name: lambda table=table: copied(table) for name, table in TABLES.items()}
        figures = medians({"append": appended, **runs}, rounds)
    session.close()
    cost = (1 / figures["table"] - 1 / figures["untriggered"]) * 1e6
    return [
        at_least("200 000 records piped to .append event : COPY", figures["append"], figures["table"], 0.85, "/s"),
        at_least("COPY into the table of events : a bare table", figures["table"], figures["bare"], 0.35, "/s"),
        Result(
            "triggers of the table, in microseconds a row",
            f"{figures['table']:,.0f} /s",
            f"{figures['untriggered']:,.0f} /s",
            cost,
            f"≤ {TRIGGERS_AT_MOST}",
            cost <= TRIGGERS_AT_MOST,
        ),
    ]


def _records() -> Iterator[Record]:
    for number in range(EVENTS):
        yield {
            "text": "User completed onboarding of the service",
            "user_id": number,
            "ip": f"10.0.{number % 256}.{number // 256 % 256}",
            "session": f"s{number * 7919 % 1_000_003:08d}",
            "ok": number % 3 == 0,
            "ms": number % 977,
        }


def _blocks(records: list[Record]) -> list[bytes]:
    """What COPY is fed with: made before, because making it is not what is measured."""
    text = b"".join(b"load\t%s\n" % json.dumps(record, separators=(",", ":")).encode() for record in records)
    return [text[at : at + BLOCK] for at in range(0, len(text), BLOCK)]


def _emptied(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    with owner.transaction():
        # Events are not deleted, and not by a superuser either.
        owner.execute("set local session_replication_role = replica")
        for table in TABLES.values():
            owner.execute(f"truncate {table}".encode())
    owner.execute("checkpoint")


def _copied(owner: psycopg.Connection[tuple[object, ...]], table: str, blocks: list[bytes]) -> None:
    with owner.cursor().copy(f"copy {table} (name, record_json) from stdin".encode()) as copy:
        for block in blocks:
            copy.write(block)


def _connected(store: Measured, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(f"host={store.host} user=postgres dbname={database}", autocommit=True)
