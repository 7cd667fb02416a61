"""Getting all events out: as JSON lines against `COPY` of `row_to_json`, as values against psycopg's own stream."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from stk_shell.model.span import Source
from stk_shell.model.store import EventQuery
from tests.benchmarks.harness import Result, at_least, medians, seconds
from tests.benchmarks.store import NEWEST_TEN, Measured

EVENTS = 200_000
FILL = """
insert into private.stk_event
  (name, record_json, created, updated, stk_entity_uu, type_uu, created_by_uu, updated_by_uu, description)
select
  (array['authentication', 'order', 'page view', 'deploy', 'job'])[1 + i %% 5],
  jsonb_build_object('text', 'User completed onboarding, step ' || i, 'user_id', i %% 5000, 'ok', i %% 7 <> 0,
    'ms', round((random() * 1000)::numeric, 2), 'ip', '10.0.' || i %% 250 || '.7'),
  now() - i * interval '1.234567 second', now(), e.uu, t.uu, a.uu, a.uu, case when i %% 10 = 0 then 'seen' end
from generate_series(1, %s) as i, private.stk_entity as e, private.stk_event_type as t, private.stk_actor as a
where e.name = '*' and t.name = 'NONE' and a.name = 'stk_login'
"""
ALL = NEWEST_TEN.removesuffix(" limit 10").replace("e.uu::text", "e.uu::text as uu")
AS_JSON = f"copy (select row_to_json(r) from ({ALL.replace('t.name', 't.name as type_name')}) as r) to stdout"
MOST_MEGABYTES = 50


def exporting(store: Measured, rounds: int, events: int = EVENTS) -> list[Result]:
    """All events of the store, to which so many are added."""
    with psycopg.connect(f"host={store.host} user=postgres dbname=stk", autocommit=True) as owner:
        owner.execute(FILL, (events,))
        owner.execute("vacuum analyze private.stk_event")
        count = owner.execute("select count(*) from private.stk_event").fetchone()
    rows = int(str(count[0])) if count else 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "events.jsonl")
        save = Source(f"event list --limit 0 | save -f {path}")
        figures = medians(
            {
                "save": lambda: rows / seconds(lambda: store.session.run(save)),
                "copy": lambda: rows / seconds(lambda: _copy(store, path)),
                "values": lambda: rows / seconds(lambda: _pull(store)),
                "stream": lambda: rows / seconds(lambda: _stream(store)),
            },
            rounds,
        )
        memory = _peak(store, save.text) - _peak(store, f"event list --limit 1001 | save -f {path}")
    return [
        at_least("event list | save events.jsonl : COPY of row_to_json", figures["save"], figures["copy"], 0.8, "/s"),
        at_least("event list as values : psycopg's stream", figures["values"], figures["stream"], 0.85, "/s"),
        Result(
            *("memory of an export above that of a short one", f"{memory} MB", f"{MOST_MEGABYTES} MB"),
            *(memory / MOST_MEGABYTES, "≤ 1", memory <= MOST_MEGABYTES),
        ),
    ]


def _copy(store: Measured, path: Path) -> None:
    with path.open("wb") as file, store.bare.cursor().copy(AS_JSON) as copy:
        for block in copy:
            file.write(block)


def _pull(store: Measured) -> None:
    for _ in store.session.store.events(EventQuery(None)):
        pass


def _stream(store: Measured) -> None:
    for _ in store.bare.cursor().stream(ALL, size=1000):
        pass


def _peak(store: Measured, program: str) -> int:
    """The most memory that a process of its own takes, in megabytes."""
    command = [sys.executable, "-m", "stk_shell", "-n", "--data-dir", str(store.directory), "-c", program]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss // 1024
