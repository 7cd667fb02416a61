"""Pipelines over tables in memory: against comprehensions over the same dicts, and against nushell where it is there."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from stk_shell.commands import Registry
from stk_shell.engine.session import ShellSession
from stk_shell.model.settings import Settings
from stk_shell.model.span import Source
from stk_shell.model.stream import collect
from stk_shell.render.json_text import pieces
from tests.benchmarks.harness import Result, at_most, medians, seconds
from tests.fixtures.shells import Recorder, no_store

Row: TypeAlias = "dict[str, object]"

ROWS = (100_000, 1_000_000)
NAMES = ("authentication", "order-error", "user-milestone", "page-view", "backup")

SLOWEST = 1 / 0.6
"""How much longer than comprehensions a pipeline may take."""

NUSHELL_ROWS = ROWS[0]
NUSHELL_RUNS = 5
TWICE_AS_FAST = 0.5


class Work(NamedTuple):
    """A pipeline and the Python that somebody would write for it."""

    pipeline: str
    python: Callable[[list[Row]], object]


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["name"]), []).append(row)
    return groups


def _five(rows: list[Row]) -> object:
    failed = [row for row in rows if row["name"] == "authentication"]
    later = [{**row, "user_id": row["user_id"] + 1} for row in failed]  # type: ignore[operator]
    chosen = [{"name": row["name"], "user_id": row["user_id"], "created": row["created"]} for row in later]
    newest = sorted(chosen, key=lambda row: row["created"], reverse=True)  # type: ignore[arg-type, return-value]
    return sum([row["user_id"] for row in newest])  # type: ignore[misc]


WORKS = (
    Work(
        'where name == "authentication"',
        lambda rows: [row for row in rows if row["name"] == "authentication"],
    ),
    Work(
        "select name user_id",
        lambda rows: [{"name": row["name"], "user_id": row["user_id"]} for row in rows],
    ),
    Work("sort-by created", lambda rows: sorted(rows, key=lambda row: row["created"])),  # type: ignore[arg-type, return-value]
    Work("group-by name", _grouped),
    Work(
        "each {|row| $row.user_id * 2 }",
        lambda rows: [row["user_id"] * 2 for row in rows],  # type: ignore[operator]
    ),
    Work(
        "update user_id {|row| $row.user_id + 1 }",
        lambda rows: [{**row, "user_id": row["user_id"] + 1} for row in rows],  # type: ignore[operator]
    ),
    Work("get user_id | math sum", lambda rows: sum([row["user_id"] for row in rows])),  # type: ignore[misc]
    Work(
        'where name == "authentication" | update user_id {|row| $row.user_id + 1 } | select name user_id created'
        " | sort-by created --reverse | get user_id | math sum",
        _five,
    ),
)


def table(count: int) -> list[Row]:
    """Rows like those of `event list`, the same ones each time."""
    source = random.Random(count)
    start = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
    return [
        {
            "uu": f"{number:032x}",
            "name": source.choice(NAMES),
            "user_id": source.randrange(1000),
            "text": f"event number {number}",
            "created": start + datetime.timedelta(seconds=source.randrange(10_000_000)),
            "is_revoked": False,
        }
        for number in range(count)
    ]


def pipelines(rounds: int) -> list[Result]:
    """Each pipeline over tables of each size."""
    return [result for count in ROWS for result in _over(table(count), rounds)]


def _over(rows: list[Row], rounds: int) -> list[Result]:
    session = ShellSession(Settings(), Registry(), Recorder(), no_store, {})
    session.evaluate(Source("let rows = $in"), rows)  # type: ignore[arg-type]

    def ours(work: Work) -> object:
        return collect(session.evaluate(Source(f"$rows | {work.pipeline}")))

    results = []
    for work in WORKS:
        figures = medians(
            {
                "ours": partial(seconds, partial(ours, work)),
                "python": partial(seconds, partial(work.python, rows)),
            },
            rounds,
        )
        what = f"{_short(work.pipeline)} : comprehension, {len(rows):,} rows"
        results.append(at_most(what, figures["ours"], figures["python"], round(SLOWEST, 2)))
    return results + (_against_nushell(rows, ours) if len(rows) == NUSHELL_ROWS else [])


def _against_nushell(rows: list[Row], ours: Callable[[Work], object]) -> list[Result]:
    """The same pipelines in nushell, which times them itself; nothing where there is no `nu`."""
    nu = shutil.which("nu")
    if nu is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.json"
        path.write_text("".join(pieces(rows)))  # type: ignore[arg-type]
        times = "; ".join(f"print (timeit {{ $rows | {work.pipeline} | ignore }} | into int)" for work in WORKS)
        program = f"let rows = open {path} | update created {{ into datetime }}; "
        program += f"for i in 1..{NUSHELL_RUNS} {{ {times} }}"
        done = subprocess.run([nu, "-n", "--no-std-lib", "-c", program], capture_output=True, text=True, check=True)
    taken = [int(line) / 1e9 for line in done.stdout.split()]
    results = []
    for at, work in enumerate(WORKS):
        theirs = sorted(taken[at :: len(WORKS)])[NUSHELL_RUNS // 2]
        mine = sorted(seconds(partial(ours, work)) for _ in range(NUSHELL_RUNS))[NUSHELL_RUNS // 2]
        what = f"{_short(work.pipeline)} : nushell, {len(rows):,} rows"
        results.append(at_most(what, mine, theirs, TWICE_AS_FAST))
    return results


def _short(pipeline: str) -> str:
    return pipeline if len(pipeline) <= 40 else "a pipeline of five"
