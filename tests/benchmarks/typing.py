"""Typing: what a key costs in a long pasted block, and while the store is late or gone."""

from __future__ import annotations

import statistics
from time import perf_counter

from stk_shell.model.settings import Settings
from tests.benchmarks.harness import Result, at_most
from tests.fixtures.shells import Shell, no_store
from tests.fixtures.typing import key_times, paste_time
from tests.repl.completion.test_latency import LINES, STORES
from tests.repl.test_typing import BLOCKS, KEYS, LIMIT, ONE_LINE


def keys(rounds: int) -> list[Result]:
    """A key in blocks of a thousand lines, against the time of a frame."""
    measured = []
    for kind, block in BLOCKS.items():
        measured.append(at_most(f"a key in 1 000 pasted lines, {kind} : a frame", _median(block, rounds), LIMIT, 1))
        measured.append(at_most(f"pasting 1 000 lines, {kind} : a frame", _fastest(block, rounds), LIMIT, 1))
    measured.append(at_most("a key in a line of 35 kB : a frame", _median(ONE_LINE, rounds), LIMIT, 1))
    return measured + [
        at_most(f"a key, a store that {what} : a frame", _slowest(what, rounds), LIMIT, 1) for what in STORES
    ]


def _fastest(block: str, rounds: int) -> float:
    return min(paste_time(Shell(no_store, Settings()), block) for _ in range(rounds))


def _slowest(what: str, rounds: int) -> float:
    """The time, by the clock on the wall, that nine of ten keys stay below."""
    store = STORES[what]()
    shell = Shell(lambda: store, Settings())
    list(shell.session.commands.names())
    assert shell.session.store is store
    times = [
        time
        for _ in range(rounds)
        for line in LINES
        for time in key_times(shell, "1", 0, f"; {line}", perf_counter)[1:]
    ]
    return statistics.quantiles(times, n=10)[-1]


def _median(block: str, rounds: int) -> float:
    shell = Shell(no_store, Settings())
    times = [time for _ in range(rounds) for time in key_times(shell, block, len(block) // 2, KEYS)[1:]]
    return statistics.median(times)
