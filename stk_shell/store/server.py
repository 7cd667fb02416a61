"""The embedded server: started when it is needed, shared by all stk of one data directory, stopped by the last."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from stk_shell.model.errors import StoreError
from stk_shell.store.access import close_to_others, is_closed, remove_socket_directory, socket_directory
from stk_shell.store.account import Account, server_account
from stk_shell.store.directory import StoreDirectory
from stk_shell.store.pidfile import Postmaster, read_pid_file
from stk_shell.store.programs import NEWEST, Programs, wheel_folder

START_SECONDS = 120.0
"""How long a server may take to start; after a crash it first replays what was written."""
STOP_SECONDS = 60.0
POLL_SECONDS = 0.002
LOG_BYTES = 1_000_000
"""The size at which the server's log is put aside when the server starts."""


FAST, IMMEDIATELY = signal.SIGINT, signal.SIGQUIT
"""How a server leaves: it ends connections and writes everything, or it just ends."""


class EmbeddedServer:
    """The server of one directory.

    Each stk that uses it holds a shared lock on the file `users`. Whoever leaves and then gets the lock for himself
    alone is the last and stops the server, unless the file `keep` says otherwise. The system drops the lock of a
    process that is killed, so nothing has to be cleaned up after it.
    """

    def __init__(self, directory: str, *, durable: bool = True) -> None:
        """`durable` data is on the disk before anybody is told so; other data is lost with the machine."""
        self.durable = durable
        self.files = StoreDirectory(directory)
        self.directory = directory
        self.data = self.files.data
        self.log = self.files.log
        self._users: int | None = None
        self._attaching = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._ended = False
        # Whether it was started where one had been killed, and nobody has said so yet.
        self.has_recovered = False

    def attach(self) -> Postmaster:
        """The running server, which was started if it had to be.

        Raises:
            StoreError: it cannot be started.
        """
        with self._attaching, self.files.in_use(), without_variables():
            if self._ended:
                raise StoreError("the store is gone", "ended")
            self._hold()
            return self._closed_to_others() or self._start()

    def _closed_to_others(self) -> Postmaster | None:
        """The server, if it takes connections; it is told who may come in, if an older stk has started it."""
        running = self.running()
        if running and not is_closed(self.data):
            close_to_others(self.data)
            os.kill(running.pid, signal.SIGHUP)
        return running

    def running(self) -> Postmaster | None:
        """The server, if it takes connections. Its pid file alone proves nothing: a killed one leaves it behind."""
        found = read_pid_file(self.data)
        return found if found and found.ready and _listens(found) else None

    def release(self) -> None:
        """Stop using the server; the last one to do so stops it."""
        if self._users is None:
            return
        if self._is_last() and not os.path.exists(self.files.keep):
            self._stop()
        os.close(self._users)
        self._users = None

    def keep(self) -> None:
        """Have the server stay when the last user leaves."""
        with self.files.in_use(), open(self.files.keep, "w", encoding="utf-8"):
            pass

    def stop(self) -> bool:
        """Stop the server now if nobody else uses it, else with the last user; gives whether it has stopped."""
        if not os.path.exists(self.directory):
            return True
        with self.files.in_use():
            with suppress(FileNotFoundError):
                os.unlink(self.files.keep)
            self._hold()
            alone = self._is_last()
            if alone:
                self._stop()
            self.release()
        return alone

    def end(self) -> None:
        """Stop the server for good, whoever uses it; nobody can attach by this object afterwards.

        It writes nothing more: its data is to be removed.
        """
        with self._attaching:
            self._ended = True
            if self._users is not None:
                self._stop(IMMEDIATELY)
                os.close(self._users)
                self._users = None

    # Locks

    def _hold(self) -> None:
        if self._users is None:
            if not os.path.exists(self.files.users):
                self._make_directory()
            self._users = os.open(self.files.users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def _is_last(self) -> bool:
        if self._users is None:
            return False
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Only one process starts the server."""
        descriptor = os.open(self.files.starting, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _make_directory(self) -> None:
        """Make the directory, unless no server could run there: then nothing is left behind."""
        self._check_reach(server_account())
        wheel_folder()
        # Root's server runs as another user, which has to get through to its data.
        self.files.make(0o755 if os.geteuid() == 0 else 0o700)

    # Starting

    def _start(self) -> Postmaster:
        with self._starting():
            running = self.running()
            if running:
                return running
            account = server_account()
            self._check_reach(account)
            version = self.files.version()
            programs = Programs(version or NEWEST, account, os.path.join(self.directory, "server"))
            if version is None:
                self._initialise(programs, account)
            if self._child is not None:
                # Somebody has killed it: what is left of it goes.
                self._child.poll()
            left_over = read_pid_file(self.data) is not None
            server = self._old_server()
            if server is None:
                server = self._launch(programs, account)
                self.has_recovered = left_over
            return server

    def _check_reach(self, account: Account | None) -> None:
        if account is not None and not account.reaches(self.files.nearest()):
            raise StoreError(
                f"the server's user `{account.name}` cannot get to {self.directory}",
                "directory",
                help="As root, choose one outside of any home, such as the default: `--data-dir /var/lib/stk`.",
            )

    def _initialise(self, programs: Programs, account: Account | None) -> None:
        """Make an empty cluster: under another name first, so that one that was begun is never taken for whole."""
        partial = f"{self.data}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        os.mkdir(partial, 0o700)
        if account is not None:
            os.chown(partial, account.uid, account.gid)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if programs.version > 16 else ()
        command = [
            *(programs.path("initdb"), "-D", partial, "-U", "postgres", "--encoding=UTF8"),
            *("--auth-local=peer", "--auth-host=reject"),
            *("--locale=C", *locale, "--data-checksums", "--no-instructions"),
            *(() if self.durable else ("--no-sync",)),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode:
            raise StoreError(f"the embedded server cannot be set up: {done.stderr.strip()[-600:]}", "initdb")
        os.rename(partial, self.data)

    def _old_server(self) -> Postmaster | None:
        """The server that somebody started before us and that is not ready yet, once it is.

        What a killed server has left is removed: another program may have its pid by now, or it is still a zombie, and
        PostgreSQL would take either for the server.
        """
        deadline = time.monotonic() + START_SECONDS
        found = read_pid_file(self.data)
        while found and is_server_of(found.pid, self.data):
            if found.ready and _listens(found):
                return found
            if time.monotonic() > deadline:
                raise StoreError(
                    f"the embedded server (pid {found.pid}) takes no connections",
                    "start",
                    help=f"Its log is {self.log}.",
                )
            time.sleep(POLL_SECONDS)
            found = read_pid_file(self.data) or found
        if found:
            lock = os.path.join(found.socket_directory, f".s.PGSQL.{found.port}.lock")
            for path in (lock, lock.removesuffix(".lock"), os.path.join(self.data, "postmaster.pid")):
                with suppress(FileNotFoundError):
                    os.unlink(path)
            remove_socket_directory(found.socket_directory)
        return None

    def _launch(self, programs: Programs, account: Account | None) -> Postmaster:
        """Start `postgres` itself and watch its pid file; pg_ctl would look only every 100 ms."""
        close_to_others(self.data)
        sockets = socket_directory(self.data, account)
        quoted = '"' + sockets.replace('"', '""') + '"'
        settings = ["listen_addresses=", f"unix_socket_directories={quoted}", "unix_socket_permissions=0700"]
        settings += [] if self.durable else ["fsync=off"]
        command = [programs.path("postgres"), "-D", self.data, *(word for each in settings for word in ("-c", each))]
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with open(self._fresh_log(), "ab", opener=_for_owner) as log:
                # A session of its own: Ctrl-C in the terminal is not meant for the server.
                self._child = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,
                    user=account.uid if account else None,
                    group=account.gid if account else None,
                    extra_groups=[] if account else None,
                )
            ready = self._wait_until_ready(self._child, deadline)
            if ready:
                return ready
            if not self._is_memory_in_use():
                break
            time.sleep(0.1)
        remove_socket_directory(sockets)
        raise StoreError(
            f"the embedded server does not start: {self._last_words()}", "start", help=f"Its log is {self.log}."
        )

    def _wait_until_ready(self, child: subprocess.Popen[bytes], deadline: float) -> Postmaster | None:
        while time.monotonic() < deadline and child.poll() is None:
            found = read_pid_file(self.data)
            if found and found.ready and found.pid == child.pid:
                return found
            time.sleep(POLL_SECONDS)
        return None

    def _is_memory_in_use(self) -> bool:
        """Whether the start failed because processes of a killed server have not noticed yet; they soon will."""
        return "shared memory block" in self._last_words()

    def _last_words(self) -> str:
        with open(self.log, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file if line.strip()]
        telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "HINT"))]
        return (telling or lines or ["it says nothing"])[-1]

    def _fresh_log(self) -> str:
        if os.path.exists(self.log) and os.path.getsize(self.log) > LOG_BYTES:
            os.replace(self.log, f"{self.log}.old")
        return self.log

    # Stopping

    def _stop(self, how: signal.Signals = FAST) -> None:
        """Have the server leave, and wait for it."""
        found = read_pid_file(self.data)
        if self._child is not None and self._child.poll() is None and (found is None or self._child.pid == found.pid):
            # It may have begun so recently that it has no pid file yet.
            self._child.send_signal(how)
        elif found is not None and is_server_of(found.pid, self.data):
            os.kill(found.pid, how)
        else:
            return
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and os.path.exists(os.path.join(self.data, "postmaster.pid")):
            time.sleep(POLL_SECONDS / 2)
        if self._child is not None:
            self._child.wait(STOP_SECONDS)
            self._child = None
        if found is not None:
            remove_socket_directory(found.socket_directory)


def _for_owner(path: str, flags: int) -> int:
    """Open a file that only its owner may read: what is in a log is as private as the data."""
    descriptor = os.open(path, flags, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor


@contextmanager
def without_variables() -> Iterator[None]:
    """Hide the variables of libpq, which the server reads too: they are meant for other databases."""
    hidden = {name: os.environ.pop(name) for name in [*os.environ] if name.startswith("PG")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _listens(server: Postmaster) -> bool:
    """Whether somebody takes connections at the server's socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(os.path.join(server.socket_directory, f".s.PGSQL.{server.port}"))
        except OSError:
            return False
    return True


def is_server_of(pid: int, data: str) -> bool:
    """Whether the process is alive and the server of a data directory."""
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and data in process.cmdline()
    except psutil.Error:
        return False
