"""Starting: a whole process against Python alone and a minimal script, the shell, attaching to a running server."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from stk_shell.store.claims import API_ROLE, Claims
from stk_shell.store.places import EmbeddedPlace
from tests.benchmarks.harness import Result, at_most, medians, seconds
from tests.benchmarks.store import NEWEST_TEN, Measured
from tests.fixtures.programs import PROGRAM
from tests.fixtures.terminals import CTRL_D, Terminal

SCRIPT = """\
import psycopg
connection = psycopg.connect("host={host} user=stk_login dbname=stk", autocommit=True)
connection.execute("set role stk_api_role")
for row in connection.execute({query!r}):
    print(*row)
"""

FIRST_PROMPT, FIRST_ANSWER = 0.4, 1.5
"""The seconds that somebody waits without wondering: for the prompt, and for a store that has to be made."""


def process(*command: object) -> Callable[[], float]:
    """How long a process takes, from its start to its end (seconds)."""
    return lambda: seconds(lambda: subprocess.run([str(word) for word in command], capture_output=True, check=True))


def starting(store: Measured, rounds: int) -> list[Result]:
    """Whole processes."""
    store.insert_bare(12)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "minimal.py"
        script.write_text(SCRIPT.format(host=store.host, query=NEWEST_TEN))
        figures = medians(
            {
                "pass": process(sys.executable, "-c", "pass"),
                "1 + 1": process(PROGRAM, "-c", "1 + 1"),
                "script": process(sys.executable, script),
                "list": process(PROGRAM, "--data-dir", store.directory, "-c", "event list"),
            },
            rounds,
        )
    return [
        at_most("stk -c '1 + 1' : python -c pass", figures["1 + 1"], figures["pass"], 4),
        at_most("stk -c 'event list' : minimal script", figures["list"], figures["script"], 1.3),
    ]


def attaching(store: Measured, rounds: int) -> list[Result]:
    """Finding a running server, up to a connection that is ready for commands."""

    def attach() -> None:
        place = EmbeddedPlace(str(store.directory), Claims(API_ROLE))
        place.connect().close()
        place.release()

    figures = medians({"attach": lambda: seconds(attach)}, rounds * 5)
    return [at_most("attach to a running server : 10 ms", figures["attach"], 0.010, 1)]


def prompting(store: Measured, rounds: int) -> list[Result]:
    """The shell in a terminal: up to its prompt, and up to the first answer of a store that has never been used."""
    with tempfile.TemporaryDirectory(prefix="stk-bench-", dir="/tmp") as home:
        Path(home).chmod(0o755)
        new = (Path(home) / f"store{number}" for number in range(rounds + 1))
        figures = medians(
            {
                "prompt": lambda: _shell_time(home, store.directory, ""),
                "answer": lambda: _shell_time(home, next(new), "event list"),
            },
            rounds,
        )
    return [
        at_most("the first prompt, a running store : 0.4 s", figures["prompt"], FIRST_PROMPT, 1),
        at_most("the first answer, an empty store : 1.5 s", figures["answer"], FIRST_ANSWER, 1),
    ]


def _shell_time(home: str, directory: Path, entry: str) -> float:
    """The seconds from the start of a shell to the prompt behind an entry, or to the first one."""
    folders = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), home)
    env = {**os.environ, **folders, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    opened: list[Terminal] = []

    def use() -> None:
        shell = Terminal(str(PROGRAM), ["--data-dir", str(directory)], env, 80, 24)
        opened.append(shell)
        shell.wait_for_prompt("embedded PostgreSQL")
        if entry:
            shell.send(f"{entry}\r")
            shell.wait_for_prompt("no rows")

    taken = seconds(use)
    opened[0].send(CTRL_D)
    opened[0].wait(opened[0].has_ended)
    return taken
