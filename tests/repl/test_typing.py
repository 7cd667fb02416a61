"""Typing is never slow: what a key costs, measured from it to the screen that shows it."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.fixtures.shells import Shell
from tests.fixtures.typing import key_times

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
KEYS = 'where n > 1 ["a" $low'

LIMIT = 0.016
"""The seconds after which one sees that a key is late: a frame of a screen."""


@pytest.mark.parametrize("back", [0, 20_000])
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_key_in_a_pasted_block_of_a_thousand_lines_is_shown_at_once(
    pure: Shell, kind: str, back: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    rounds = [key_times(pure, BLOCKS[kind], back, KEYS)[1:] for _ in range(3)]
    # What else the machine does can only make a key slower.
    assert statistics.median(map(min, zip(*rounds, strict=True))) < LIMIT
