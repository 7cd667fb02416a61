"""Typing: what a key costs in a long pasted block."""

from __future__ import annotations

import statistics

from stk_shell.model.settings import Settings
from tests.benchmarks.harness import Result, at_most
from tests.fixtures.shells import Shell, no_store
from tests.fixtures.typing import key_times
from tests.repl.test_typing import BLOCKS, KEYS, LIMIT


def keys(rounds: int) -> list[Result]:
    """A key in blocks of a thousand lines, against the time of a frame."""
    return [
        at_most(f"a key in 1 000 pasted lines, {kind} : a frame", _median(block, rounds), LIMIT, 1)
        for kind, block in BLOCKS.items()
    ]


def _median(block: str, rounds: int) -> float:
    shell = Shell(no_store, Settings())
    times = [time for _ in range(rounds) for time in key_times(shell, block, len(block) // 2, KEYS)[1:]]
    return statistics.median(times)
