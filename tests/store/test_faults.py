"""What breaks between the store and its server: networks that are cut, servers that are killed or refuse."""

from __future__ import annotations

import os
import re
import signal
import threading
import time

import psycopg
import pytest

from stk_shell.model.errors import StkError
from stk_shell.model.settings import Settings
from stk_shell.store import open_store
from stk_shell.store.errors import UnknownFate
from tests.fixtures.clusters import Cluster, TestDatabase
from tests.fixtures.faults import AGAIN, OpenSession, appended, count, kill, server_of
from tests.fixtures.proxies import ANSWERED, HELD, HELD_SECONDS, PLACES, SENT, UNSENT, Proxy
from tests.fixtures.shells import Shell

# The network


@pytest.mark.parametrize("place", PLACES)
def test_an_event_is_recorded_once_wherever_the_connection_is_cut(
    place: str, proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    for number in range(5):
        proxy.cut(f"cut here {number}", place)
        uu = appended(shell, f"cut here {number}")
        found = target.rows(f"select record_json ->> 'text' from private.stk_event where uu = '{uu}'")
        assert found == [(f"cut here {number}",)]
        assert count(target, f"cut here {number}") == 1
    assert proxy.cuts == 5
    assert shell.output.notes == [AGAIN] * 5


@pytest.mark.parametrize(("place", "recorded"), [(UNSENT, 0), (ANSWERED, 1500)])
def test_a_list_is_recorded_or_not_as_the_shell_says_when_its_end_is_cut(
    place: str, recorded: int, proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    shell.run('"x" | .append event before')
    proxy.cut("COMMIT", place)
    program = '1..1500 | each { "of many" } | .append event many'
    if recorded:
        assert shell.value(f"{program} | length") == recorded
    else:
        error = shell.error(program)
        assert error.help is not None
        assert (error.code, error.help[:21]) == ("stk::store::connection", "Nothing was changed: ")
    assert count(target, "of many") == recorded
    assert shell.output.notes == [AGAIN]


def test_a_list_that_is_cut_in_the_middle_leaves_nothing(
    proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    proxy.cut("number 1200", SENT)
    error = shell.error('1..3000 | each { $"number ($in)" } | .append event many')
    assert (error.headline.split(":")[0], error.help) == (
        "the connection to the store is lost",
        "Nothing was changed: all of it was undone. The next command connects again.",
    )
    assert shell.value("event list | length") == 0


@pytest.mark.parametrize("place", PLACES)
def test_an_event_is_revoked_wherever_the_connection_is_cut(
    place: str, proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    uu = appended(shell)
    proxy.cut(uu, place)
    assert shell.value(f"event revoke {uu} | get is_revoked") is True
    assert shell.output.notes == [AGAIN]
    assert target.rows("select count(*) from private.stk_change_log where record_table = 'stk_event'") == [(1,)]


def test_another_ones_revoking_is_not_taken_for_ours(
    proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    uu = appended(shell)
    proxy.cut(uu, UNSENT)
    with target.connect() as other:
        other.execute("select pg_sleep(0.01)")
        other.execute(f"update private.stk_event set revoked = now() where uu = '{uu}'".encode())
    error = shell.error(f"event revoke {uu}")
    assert error.code == "stk::event::already_revoked"
    assert proxy.cuts == 1


@pytest.mark.parametrize("place", PLACES)
def test_what_is_read_is_read_again(place: str, proxy: Proxy, target: TestDatabase, open_session: OpenSession) -> None:
    shell = open_session(proxy.dsn(target.name))
    shell.run('"x" | .append event note')
    proxy.cut("order by e.created", place)
    assert shell.value("event list | get record_json.text") == ["x"]
    assert shell.output.notes == [AGAIN]


def test_a_long_list_that_is_cut_before_its_first_row_is_read_again(
    proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    shell.run("1..2000 | .append event note")
    proxy.cut("order by e.created", ANSWERED)
    assert shell.value("event list --limit 0 | each { get name } | length") == 2000
    assert shell.output.notes == [AGAIN]


def test_a_change_that_was_sent_as_a_question_is_not_repeated(proxy: Proxy, target: TestDatabase) -> None:
    target.rows(
        "create sequence api.counted; create function api.count_up() returns bigint language sql security definer"
        " as $$ select nextval('api.counted') $$; grant execute on function api.count_up() to stk_api_role"
    )
    store = open_store(Settings(dsn=proxy.dsn(target.name)), None)
    proxy.cut("count_up", ANSWERED)
    with pytest.raises(UnknownFate) as caught:
        store.database.rows(psycopg.sql.SQL("select api.count_up()"))  # type: ignore[attr-defined]
    assert caught.value.help == "It is not repeated. Look what was done."
    assert target.rows("select last_value from api.counted") == [(1,)]
    store.close()


def test_what_nobody_can_be_asked_about_is_said_to_be_unknown(
    proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    shell.run('"x" | .append event note')
    shell.session.store.database.patience = 0.3  # type: ignore[attr-defined]
    proxy.cut("whither", ANSWERED)
    proxy.close()
    error = shell.error('"whither" | .append event note')
    assert error.code == "stk::store::unknown_fate"
    assert error.headline.endswith("and it is not known whether the event was recorded")
    assert error.help is not None
    found = re.search(r"`event get (\S+)` finds it if it was", error.help)
    assert found is not None
    assert count(target, "whither") == 1
    assert target.rows(f"select name from private.stk_event where uu = '{found[1]}'") == [("note",)]


def test_where_clients_may_not_choose_the_uu_a_loss_is_told_and_nothing_repeated(
    proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    target.rows("revoke insert (uu) on api.stk_event from stk_api_role")
    shell = open_session(proxy.dsn(target.name))
    shell.run('"x" | .append event note')
    proxy.cut("no uu", SENT)
    assert shell.value('"y" | .append event note | get name') == "note"
    assert shell.value("[a b] | .append event many | length") == 2
    target.rows("grant insert (uu) on api.stk_event to stk_api_role")
    assert count(target, "x") == 1


@pytest.mark.parametrize(
    ("program", "mark", "note", "count"),
    [
        ('"late" | .append event note', "late", "the event had been recorded when it was interrupted: ", 1),
        ("[late late] | .append event note", "COMMIT", "all of it had been done when it was interrupted", 2),
    ],
)
def test_what_was_done_before_ctrl_c_is_told(
    program: str, mark: str, note: str, count: int, proxy: Proxy, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(proxy.dsn(target.name))
    appended(shell)
    proxy.cut(mark, HELD)
    ctrl_c = threading.Timer(HELD_SECONDS / 2, os.kill, (os.getpid(), signal.SIGINT))
    ctrl_c.start()
    with pytest.raises(KeyboardInterrupt):
        shell.run(program)
    ctrl_c.join()
    assert [each[: len(note)] for each in shell.output.notes] == [note]
    assert shell.value("event list | where record_json.text == late | length") == count


@pytest.mark.parametrize(
    ("program", "notes"),
    [('"x" | .append event note', []), ("[x y] | .append event note", ["nothing was changed: all of it was undone"])],
)
def test_what_ctrl_c_has_stopped_was_not_recorded(
    program: str, notes: list[str], target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(target.dsn())
    with target.connect() as other, other.transaction():
        other.execute("lock table private.stk_event in exclusive mode")
        ctrl_c = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        ctrl_c.start()
        with pytest.raises(KeyboardInterrupt):
            shell.run(program)
    assert shell.output.notes == notes
    assert shell.value("event list | length") == 0


# The server


def test_a_killed_process_of_the_server_loses_and_doubles_nothing(
    target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(target.dsn())
    shell.run('"x" | .append event note')
    for number in range(3):
        killer = threading.Timer(0.02 * number, os.kill, (server_of(target), signal.SIGKILL))
        killer.start()
        for _ in range(20):
            shell.run(f'"round {number}" | .append event note')
        killer.join()
        shell.run('"y" | .append event note')
        assert count(target, f"round {number}") == 20
    assert set(shell.output.notes) == {AGAIN}


def test_a_killed_server_that_comes_back_is_waited_for(
    frail: Cluster, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(target.dsn())
    shell.run('"x" | .append event note')
    kill(frail)
    starter = threading.Timer(0.5, frail.start)
    starter.start()
    shell.run('"y" | .append event note')
    starter.join()
    assert shell.value("event list | get record_json.text") == ["y", "x"]


def test_a_server_that_does_not_come_back_is_an_error_that_says_so(
    frail: Cluster, target: TestDatabase, open_session: OpenSession
) -> None:
    shell = open_session(target.dsn())
    shell.run('"x" | .append event note')
    kill(frail)
    try:
        shell.session.store.database.patience = 0.2  # type: ignore[attr-defined]
        for program in ("event list", '"y" | .append event note', "1..3 | .append event note"):
            assert shell.error(program).code == "stk::store::connection"
    finally:
        frail.start()
    assert shell.value("event list | get record_json.text") == ["x"]


def test_a_connection_that_the_server_ends_is_made_anew(target: TestDatabase, open_session: OpenSession) -> None:
    target.rows(f"alter database {target.name} set idle_session_timeout = '100ms'")
    shell = open_session(target.dsn())
    shell.run('"x" | .append event note')
    time.sleep(0.4)
    assert shell.value("event list | length") == 1
    assert AGAIN in shell.output.notes


# What the server refuses


REFUSALS = {
    "read only": (
        "alter database {database} set default_transaction_read_only = on",
        "stk::store::read_only",
        "the store is read only: ",
    ),
    "statement timeout": (
        "alter database {database} set statement_timeout = '50ms'; create or replace function private.t10105_stk_event_common() returns trigger"
        " language plpgsql as $$ begin perform pg_sleep(1); return null; end $$",
        "stk::store::canceled",
        "the server ended the statement: ",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("program", ['"x" | .append event note', "[x y] | .append event note"])
def test_what_the_server_refuses_is_told_and_nothing_was_changed(
    name: str, program: str, target: TestDatabase, open_session: OpenSession
) -> None:
    statements, code, begins = REFUSALS[name]
    target.rows(statements.format(database=target.name))
    error = open_session(target.dsn()).error(program)
    assert (error.code, error.headline.startswith(begins)) == (code, True)
    assert error.help is not None
    assert error.help.startswith("Nothing was changed. ")
    assert target.rows("select count(*) from private.stk_event") == [(0,)]


def test_a_lock_that_is_held_too_long_is_told(target: TestDatabase, open_session: OpenSession) -> None:
    target.rows(f"alter database {target.name} set lock_timeout = '50ms'")
    shell = open_session(target.dsn())
    with target.connect() as other, other.transaction():
        other.execute("lock table private.stk_event in exclusive mode")
        error = shell.error('"x" | .append event note')
    assert (error.code, error.headline[:32]) == ("stk::store::locked", "a lock could not be had in time:")
    shell.run('"x" | .append event note')


def test_a_conflict_is_tried_again(target: TestDatabase, open_session: OpenSession) -> None:
    target.rows(f"alter database {target.name} set default_transaction_isolation = 'repeatable read'")
    shell = open_session(target.dsn())
    uu = appended(shell)
    with target.connect() as other:
        with other.transaction():
            other.execute(f"update private.stk_event set processed = now() where uu = '{uu}'".encode())
            revoking = threading.Thread(target=shell.run, args=(f"event revoke {uu}",))
            revoking.start()
            wait_for_a_lock(target)
        revoking.join()
    assert target.rows("select is_revoked, is_processed from private.stk_event") == [(True, True)]


def wait_for_a_lock(database: TestDatabase) -> None:
    """Wait until somebody waits."""
    for _ in range(500):
        if database.rows(
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        ):
            return
        time.sleep(0.01)
    raise AssertionError("nobody waits for a lock")


def test_of_two_who_revoke_an_event_at_once_one_wins(target: TestDatabase, open_session: OpenSession) -> None:
    shells = [open_session(target.dsn()) for _ in range(2)]
    outcomes: list[str] = []

    def revoke(shell: Shell, uu: str, together: threading.Barrier) -> None:
        together.wait()
        try:
            shell.value(f"event revoke {uu}")
            outcomes.append("revoked")
        except StkError as error:
            outcomes.append(error.code)

    for shell in shells:
        shell.run("event types | ignore")
    for _ in range(20):
        uu = appended(shells[0])
        together = threading.Barrier(2)
        threads = [threading.Thread(target=revoke, args=(shell, uu, together)) for shell in shells]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["revoked"] * 20 + ["stk::event::already_revoked"] * 20
