"""Exports of many events: memory stays flat, and one that does not come to its end leaves no file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from stk_shell.store.pushdown import lines
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.programs import PROGRAM
from tests.fixtures.shells import Shell

EVENTS = 60_000
FILL = f"""
insert into private.stk_event (name, record_json, created, stk_entity_uu, type_uu, created_by_uu, updated_by_uu)
select 'name-' || i % 50, jsonb_build_object('text', 'event ' || i, 'n', i, 'ms', i / 8.0, 'tags', '["a", "b"]'::jsonb),
  now() - i * interval '1 second', e.uu, t.uu, a.uu, a.uu
from generate_series(1, {EVENTS}) as i, private.stk_entity e, private.stk_event_type t, private.stk_actor a
where e.name = '*' and t.name = 'NONE' and a.name = 'stk_login'
"""
MEGABYTE = 1024
"""In the kilobytes that the system counts in."""


@pytest.fixture(scope="module")
def many(cluster: Cluster) -> TestDatabase:
    """A store of many events."""
    database = TestDatabase(cluster, cluster.migrated())
    database.rows(FILL)
    return database


def peak(database: TestDatabase, program: str) -> int:
    """The most memory that a process took for the program, in kilobytes."""
    process = subprocess.Popen([PROGRAM, "-n", "--dsn", database.dsn(), "-c", program], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "csv", "json", "parquet"])
def test_memory_does_not_grow_with_the_events(many: TestDatabase, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"events.{ending}"
    few = peak(many, f"event list --limit {EVENTS // 6} | save {path}")
    idle = peak(many, f"event list --limit 1001 | save -f {path}")
    all_ = peak(many, f"event list --limit 0 | save -f {path}")
    assert all_ - few < 20 * MEGABYTE
    assert all_ - idle < 50 * MEGABYTE
    assert path.stat().st_size > EVENTS


def test_values_are_made_as_they_are_pulled(many: TestDatabase) -> None:
    idle = peak(many, "event list --limit 1001 | each {|event| $event.name} | last")
    assert peak(many, "event list --limit 0 | each {|event| $event.name} | last") - idle < 50 * MEGABYTE


def test_an_export_that_loses_its_server_leaves_no_file(
    many: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(dsn=many.dsn())
    made = Shell(lambda: open_store(settings, None), settings)
    text_of = lines.text_of

    def cut(*given: object) -> str:
        many.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            f" where datname = '{many.name}' and pid <> pg_backend_pid()"
        )
        return text_of(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(lines, "text_of", cut)
    error = made.error(f"event list --limit 0 | save {tmp_path}/events.jsonl")
    assert error.code == "stk::store::connection"
    assert list(tmp_path.iterdir()) == []
    made.session.close()
