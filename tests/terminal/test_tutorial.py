"""The first start, and the tutorial."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import CTRL_D, ENTER, OpenTerminal, Terminal

SIZES = [(80, 24), (120, 40)]
FIRST = '"User completed onboarding" | .append event "user-milestone"'


def left(shell: Terminal) -> None:
    """Leave the shell."""
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_a_new_store_begins_with_three_lines_that_lead_to_the_first_event(
    terminal: OpenTerminal, data_dir: Path, columns: int, lines: int
) -> None:
    shell = terminal("--data-dir", str(data_dir), columns=columns, lines=lines)
    shell.wait_for_prompt(f"new store in {data_dir}")
    assert len(shell.lines()[0]) <= columns
    assert FIRST in shell.lines()[1]
    assert "tutorial" in shell.lines()[2]
    shell.run("event list | length", "0")
    left(shell)
    again = terminal("--data-dir", str(data_dir), columns=columns, lines=lines)
    again.wait_for_prompt(f"store in {data_dir}")
    assert "new store" not in again.text()
    again.run(FIRST, "user-milestone")
    left(again)
    used = terminal("--data-dir", str(data_dir), columns=columns, lines=lines)
    used.wait_for_prompt()
    assert used.lines()[1] == ">"


def test_a_database_of_ones_own_is_in_use_once_its_events_were_seen(
    terminal: OpenTerminal, database: TestDatabase
) -> None:
    first = terminal("--dsn", database.dsn())
    first.wait_for_prompt("Your first event:")
    first.send(f"{FIRST}{ENTER}")
    first.wait_for_prompt("│ name    │ user-milestone")
    left(first)
    again = terminal("--dsn", database.dsn())
    again.wait_for_prompt()
    assert again.lines()[1] == ">"
    stranger = terminal("--dsn", database.dsn(), XDG_STATE_HOME="/nowhere")
    stranger.wait_for_prompt("Your first event:")
    stranger.run("event list | length", "1")
