"""Starting: the whole process against Python alone, against a minimal script, and attaching to a running server."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from stk_shell.store.database import API_ROLE, Claims
from stk_shell.store.places import EmbeddedPlace
from tests.benchmarks.harness import Result, at_most, medians, seconds
from tests.benchmarks.store import NEWEST_TEN, Measured
from tests.fixtures.programs import PROGRAM

SCRIPT = """\
import psycopg
connection = psycopg.connect("host={host} user=stk_login dbname=stk", autocommit=True)
connection.execute("set role stk_api_role")
for row in connection.execute({query!r}):
    print(*row)
"""


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
