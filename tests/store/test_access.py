"""Nobody but its owners gets in to the embedded server, also where its directory was opened by mistake."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stk_shell.store.access import RULES, socket_directory
from stk_shell.store.account import server_account
from stk_shell.store.pidfile import Postmaster, read_pid_file
from stk_shell.store.server import EmbeddedServer
from tests.fixtures.programs import PROGRAM, RunStk
from tests.store.test_embedded import wait_for

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")

PROBE = """
import os, socket, sys
os.setgroups([]); os.setgid({gid}); os.setuid({uid})
probe = socket.socket(socket.AF_UNIX)
try:
    probe.connect({path!r})
except OSError as error:
    sys.exit(error.strerror)
start = b"\\0\\3\\0\\0user\\0{user}\\0database\\0postgres\\0\\0"
probe.sendall((len(start) + 4).to_bytes(4, "big") + start)
print(probe.recv(4096).decode(errors="replace"))
"""
"""Says hello to a server as another user would; nothing of ours has to be readable for him."""


@pytest.fixture
def running(stk: RunStk, data_dir: Path) -> tuple[Path, Postmaster]:
    """A store whose server runs, and what its pid file says."""
    stk("--data-dir", str(data_dir), "-c", 'store start | ignore; "x" | .append event "note" | ignore')
    found = read_pid_file(str(data_dir / "postgres"))
    assert found is not None
    return data_dir, found


def knock(server: Postmaster, user: str = "postgres", system_user: str = "nobody") -> str:
    """What another user of the system hears of the server."""
    entry = pwd.getpwnam(system_user)
    path = f"{server.socket_directory}/.s.PGSQL.{server.port}"
    program = PROBE.format(uid=entry.pw_uid, gid=entry.pw_gid, path=path, user=user)
    done = subprocess.run(
        ["/usr/bin/env", "python3", "-c", program], capture_output=True, text=True, check=False, cwd="/"
    )
    return (done.stdout or done.stderr).strip()


def open_to_everybody(server: Postmaster) -> None:
    """Do what somebody may do by mistake."""
    os.chmod(server.socket_directory, 0o777)
    os.chmod(f"{server.socket_directory}/.s.PGSQL.{server.port}", 0o777)


@ROOT_ONLY
def test_another_user_does_not_get_to_the_socket(running: tuple[Path, Postmaster]) -> None:
    assert "Permission denied" in knock(running[1])


@ROOT_ONLY
@pytest.mark.parametrize("user", ["postgres", "stk_login", "nobody"])
def test_another_user_is_refused_also_where_the_directory_is_open(running: tuple[Path, Postmaster], user: str) -> None:
    open_to_everybody(running[1])
    assert "28000" in knock(running[1], user)
    assert "authentication failed" in knock(running[1], user)


@ROOT_ONLY
def test_the_user_of_the_server_gets_in(running: tuple[Path, Postmaster]) -> None:
    account = server_account()
    assert account is not None
    assert "authentication failed" not in knock(running[1], system_user=account.name)


@ROOT_ONLY
def test_an_existing_store_is_closed_when_its_server_starts_again(stk: RunStk, data_dir: Path) -> None:
    store = ("--data-dir", str(data_dir), "-c")
    stk(*store, '"x" | .append event "note" | ignore')
    (data_dir / "postgres" / "pg_hba.conf").write_text("local all all trust\n")
    stk(*store, "store start | ignore")
    found = read_pid_file(str(data_dir / "postgres"))
    assert found is not None
    open_to_everybody(found)
    assert "authentication failed" in knock(found)
    assert stk(*store, "event list | length").stdout == "1\n"


@ROOT_ONLY
def test_a_server_that_an_older_stk_has_started_is_closed_while_it_runs(
    stk: RunStk, running: tuple[Path, Postmaster]
) -> None:
    directory, server = running
    (directory / "postgres" / "pg_hba.conf").write_text("local all all trust\n")
    os.kill(server.pid, signal.SIGHUP)
    open_to_everybody(server)
    wait_for(lambda: "authentication failed" not in knock(server))
    assert stk("--data-dir", str(directory), "-c", "event list | length").stdout == "1\n"
    wait_for(lambda: "authentication failed" in knock(server))


def test_the_rules_are_a_file_of_the_servers_user_alone(running: tuple[Path, Postmaster]) -> None:
    data = running[0] / "postgres"
    assert (data / "pg_hba.conf").read_text() == RULES
    for name in ("pg_hba.conf", "pg_ident.conf"):
        status = (data / name).stat()
        assert stat.S_IMODE(status.st_mode) == 0o600
        assert status.st_uid == data.stat().st_uid


def test_a_link_in_the_place_of_the_rules_is_not_followed(stk: RunStk, data_dir: Path, tmp_path: Path) -> None:
    store = ("--data-dir", str(data_dir), "-c")
    stk(*store, '"x" | .append event "note" | ignore')
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    for name in ("pg_hba.conf", "pg_hba.conf.new", "pg_ident.conf.new"):
        link = data_dir / "postgres" / name
        link.unlink(missing_ok=True)
        link.symlink_to(victim)
    assert stk(*store, "event list | length").stdout == "1\n"
    assert victim.read_text() == "as it was"


def test_the_servers_log_is_for_its_owner_alone(running: tuple[Path, Postmaster]) -> None:
    assert stat.S_IMODE((running[0] / "server.log").stat().st_mode) == 0o600


@pytest.fixture
def long_path(data_dir: Path) -> Iterator[Path]:
    """A directory for a store whose path is too long for a socket."""
    directory = data_dir / ("very-" * 25)
    yield directory
    EmbeddedServer(str(directory)).stop()


def test_the_directory_of_a_socket_elsewhere_is_its_users_alone_and_goes_with_the_server(
    stk: RunStk, long_path: Path
) -> None:
    store = ("--data-dir", str(long_path), "-c")
    stk(*store, "store start | ignore")
    found = read_pid_file(str(long_path / "postgres"))
    assert found is not None
    status = os.lstat(found.socket_directory)
    assert stat.S_IMODE(status.st_mode) == 0o700
    assert status.st_uid == (long_path / "postgres").stat().st_uid
    if os.geteuid() == 0:
        open_to_everybody(found)
        assert "authentication failed" in knock(found)
    stk(*store, "store stop | ignore")
    assert not os.path.lexists(found.socket_directory)


def test_the_directory_of_a_killed_servers_socket_is_removed(stk: RunStk, long_path: Path) -> None:
    store = ("--data-dir", str(long_path), "-c")
    stk(*store, "store start | ignore")
    found = read_pid_file(str(long_path / "postgres"))
    assert found is not None
    os.kill(found.pid, 9)
    assert stk(*store, "store stop | ignore; event list | length").stdout == "0\n"
    assert not os.path.lexists(found.socket_directory)


def test_nobody_can_be_first_where_a_socket_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path) if os.geteuid() else "/tmp")
    made = {socket_directory("/x" * 80, None) for _ in range(2)}
    assert len(made) == 2
    for directory in made:
        assert stat.S_IMODE(os.lstat(directory).st_mode) == 0o700
        os.rmdir(directory)


def test_another_server_in_its_place_is_not_believed(running: tuple[Path, Postmaster]) -> None:
    _, found = running
    where = f"host={found.socket_directory} port={found.port} user=stk_login dbname=stk"
    with pytest.raises(psycopg.OperationalError, match="requirepeer"):
        psycopg.connect(f"{where} requirepeer=nobody")


@ROOT_ONLY
def test_a_user_who_is_not_root_has_a_store_that_root_alone_shares(stk: RunStk) -> None:
    directory = Path(tempfile.mkdtemp(prefix="stk-data-", dir="/tmp"))
    account = server_account()
    assert account is not None
    if not account.reaches(str(PROGRAM)):
        pytest.skip("stk is where no other user can look")
    os.chown(directory, account.uid, account.gid)
    command = ["setpriv", f"--reuid={account.name}", f"--regid={account.name}", "--clear-groups", str(PROGRAM)]
    command += ["-n", "--data-dir", str(directory / "store"), "-c"]
    try:
        subprocess.run([*command, 'store start | ignore; "x" | .append event "mine" | ignore'], check=True, cwd="/")
        found = read_pid_file(str(directory / "store" / "postgres"))
        assert found is not None
        assert "Permission denied" in knock(found)
        directory.chmod(0o755)
        (directory / "store").chmod(0o755)
        open_to_everybody(found)
        assert "authentication failed" in knock(found)
        assert stk("--data-dir", str(directory / "store"), "-c", "event list | length").stdout == "1\n"
        subprocess.run([*command, "store stop | ignore"], check=True, cwd="/")
    finally:
        shutil.rmtree(directory)
