"""What ends the process: signals, and a terminal that is gone."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stk_shell.model.errors import Exit
from stk_shell.wiring import leave_in_order
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import PROGRAM


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put the handlers of signals back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_also_a_prompt_that_is_drawing(number: signal.Signals) -> None:
    # What the prompt draws runs in callbacks, and asyncio keeps their exceptions to itself.
    leave_in_order()
    loop = asyncio.new_event_loop()
    loop.call_soon(os.kill, os.getpid(), number)
    loop.call_later(1, loop.stop)
    with pytest.raises(Exit) as caught:
        loop.run_forever()
    loop.close()
    assert caught.value.status == 128 + number


@pytest.mark.usefixtures("handlers")
def test_who_asked_to_go_on_without_the_terminal_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    leave_in_order()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


@pytest.mark.parametrize("program", ["version", "help browse", "tutorial", "sleep 300ms; version"])
def test_a_terminal_that_is_gone_ends_the_shell_without_a_report(
    program: str, database: TestDatabase, tmp_path: Path
) -> None:
    # The terminal does not control the process, so the system sends no signal.
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TMPDIR": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm-256color"}
    command = [str(PROGRAM), "-n", "--dsn", database.dsn()]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        read_until(ours, "\x1b[?2004h")
        os.write(ours, f"{program}\r".encode())
        read_until(ours, "\x1b[?2004l")
        os.write(ours, b"x")
        os.close(ours)
        assert process.wait(30) == 128 + signal.SIGHUP
    assert [path.name for path in tmp_path.iterdir()] == ["stk"]
    assert f"+{program}\n" in (tmp_path / "stk" / "history").read_text()


def read_until(terminal: int, sign: str) -> None:
    """Read what a program writes on its terminal until there is a sign."""
    seen = b""
    while sign.encode() not in seen:
        seen += os.read(terminal, 1 << 16)
