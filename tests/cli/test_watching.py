"""`event watch` as a program of its own: each line at once, and Ctrl-C ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import PROGRAM, RunStk

EARLIER = "event watch --since 1hr"


@contextmanager
def running(database: TestDatabase, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program, whose output somebody reads while it runs."""
    command = [str(PROGRAM), "-n", "--dsn", database.dsn(), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def record(database: TestDatabase, *names: str) -> None:
    """Record events."""
    for name in names:
        database.rows(f"insert into api.stk_event (name) values ('{name}')", "stk_login", "stk_api_role")


def line(process: subprocess.Popen[str]) -> str:
    """The next line that the program writes."""
    assert process.stdout is not None
    return process.stdout.readline()


def test_each_line_is_written_at_once_until_ctrl_c(database: TestDatabase) -> None:
    record(database, "one")
    with running(database, "-o", "ndjson", "-c", f'{EARLIER} | where name != "two" | select name') as process:
        assert json.loads(line(process)) == {"name": "one"}
        for name in ("three", "four"):
            record(database, "two", name)
            assert json.loads(line(process)) == {"name": name}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "")


def test_a_row_of_a_table_is_written_at_once_and_ctrl_c_ends_the_table(database: TestDatabase) -> None:
    with running(database, "-c", f"{EARLIER} | select name record_json") as process:
        record(database, "one")
        lines = [line(process) for _ in range(4)]
        record(database, "a-much-longer-name-than-the-first")
        lines.append(line(process))
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    assert [each.split()[1:4:2] for each in lines[3:]] == [["0", "one"], ["1", "a-much-longer-name-than…"]]
    assert len({len(each) for each in [*lines, out.split("\n")[0] + "\n"]}) == 1
    assert out.startswith("╰")
    assert process.returncode == 130


def test_first_ends_it(database: TestDatabase, stk: RunStk) -> None:
    record(database, *"abc")
    done = stk("--dsn", database.dsn(), "-c", f"{EARLIER} | first 2 | get name | str join ' '")
    assert (done.stdout, done.stderr) == ("a b\n", "")


def test_who_stops_reading_ends_it(database: TestDatabase) -> None:
    with running(database, "-o", "ndjson", "-c", EARLIER) as process:
        record(database, "one")
        assert line(process)
        assert process.stdout is not None
        process.stdout.close()
        record(database, "two")
        assert process.wait(20) == 141


@pytest.mark.parametrize("flags", ["--since nonsense", "--since []", "--limit 3", "--until 1hr", "--type nonsense"])
def test_wrong_flags_end_it_with_an_error(database: TestDatabase, stk: RunStk, flags: str) -> None:
    done = stk("--dsn", database.dsn(), "-c", f"event watch {flags} | first 1", code=1)
    assert done.stderr.startswith("Error: stk::")


def test_a_store_that_is_not_there_is_an_error_at_once(stk: RunStk) -> None:
    nowhere = f"host={os.sep}nonexistent dbname=x user=x"
    done = stk("--dsn", nowhere, "-c", "event watch", code=1)
    assert "cannot connect to the store" in done.stderr
