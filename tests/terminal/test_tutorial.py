"""The first start, and the tutorial."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stk_shell.repl.lessons import LESSONS
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.terminals import CTRL_C, CTRL_D, ENTER, SIZES, OpenTerminal, Terminal

FIRST = '"User completed onboarding" | .append event "user-milestone"'


def left(shell: Terminal) -> None:
    """Leave the shell."""
    shell.send(CTRL_D)
    shell.wait(shell.has_ended)


@SIZES
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


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Where what is temporary goes; the server's user can get there."""
    directory = Path(tempfile.mkdtemp(prefix="stk-place-", dir="/tmp"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


def taught(shell: Terminal) -> None:
    """Begin the tutorial."""
    shell.wait_for_prompt()
    shell.send("tutorial" + ENTER)
    shell.wait_for_prompt(f"1 of {len(LESSONS)} · Log an event")


def suggested(shell: Terminal) -> str:
    """The line that the step shows, above the prompt."""
    return shell.text().split("\n")[-2].strip()


@SIZES
def test_the_whole_tutorial_is_typed_through(terminal: OpenTerminal, temporary: Path, columns: int, lines: int) -> None:
    shell = terminal("--dsn", "host=nowhere", columns=columns, lines=lines, TMPDIR=str(temporary))
    taught(shell)
    assert shell.color_of(".append event") == "cyan"
    shell.wait(lambda: shell.lines()[-1].startswith("tutorial · "))
    for number, lesson in enumerate(LESSONS, 1):
        assert f"{number} of {len(LESSONS)} · {lesson.title}" in shell.text()
        shell.send(suggested(shell) + ENTER)
        following = (
            f"{number + 1} of {len(LESSONS)} · " if number < len(LESSONS) else "From here on it is your own store"
        )
        shell.wait_for_prompt(following)
        assert f"✓ {lesson.done}" in " ".join(shell.text().split("\n"))
        assert shell.color_of("✓") == "cyan"
        assert "Not yet" not in shell.text()
    assert FIRST in shell.text()
    assert [*temporary.iterdir()] == []
    left(shell)


def test_a_wrong_line_gets_a_hint_and_the_words_lead_on_and_back(terminal: OpenTerminal, temporary: Path) -> None:
    shell = terminal("--dsn", "host=nowhere", lines=40, TMPDIR=str(temporary))
    taught(shell)
    shell.send("1 + 1" + ENTER)
    shell.wait_for_prompt("2\nNot yet. No event `user-milestone` was logged.")
    assert suggested(shell) == FIRST
    shell.send("nosuch" + ENTER)
    shell.wait_for_prompt("> nosuch\nError: stk::parse::unknown_command")
    assert suggested(shell) == FIRST
    shell.send("skip" + ENTER)
    shell.wait_for_prompt("2 of ")
    shell.send("back" + ENTER)
    shell.wait_for_prompt("> back\n\n1 of ")
    for number in range(2, 5):
        shell.send("skip" + ENTER)
        shell.wait_for_prompt(f"> skip\n\n{number} of ")
    shell.send("tutorial" + ENTER)
    shell.wait_for_prompt("> tutorial\n\n4 of ")
    assert suggested(shell).startswith("event get 0")
    shell.send("quit" + ENTER)
    shell.wait_for_prompt("The tutorial has ended")
    assert [*temporary.iterdir()] == []
    shell.run("quit", "`quit` is not a command")
    shell.run("history | get command | to nuon", '[tutorial, quit, "history')


def test_a_setting_that_is_changed_in_the_tutorial_counts_there_and_afterwards(
    terminal: OpenTerminal, temporary: Path
) -> None:
    shell = terminal("--dsn", "host=nowhere", TMPDIR=str(temporary))
    taught(shell)
    shell.send("config set prompt 'in {store}> '" + ENTER)
    shell.wait(lambda: shell.text().endswith("\nin tutorial>"))
    shell.send("quit" + ENTER)
    shell.wait(lambda: shell.text().endswith("\nin nowhere>"))


@pytest.mark.parametrize("way", ["Ctrl-D", "a signal"])
def test_who_leaves_in_the_middle_leaves_nothing_behind(terminal: OpenTerminal, temporary: Path, way: str) -> None:
    shell = terminal("--dsn", "host=nowhere", TMPDIR=str(temporary))
    taught(shell)
    shell.send("skip" + ENTER)
    shell.wait_for_prompt("2 of ")
    shell.send("1.. | each {|n| $n } | length" + ENTER)
    shell.wait_for("| length")
    shell.read(0.3)
    shell.send(CTRL_C)
    shell.wait_for_prompt("Not yet.")
    if way == "Ctrl-D":
        shell.send(CTRL_D)
        shell.wait_for_prompt("The tutorial has ended")
    else:
        shell.process.kill(signal.SIGTERM)
        shell.wait(shell.has_ended)
    assert [*temporary.iterdir()] == []


def test_ctrl_c_while_the_store_is_made_leaves_nothing_behind(open_shell: OpenTerminal, temporary: Path) -> None:
    shell = open_shell("--dsn", "host=nowhere", TMPDIR=str(temporary))
    shell.send("tutorial" + ENTER)
    shell.wait(lambda: any(temporary.iterdir()))
    shell.send(CTRL_C)
    shell.wait_for_prompt("Making a store to practise on")
    assert [*temporary.iterdir()] == []
    shell.run("1 + 1", "\n2")
