"""Recording many events: in blocks, in order, all or none, and in memory that does not grow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator

import pytest

from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from stk_shell.store.blocks import CHARACTERS, ROWS, Prepared, blocks
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.faults import OpenSession, kill
from tests.fixtures.shells import Shell

MANY = 2 * ROWS + 7
"""Enough for several blocks."""


def numbered(count: int) -> Iterator[Value]:
    """As many records, with their numbers."""
    return ({"n": number} for number in range(count))


def test_the_order_is_kept_and_the_time_is_one(shell: Shell) -> None:
    recorded = shell.value(".append event many", Stream(numbered(MANY)))
    assert isinstance(recorded, list)
    uus = [str(row["uu"]) for row in recorded if isinstance(row, dict)]
    assert (len(uus), uus) == (MANY, sorted(set(uus)))
    assert {uuid.UUID(uu).version for uu in uus} == {7}
    assert len({row["created"] for row in recorded if isinstance(row, dict)}) == 1
    listed = shell.value("event list --limit 0 | select uu record_json.n created")
    assert listed == [
        {"uu": row["uu"], "record_json.n": number, "created": row["created"]}
        for number, row in reversed([*enumerate(recorded)])
        if isinstance(row, dict)
    ]


def test_what_was_recorded_can_be_looked_at_again(shell: Shell) -> None:
    shell.run(f"let recorded = 1..{MANY} | each {{|n| {{n: $n}} }} | .append event many")
    assert shell.value("[($recorded | length) ($recorded | last | get name)]") == [MANY, "many"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"text": "a\0b"}, "stk::event::text"),
        ({"text": "a\ud800b"}, "stk::event::text"),
        ({"number": float("nan")}, "stk::event::number"),
        ({"a\0b": 1}, "stk::event::text"),
    ],
)
def test_a_bad_item_names_its_place_and_nothing_is_recorded(shell: Shell, bad: Value, code: str) -> None:
    def items() -> Iterator[Value]:
        yield from numbered(ROWS + 5)
        yield bad

    error = shell.error(".append event many", Stream(items()))
    assert (error.code, error.headline.partition(":")[0]) == (code, f"item {ROWS + 5} of the list")
    assert shell.value("event list --all | length") == 0
    assert shell.value("[1 2] | .append event again | length") == 2


def test_an_item_that_does_not_fit_its_type_names_its_place(shell: Shell) -> None:
    program = (
        f"1..{MANY} | each {{|n| {{start_date: 2026-11-25T09:00:00Z, minutes: (if $n == {MANY} {{ -1 }} else {{ 5 }})}} }}"
        " | .append event work --type TIMESHEET"
    )
    assert shell.error(program).headline.startswith(f"item {MANY - 1} of the list: ")
    assert shell.value("event list | length") == 0


def test_an_error_of_what_makes_the_items_undoes_all(shell: Shell) -> None:
    program = (
        f"1..{MANY} | each {{|n| if $n == {MANY} {{ error make {{msg: stop}} }} else {{ $n }} }} | .append event many"
    )
    assert shell.error(program).headline == "stop"
    assert shell.value("event list | length") == 0


def test_what_makes_the_items_may_ask_the_store_and_record_events_itself(shell: Shell) -> None:
    shell.run("[[n]; [1] [2] [3]] | .append event source")
    program = (
        f"0..<{MANY} | each {{|n| let found = event list --name source | get ($n mod 3)"
        ' ; if $n == 2000 { "x" | .append event inner }; $found.record_json }'
        " | .append event copy | length"
    )
    assert shell.value(program.replace(f"{MANY}", f"{ROWS + 3}")) == ROWS + 3
    assert shell.value("event list --name inner | length") == 1
    newest = shell.value("event list --name copy --limit 3 | get record_json.n")
    assert newest == [[1, 2, 3][::-1][(ROWS + 2 - at) % 3] for at in range(3)]


def test_each_has_its_own_of_what_is_the_same_for_all(shell: Shell) -> None:
    cause = str(shell.value('"x" | .append event cause | get uu'))
    program = f"1..{MANY} | .append event many --description why --type ACTION --attach {cause} | length"
    assert shell.value(program) == MANY
    rows = shell.value("event list --name many --limit 0 | select description type_name table_name_uu_json.uu | uniq")
    assert rows == [{"description": "why", "type_name": "ACTION", "table_name_uu_json.uu": cause}]


def test_requests_and_tags_go_the_same_way(shell: Shell) -> None:
    for noun in ("request", "tag"):
        assert shell.value(f"1..{MANY} | .append {noun} many | length") == MANY
        assert shell.value(f"{noun} list --limit 0 | length") == MANY


def test_a_database_that_chooses_the_uus_tells_them(shell: Shell, database: TestDatabase) -> None:
    database.rows("revoke insert (uu) on api.stk_event from stk_api_role")
    recorded = shell.value(".append event many", Stream(numbered(MANY)))
    assert isinstance(recorded, list)
    listed = shell.value("event list --limit 0 | sort-by record_json.n | select uu name created")
    assert sorted(map(repr, recorded)) == sorted(map(repr, listed if isinstance(listed, list) else []))


def test_it_is_said_how_many_were_recorded(shell: Shell) -> None:
    shell.run("1..10000 | .append event many | ignore")
    (note,) = shell.output.notes
    assert note.startswith("recorded 10,000 events in ")


def test_blocks_end_where_they_are_long_or_large_or_something_differs() -> None:
    def sizes(*events: Prepared) -> list[int]:
        return [len(block) for block in blocks(iter(events))]

    small, described = Prepared("x", "{}", {}, ""), Prepared("x", "{}", {"description": "y"}, "")
    assert sizes() == []
    assert sizes(*[small] * (ROWS + 1)) == [ROWS, 1]
    assert sizes(small, described, described, small) == [1, 2, 1]
    large = Prepared("x", "x" * (CHARACTERS + 1), {}, "")
    assert sizes(large, large, small) == [1, 1, 1]


def test_a_killed_server_leaves_nothing_of_a_long_list(
    frail: Cluster, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(target.dsn())
    shell.run('"x" | .append event before')

    def items() -> Iterator[Value]:
        yield from numbered(3 * ROWS)
        kill(frail)
        yield from numbered(3 * ROWS)

    try:
        shell.session.store.database.patience = 0.2  # type: ignore[attr-defined]
        error = shell.error(".append event many", Stream(items()))
        assert error.code == "stk::store::connection"
        assert "Nothing was changed" in (error.help or "")
    finally:
        frail.start()
    assert shell.value("event list --limit 0 | get name") == ["before"]


def test_memory_does_not_grow_with_what_is_piped_in(database: TestDatabase) -> None:
    few, many = (_peak(database, count) for count in (5_000, 300_000))
    assert many < few + 8_000
    assert database.rows("select count(*) from private.stk_event") == [(305_000,)]


def _peak(database: TestDatabase, count: int) -> int:
    """The memory in kilobytes that a program takes at most which records so many lines of JSON."""
    program = "from json --objects | .append event journal --name-from SYSLOG_IDENTIFIER | last | get name"
    command = [sys.executable, "-m", "stk_shell", "-n", "--dsn", database.dsn(), "-o", "text", "-c", program]
    stk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert stk.stdin is not None
    assert stk.stdout is not None
    line = json.dumps({"SYSLOG_IDENTIFIER": "sshd", "MESSAGE": "x" * 100, "_PID": "7"}).encode() + b"\n"

    def write(file: object) -> None:
        with stk.stdin:  # type: ignore[union-attr]
            for _ in range(count // 1000):
                stk.stdin.write(line * 1000)  # type: ignore[union-attr]

    writer = threading.Thread(target=write, args=(stk.stdin,))
    writer.start()
    with stk.stdout:
        assert stk.stdout.read() == b"sshd\n"
    writer.join()
    _, status, usage = os.wait4(stk.pid, 0)
    stk.returncode = os.waitstatus_to_exitcode(status)
    assert stk.returncode == 0
    return usage.ru_maxrss
