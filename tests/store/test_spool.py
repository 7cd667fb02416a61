"""The queue of events that wait for the store: its files, and what becomes of them."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from stk_shell.model.errors import StoreError
from stk_shell.model.settings import Settings
from stk_shell.model.store import NewEvent
from stk_shell.store import open_store
from stk_shell.store.spool import Entry, Refused, Spool, read_entry
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.faults import OpenSession
from tests.fixtures.programs import PROGRAM, RunStk
from tests.fixtures.shells import Shell

NOWHERE = "host=127.0.0.1 port=1 dbname=x"

Open = Callable[[str], Shell]
"""Gives sessions on the database of a DSN, which all spool into the same directory."""


def entry(number: int) -> Entry:
    """An event that waits."""
    event = NewEvent("note", {"n": number, "text": 'a "crc":"0"\nü🎉'}, uu=f"01a2056c-1e59-7d0a-8a4e-{number:012x}")
    return Entry(event, "2026-11-22T22:39:50.5+00:00", "event", None, "")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A queue without events, whose folder is not there yet."""
    return Spool(str(tmp_path / "state" / "stk" / "spool" / "ab12"))


@pytest.fixture
def spooling_shell(open_session: OpenSession, tmp_path: Path) -> Open:
    """Opens sessions that spool."""
    return lambda dsn: open_session(dsn, spools=str(tmp_path / "spool"))


def waiting(spool: Spool) -> list[Entry | None]:
    """What is in the queue; None for each damaged line."""
    return [read_entry(line) for line in spool.read(0, 1_000_000)[0]]


def test_what_is_added_comes_back_in_order(spool: Spool) -> None:
    assert spool.is_empty()
    for number in range(3):
        spool.add([entry(number).line()])
    spool.add(entry(number).line() for number in range(3, 10))
    assert waiting(spool) == [entry(number) for number in range(10)]
    assert not spool.is_empty()


def test_only_its_owner_can_read_it(spool: Spool) -> None:
    spool.add([entry(0).line()])
    spool.refuse(Refused(entry(0).line(), "why not"))
    folder = Path(spool.queue).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_each_line_is_json(spool: Spool) -> None:
    assert json.loads(entry(7).line())["record_json"] == entry(7).event.record_json


def test_a_line_that_was_cut_off_anywhere_is_recognised_and_spoils_no_other(spool: Spool) -> None:
    whole, torn = entry(1).line(), entry(2).line()
    for length in range(1, len(torn) - 1):
        Path(spool.queue).unlink(missing_ok=True)
        spool.add([whole])
        with open(spool.queue, "ab") as file:
            file.write(torn[:length])
        assert waiting(spool) == [entry(1), None]
        spool.add([entry(3).line()])
        assert waiting(spool) == [entry(1), None, entry(3)]


def test_a_line_that_lacks_nothing_but_its_end_is_whole(spool: Spool) -> None:
    spool.add([entry(1).line()])
    os.truncate(spool.queue, os.path.getsize(spool.queue) - 1)
    spool.add([entry(2).line()])
    assert waiting(spool) == [entry(1), entry(2)]


def test_a_line_in_which_a_byte_has_changed_is_recognised() -> None:
    line = entry(1).line()
    for at in range(len(line) - 1):
        changed = line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]
        assert read_entry(changed) is None


def test_what_stands_before_a_place_is_forgotten(spool: Spool) -> None:
    spool.add(entry(number).line() for number in range(5))
    lines, behind = spool.read(0, 2)
    assert len(lines) == 2
    spool.forget(behind)
    assert waiting(spool) == [entry(2), entry(3), entry(4)]
    spool.forget(os.path.getsize(spool.queue))
    assert spool.is_empty()
    assert not os.path.exists(spool.queue)


def test_a_full_disk_keeps_all_of_what_is_added_out(spool: Spool) -> None:
    spool.add([entry(0).line()])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, hard))
    try:
        with pytest.raises(StoreError, match="File too large"):
            spool.add(entry(number).line() for number in range(100))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    spool.add([entry(1).line()])
    assert waiting(spool) == [entry(0), entry(1)]


def test_who_adds_at_once_does_not_mix_lines(spool: Spool) -> None:
    def add(first: int) -> None:
        for number in range(first, first + 50):
            spool.add([entry(number).line()])

    threads = [threading.Thread(target=add, args=(first,)) for first in range(0, 200, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = waiting(spool)
    assert None not in found
    assert sorted(each.event.uu for each in found if each) == [entry(number).event.uu for number in range(200)]


def test_events_wait_while_the_store_is_away_and_are_delivered_first(
    spooling_shell: Open, database: TestDatabase
) -> None:
    shell = spooling_shell(NOWHERE)
    appended = shell.value('"first" | .append event note --spool')
    assert isinstance(appended, dict)
    assert (appended["name"], appended["created"]) == ("note", None)
    shell.run('[second {text: third, n: 1.5}] | .append event note --spool -d "a remark" --type ACTION')
    assert shell.output.notes[0].startswith(
        "the store takes nothing now, so 1 event waits in the spool: cannot connect"
    )
    assert shell.value("store spool | select record_json.text state") == [
        {"record_json.text": text, "state": "waits"} for text in ("first", "second", "third")
    ]
    back = redirected(shell, database.dsn())
    back.run('"fourth" | .append event note')
    assert back.value("event list | get record_json.text") == ["fourth", "third", "second", "first"]
    assert back.value("event list | get type_name") == ["NONE", "ACTION", "ACTION", "NONE"]
    assert back.value("event list | last | get uu") == appended["uu"]
    assert back.output.notes == ["delivered from the spool: 3"]
    assert back.value("store spool") == []


def redirected(shell: Shell, dsn: str) -> Shell:
    """The session, whose database has moved: as if the server at its address were back."""
    store = shell.session.store
    there = open_store(Settings(dsn=dsn), None)
    store.place.dsn = dsn  # type: ignore[attr-defined]
    there.close()
    shell.output.notes.clear()
    shell.session.store.spooling._rests_until = 0.0  # type: ignore[attr-defined]
    return shell


def test_what_is_refused_for_good_is_set_aside_and_holds_up_nobody(
    spooling_shell: Open, database: TestDatabase
) -> None:
    shell = spooling_shell(NOWHERE)
    for text, name in (("a", "NONE"), ("b", "LATER"), ("c", "ACTION")):
        shell.run(f"'{text}' | .append event note --spool --type {name}")
    back = redirected(shell, database.dsn())
    assert back.value("store spool --flush") == {"delivered": 2, "refused": 1}
    assert back.value("event list | get record_json.text") == ["c", "a"]
    assert back.value("store spool | select record_json.text state reason") == [
        {"record_json.text": "b", "state": "refused", "reason": "there is no event type `LATER`"}
    ]
    database.rows("insert into api.stk_event_type (name) values ('LATER')", role="stk_api_role")
    assert back.value("store spool --retry") == {"delivered": 1, "refused": 0}
    assert back.value("store spool") == []
    assert back.value("event list | get record_json.text") == ["b", "c", "a"]


def test_delivering_twice_records_once(spooling_shell: Open, database: TestDatabase) -> None:
    shell = spooling_shell(NOWHERE)
    shell.run("1..2500 | each { {n: $in} } | .append event note --spool")
    queue = Path(shell.session.store.spooling.spool.queue)  # type: ignore[attr-defined]
    content = queue.read_bytes()
    back = redirected(shell, database.dsn())
    assert back.value("store spool --flush") == {"delivered": 2500, "refused": 0}
    queue.write_bytes(content)
    assert back.value("store spool --flush") == {"delivered": 2500, "refused": 0}
    assert back.value("event list --limit 0 | get record_json.n") == list(range(2500, 0, -1))


def test_an_event_goes_to_the_entity_of_its_session(spooling_shell: Open, database: TestDatabase) -> None:
    uu = "0192a4c4-1111-7000-8000-000000000001"
    shell = spooling_shell(NOWHERE)
    place = shell.session.store.place  # type: ignore[attr-defined]
    place.claims = place.claims.replace(entity=uu)
    shell.run('"theirs" | .append event note --spool')
    place.claims = place.claims.replace(entity=None)
    shell.run('"ours" | .append event note --spool')
    database.rows(f"insert into private.stk_entity (uu, name, search_key) values ('{uu}', 'acme', 'acme')")
    back = redirected(shell, database.dsn("postgres"))
    assert back.value("store spool --flush") == {"delivered": 2, "refused": 0}
    found = database.rows(f"select record_json ->> 'text', stk_entity_uu::text = '{uu}' from private.stk_event")
    assert sorted(found) == [("ours", False), ("theirs", True)]


def test_damaged_lines_are_set_aside_and_shown(spooling_shell: Open, database: TestDatabase) -> None:
    shell = spooling_shell(NOWHERE)
    shell.run('"whole" | .append event note --spool')
    with open(shell.session.store.spooling.spool.queue, "ab") as file:  # type: ignore[attr-defined]
        file.write(b'{"uu":"01a2056c-1e59-7d0a-8a4e-5b1f6f0d9c21","na')
    assert shell.value("store spool | get state") == ["waits", "damaged"]
    back = redirected(shell, database.dsn())
    assert back.value("store spool --flush") == {"delivered": 1, "refused": 1}
    assert back.value("store spool | get reason") == ["the line is damaged"]


def test_the_setting_spools_without_being_told(spooling_shell: Open) -> None:
    shell = spooling_shell(NOWHERE)
    shell.session.settings = shell.session.settings.replace(spool=True)
    shell.run('"x" | .append event note')
    assert shell.value("store spool | length") == 1
    assert shell.error('"x" | .append event note --spool=false').code == "stk::store::connection"


@pytest.mark.parametrize("uu", ["01a20567", "{uu: 01a20567}"])
def test_the_beginning_of_a_uu_cannot_be_looked_up_while_the_store_is_away(spooling_shell: Open, uu: str) -> None:
    shell = spooling_shell(NOWHERE)
    error = shell.error(line := f".append event note --attach {uu} --spool")
    assert error.code == "stk::store::connection"
    assert "With the whole one behind `--attach`, it waits" in (error.help or "")
    assert line[error.labels[0].span.start :].startswith(uu)
    assert "whole one" not in (shell.error(f".append event note --attach {uu}").help or "")
    shell.run(".append event note --attach 01a2056c-1e59-7d0a-8a4e-5b1f6f0d9c21 --spool")
    assert shell.value("store spool | length") == 1


def test_what_says_nothing_of_the_store_being_away_is_an_error(spooling_shell: Open, database: TestDatabase) -> None:
    shell = spooling_shell(database.dsn())
    assert shell.error('"x" | .append event note --type NOPE --spool').code == "stk::event::unknown_type"
    assert shell.error("(char nul) | .append event note --spool").code == "stk::event::text"
    assert shell.value("store spool") == []


def test_what_cannot_be_recorded_is_no_more_spooled(spooling_shell: Open) -> None:
    shell = spooling_shell(NOWHERE)
    assert shell.error("[ok (char nul)] | .append event note --spool").code == "stk::event::text"
    assert shell.value("store spool") == []


def test_the_variable_and_its_mistakes(stk: RunStk, tmp_path: Path) -> None:
    environment = {"STK_SPOOL": "1", "XDG_STATE_HOME": str(tmp_path)}
    done = stk("--dsn", NOWHERE, "-c", '"x" | .append event note | get created', env=environment)
    assert "the store takes nothing now, so 1 event waits in the spool" in done.stderr
    assert list(tmp_path.rglob("*.jsonl"))
    assert "STK_SPOOL cannot be `maybe`" in stk("-c", "1", env={"STK_SPOOL": "maybe"}, code=2).stderr


def test_a_password_makes_no_other_queue(stk: RunStk, tmp_path: Path) -> None:
    for dsn, password in ((f"{NOWHERE} user=ana password=a", ""), ("postgresql://ana:b@127.0.0.1:1/x", "c")):
        environment = {"XDG_STATE_HOME": str(tmp_path), "PGPASSWORD": password}
        stk("--dsn", dsn, "-c", '"x" | .append event note --spool', env=environment)
    assert len(list(tmp_path.rglob("*.jsonl"))) == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"password" in path.read_bytes()]


def test_two_programs_and_a_kill_lose_and_double_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    line = "1..100000 | each { {n: $in} | .append event note --spool | get uu | print }"
    command = [str(PROGRAM), "-n", "--dsn", NOWHERE, "-c", line]
    acknowledged: list[str] = []
    for _ in range(3):
        several = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
            for _ in range(2)
        ]
        for process in several:
            assert process.stdout is not None
            acknowledged += [process.stdout.readline().strip() for _ in range(20)]
        for process in several:
            process.kill()
            out, _ = process.communicate()
            acknowledged += out.split("\n")[:-1]
    queue = next(tmp_path.rglob("*.jsonl"))
    lines = waiting(Spool(str(queue).removesuffix(".jsonl")))
    found = [each.event.uu for each in lines if each is not None]
    assert set(acknowledged) <= set(found)
    assert len(found) == len(set(found))


def test_who_cannot_reach_the_store_is_told_of_the_spool(spooling_shell: Open) -> None:
    shell = spooling_shell(NOWHERE)
    with pytest.raises(StoreError) as caught:
        shell.value('"x" | .append event note')
    assert "With `--spool`" in str(caught.value.help)
