"""Typing is never slow: what a key costs, measured from it to the screen that shows it."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest

from stk_shell.model.span import Source
from tests.fixtures.shells import Shell
from tests.fixtures.typing import key_times, paste_time

PROGRAM = """\
let low = 20
[1 2 3] | where $it > $low | each {|n| $n * 2 }
event list --limit 5 | where name == "authentication" and created > 2026-01-01
# what happened
"done" | .append event "milestone" --description $"above ($low)"
if $low > 2 { print "yes" } else { print "no" }
{a: 1, b: [1 2 3], c: "x"} | get b.0
"""
LINES = (PROGRAM * 150).splitlines()[:1000]

BLOCKS = {
    "pipelines": "\n".join(LINES),
    "a table": "[\n" + "\n".join(f'{{name: "login", n: {at}, tags: [a b]}}' for at in range(998)) + "\n] | length",
    "a definition": "def work [] {\n" + "\n".join(LINES[:998]) + "\n}",
}
ONE_LINE = "[" + '{name: "login", n: 3, tags: [a b]} ' * 998 + "] | length"
KEYS = 'where n > 1 ["a" $low'

LIMIT = 0.016
"""The seconds after which one sees that a key is late: a frame of a screen. The benchmarks hold keys to it."""

DEARER = 10
"""How many times as much as in an empty entry a key in a thousand lines may cost: reading them all is a hundred times."""


@pytest.mark.parametrize("back", [0, 20_000])
@pytest.mark.parametrize("block", [*BLOCKS.values(), ONE_LINE], ids=[*BLOCKS, "one line"])
def test_a_key_in_a_pasted_block_of_a_thousand_lines_reads_no_more_than_what_it_changes(
    pure: Shell, block: str, back: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    list(pure.session.commands.names())
    _, *alone = key_times(pure, "1", 0, f"; {KEYS}")
    _, *keys = key_times(pure, block, back, KEYS)
    assert len(keys) == len(KEYS)
    assert statistics.median(keys) < DEARER * statistics.median(alone)


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_of_a_thousand_lines_is_shown_before_it_is_read(
    pure: Shell, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    start = time.thread_time()
    pure.session.parse(Source(BLOCKS[kind]))
    reading = time.thread_time() - start
    assert paste_time(pure, BLOCKS[kind]) < reading / 5
