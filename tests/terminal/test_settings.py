"""Settings at the prompt: what they are, what a change does, and what is wrong in their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.terminals import ENTER, SIZES, OpenTerminal


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The user's file, which is not there yet."""
    file = tmp_path / "config" / "stk" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


@SIZES
def test_they_are_shown_and_a_change_counts_at_once_and_in_the_next_shell(
    open_shell: OpenTerminal, settings: Path, columns: int, lines: int
) -> None:
    shell = open_shell(columns=columns, lines=lines)
    shell.run("config", "╰")
    line = next(line for line in shell.lines() if "│ edit_mode " in line)
    *cells, meaning = (cell.strip() for cell in line.split("│")[2:6])
    assert cells == ["edit_mode", "emacs", "default"]
    assert meaning.startswith("The keys of the pr")
    assert shell.color_of(line[2:]) == shell.color_of("# │ name") == "green"
    shell.send("config set prompt 'audit> '" + ENTER)
    shell.wait(lambda: shell.text().endswith("\naudit>"))
    assert "prompt = 'audit> '" in settings.read_text().replace('"', "'")
    shell.send("config reset prompt" + ENTER)
    shell.wait_for_prompt("config reset prompt")


@SIZES
def test_a_mistake_in_the_file_names_its_line_and_the_setting(
    terminal: OpenTerminal, settings: Path, columns: int, lines: int
) -> None:
    settings.write_text('theme = "default"\npager = 3\n')
    shell = terminal(columns=columns, lines=lines)
    shell.wait_for("`pager` has to be a text, in quotes")
    shell.wait_for("config.toml:2:1]")
    assert shell.color_of("Error") == "red"
    shell.wait(shell.has_ended)
