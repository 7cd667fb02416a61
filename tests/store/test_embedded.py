"""The embedded server: shared, stopped by the last, and not put off by what was killed."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from stk_shell.model.errors import StoreError
from stk_shell.store.directory import StoreDirectory
from stk_shell.store.pidfile import read_pid_file
from stk_shell.store.server import EmbeddedServer, is_server_of
from tests.fixtures.programs import PROGRAM, RunStk


def server_pid(directory: Path) -> int | None:
    """The pid of the server that runs on a directory."""
    data = str(directory / "postgres")
    found = read_pid_file(data)
    return found.pid if found and is_server_of(found.pid, data) else None


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen in time")


class Sleeper:
    """A stk that lists its store's events for each line of input, and is in no hurry to leave."""

    def __init__(self, directory: Path) -> None:
        program = "lines | each {|line| event list | length | print } | ignore"
        command = [str(PROGRAM), "-n", "--data-dir", str(directory), "-c", program]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.ask()

    def ask(self) -> str:
        """What it prints for another line of input."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("line\n")
        return str(self.process.stdout.readline()).strip()

    def leave(self) -> None:
        """Let it end."""
        self.process.communicate(timeout=30)


def test_a_store_is_made_on_first_use_and_keeps_what_is_logged(stk: RunStk, data_dir: Path) -> None:
    store = ("--data-dir", str(data_dir / "new" / "store"))
    stk(*store, "-c", '"x" | .append event "first" | ignore')
    assert server_pid(data_dir / "new" / "store") is None
    assert stk(*store, "-c", "event list | get name | first").stdout == "first\n"
    assert stk(*store, "-c", "store status | get role login | to text").stdout == "stk_api_role\nstk_login\n"
    EmbeddedServer(str(data_dir / "new" / "store")).stop()


ELSEWHERE = (
    "PGHOST=db.example.org PGHOSTADDR=127.0.0.1 PGPORT=1 PGDATABASE=x PGUSER=x PGSERVICE=nosuch PGGSSENCMODE=require"
    " PGREQUIREAUTH=scram-sha-256 PGTARGETSESSIONATTRS=read-only PGOPTIONS=-cdefault_transaction_read_only=on"
)
"""Variables of libpq that lead to another server, and make demands that ours does not meet."""


def test_what_libpqs_variables_say_of_other_databases_does_not_matter(stk: RunStk, data_dir: Path) -> None:
    environment = dict(word.split("=", 1) for word in ELSEWHERE.split())
    program = 'store start; $env.PGSERVICE | .append event "x" | event get | get record_json.text'
    assert stk("--data-dir", str(data_dir), "-c", program, env=environment).stdout == "nosuch\n"
    found = read_pid_file(str(data_dir / "postgres"))
    assert found is not None
    assert found.port == 5432


def test_the_first_to_leave_does_not_stop_the_server_of_the_other(stk: RunStk, data_dir: Path) -> None:
    first, second = Sleeper(data_dir), Sleeper(data_dir)
    pid = server_pid(data_dir)
    assert pid is not None
    first.leave()
    assert server_pid(data_dir) == pid
    stk("--data-dir", str(data_dir), "-c", '"x" | .append event "note" | ignore')
    assert server_pid(data_dir) == pid
    second.leave()
    assert server_pid(data_dir) is None


def test_many_at_once_make_one_store(data_dir: Path) -> None:
    command = [str(PROGRAM), "-n", "--data-dir", str(data_dir), "-c", '"x" | .append event "note" | ignore']
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(6)]
    assert [process.communicate()[1] for process in processes] == [b""] * 6
    assert [process.returncode for process in processes] == [0] * 6
    done = subprocess.run([*command[:-1], "event list -l 0 | length"], capture_output=True, text=True, check=True)
    assert done.stdout == "6\n"
    log = (data_dir / "server.log").read_text()
    assert not [line for line in log.splitlines() if "already exists" in line or "duplicate key" in line]


def test_a_stk_that_is_killed_leaves_nothing_that_stops_the_next(stk: RunStk, data_dir: Path) -> None:
    sleeper = Sleeper(data_dir)
    pid = server_pid(data_dir)
    sleeper.process.kill()
    sleeper.leave()
    assert server_pid(data_dir) == pid
    stk("--data-dir", str(data_dir), "-c", '"x" | .append event "note" | ignore')
    assert server_pid(data_dir) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stk_that_is_told_to_end_stops_its_server(data_dir: Path, number: signal.Signals) -> None:
    sleeper = Sleeper(data_dir)
    sleeper.process.send_signal(number)
    sleeper.leave()
    assert sleeper.process.returncode == 128 + number
    assert server_pid(data_dir) is None


def test_a_server_that_is_killed_is_started_again_with_everything_in_it(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", 'store start | ignore; "x" | .append event "note" | ignore')
    pid = server_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert stk("--data-dir", str(data_dir), "-c", "event list | length").stdout == "1\n"
    assert server_pid(data_dir) not in (None, pid)


def test_a_pid_that_another_program_has_by_now_is_not_taken_for_the_server(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", "store start | ignore")
    pid = server_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    file = data_dir / "postgres" / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"]) as other:
        wait_for(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
        file.write_text(file.read_text().replace(str(pid), str(other.pid), 1))
        assert stk("--data-dir", str(data_dir), "-c", "event list | length").stdout == "0\n"
        assert other.poll() is None
        other.kill()


def test_a_session_goes_on_after_its_server_was_killed(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", '"x" | .append event "note" | ignore')
    sleeper = Sleeper(data_dir)
    pid = server_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: server_pid(data_dir) is None)
    stk("--data-dir", str(data_dir), "-c", '"y" | .append event "note" | ignore')
    sleeper.leave()
    assert sleeper.process.returncode == 0
    assert server_pid(data_dir) is None


def test_store_start_keeps_the_server_and_store_stop_stops_it(stk: RunStk, data_dir: Path) -> None:
    store = ("--data-dir", str(data_dir), "-o", "json", "-c")
    assert '"server": "running"' in stk(*store, "store start").stdout
    pid = server_pid(data_dir)
    assert pid is not None
    stk(*store, "event list")
    assert server_pid(data_dir) == pid
    assert '"server": "stopped"' in stk(*store, "store stop").stdout
    assert server_pid(data_dir) is None
    assert stk(*store, "event list | length").stdout == "0\n"
    assert server_pid(data_dir) is None


def test_store_stop_waits_for_others(stk: RunStk, data_dir: Path) -> None:
    sleeper = Sleeper(data_dir)
    stopped = stk("--data-dir", str(data_dir), "--width", "0", "-c", "store stop | get server").stdout
    assert stopped == "in use by another stk; it stops with the last of them\n"
    assert server_pid(data_dir) is not None
    sleeper.leave()
    assert server_pid(data_dir) is None


@pytest.mark.parametrize("name", ["with a blank", "very-" * 30 + "long", "quoted'\"name", "ünï-コード", "latin-\udce9"])
def test_a_directory_may_have_any_name(stk: RunStk, data_dir: Path, name: str) -> None:
    directory = data_dir / name
    stk("--data-dir", str(directory), "-c", '"x" | .append event "note" | ignore')
    assert stk("--data-dir", str(directory), "-c", "event list | length").stdout == "1\n"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda store: (store / "postgres" / "PG_VERSION").unlink(), "`postgres/PG_VERSION` is missing"),
        (lambda store: (store / "postgres" / "PG_VERSION").write_text("x"), "`postgres/PG_VERSION` holds no version"),
        (lambda store: shutil.rmtree(store / "postgres"), "`postgres` is missing"),
        (lambda store: (store / "postgres" / "global" / "pg_control").unlink(), "pg_control"),
    ],
)
def test_where_a_store_was_a_new_one_is_never_made(
    stk: RunStk, data_dir: Path, damage: Callable[[Path], object], message: str
) -> None:
    stk("--data-dir", str(data_dir), "-c", '"x" | .append event "note" | ignore')
    damage(data_dir)
    before = sorted(path.name for path in data_dir.iterdir())
    for _ in range(2):
        error = " ".join(stk("--data-dir", str(data_dir), "-c", "event list", code=1).stderr.split())
        assert message in error
        assert str(data_dir) in error
    assert sorted(path.name for path in data_dir.iterdir()) == before


def test_what_is_in_the_place_of_a_directory_is_named(stk: RunStk, data_dir: Path) -> None:
    file = data_dir / "file"
    file.write_text("")
    for path in (file, file / "below"):
        assert f"{file} is not a directory" in stk("--data-dir", str(path), "-c", "event list", code=1).stderr
    (data_dir / "store" / "users").mkdir(parents=True)
    done = stk("--data-dir", str(data_dir / "store"), "-c", "event list", code=1)
    assert f"cannot use the store in {data_dir}/store" in done.stderr
    assert "Is a directory" in done.stderr


def test_what_belongs_to_another_user_is_explained(data_dir: Path) -> None:
    files = StoreDirectory(str(data_dir))
    owner = pwd.getpwuid(data_dir.stat().st_uid).pw_name
    with pytest.raises(StoreError) as caught, files.in_use():
        raise PermissionError(errno.EACCES, "Permission denied", files.users)
    assert caught.value.headline == f"cannot use the store in {data_dir}: Permission denied: {files.users}"
    assert (caught.value.help or "").startswith(f"It belongs to `{owner}`. `--data-dir DIR`")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may go anywhere")
def test_a_closed_directory_is_one_clear_error(stk: RunStk, data_dir: Path) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0)
    for path in (closed, closed / "below"):
        assert "Permission denied" in stk("--data-dir", str(path), "-c", "event list", code=1).stderr
    closed.chmod(0o700)


def test_a_refused_directory_leaves_nothing_behind(stk: RunStk, data_dir: Path) -> None:
    too_long = data_dir / "a" / "b" / ("x" * 300)
    assert "too long" in stk("--data-dir", str(too_long), "-c", "event list", code=1).stderr
    stk("--data-dir", str(data_dir / "never"), "-c", "store stop")
    assert list(data_dir.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server is another user")
def test_a_directory_is_open_to_roots_server_whatever_the_umask(data_dir: Path) -> None:
    command = f"umask 077; {PROGRAM} -n --data-dir {data_dir}/a/b -c 'event list | length'"
    assert subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout == "0\n"


def test_a_directory_that_cannot_be_made_is_one_clear_error(stk: RunStk, data_dir: Path) -> None:
    (data_dir / "file").write_text("")
    done = stk("--data-dir", str(data_dir / "file" / "below"), "-c", "event list", code=1)
    assert done.stderr.count("Error:") == 1
    assert "--data-dir" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server is another user")
def test_roots_server_is_not_let_into_a_closed_directory(stk: RunStk, data_dir: Path) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    done = stk("--data-dir", str(closed / "store"), "-c", "event list", code=1)
    assert "cannot get to" in done.stderr
    assert list(closed.iterdir()) == []
    assert closed.stat().st_mode & 0o777 == 0o700


def test_what_was_begun_is_not_taken_for_a_store(stk: RunStk, data_dir: Path) -> None:
    partial = data_dir / "postgres.partial"
    partial.mkdir()
    (partial / "PG_VERSION").write_text("18\n")
    assert stk("--data-dir", str(data_dir), "-c", "event list | length").stdout == "0\n"
    assert not partial.exists()


def test_the_data_is_for_its_owner_alone(stk: RunStk, data_dir: Path) -> None:
    stk("--data-dir", str(data_dir), "-c", "store start | ignore")
    assert (data_dir / "postgres").stat().st_mode & 0o777 == 0o700
    sockets = list((data_dir / "postgres").glob(".s.PGSQL.5432"))
    assert len(sockets) == 1
    status = psutil.Process(server_pid(data_dir) or 0)
    assert not [each for each in status.net_connections() if each.family.name in ("AF_INET", "AF_INET6")]
