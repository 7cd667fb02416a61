"""No key waits: whatever the store does, and wherever one types."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stk_shell.model.settings import Settings
from tests.fixtures.shells import Shell
from tests.fixtures.stores import LateStore
from tests.fixtures.typing import key_times
from tests.repl.test_typing import PROGRAM

SLOW = 2.0
FOREVER = 60.0

STORES: dict[str, Callable[[], LateStore]] = {
    "answers in two seconds": lambda: LateStore(SLOW),
    "is gone": lambda: LateStore(0, None),
    "never answers": lambda: LateStore(FOREVER),
}

LINES = (
    "event list --name auth",
    "event get 01a2",
    "event list | where record_json.user.id == 7",
    '.append event "authen',
    "event list | sele",
)
DEARER = 5
"""How many times as much as without a store a key may cost the program itself."""


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("store", STORES)
def test_no_key_waits_for_the_store(store: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    late = STORES[store]()
    shell = Shell(lambda: late, Settings())
    list(shell.session.commands.names())
    _, *alone = key_times(shell, PROGRAM, 0, line)
    assert shell.session.store is late
    _, *computing = key_times(shell, PROGRAM, 0, line)
    _, *whole = key_times(shell, PROGRAM, 0, line, time.perf_counter)
    assert statistics.median(computing) < DEARER * statistics.median(alone)
    assert max(whole) < SLOW
    assert "MainThread" not in late.threads


def test_the_store_is_asked_while_somebody_types_what_it_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    late = LateStore(FOREVER)
    shell = Shell(lambda: late, Settings())
    assert shell.session.store is late
    key_times(shell, "1", 0, " + 1")
    assert late.asked == 0
    key_times(shell, "1;", 0, "event list --name a")
    deadline = time.monotonic() + SLOW
    while not late.asked:
        assert time.monotonic() < deadline
    assert late.asked == 1
