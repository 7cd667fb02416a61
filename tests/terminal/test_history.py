"""The history on the screen: suggestions, Ctrl-R, several shells, what is kept out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.terminals import (
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_R,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    RIGHT,
    SIZES,
    TAB,
    UP,
    OpenTerminal,
    Terminal,
)

CTRL_E, ALT_F, CTRL_G = "\x05", "\x1bf", "\x07"

TYPED = ("[1 2] | math sum", "def f [] {\n  40 + 2\n}", "[3 4] | math sum", "20 + 1")
"""What was typed in the past, the oldest first."""


@pytest.fixture(autouse=True)
def past(tmp_path: Path) -> Path:
    """A history with something in it."""
    file = tmp_path / "state" / "stk" / "history"
    file.parent.mkdir(parents=True)
    entries = ("".join(f"+{line}\n" for line in text.split("\n")) for text in TYPED)
    file.write_text("".join(f"\n# 2026-11-22 10:00:00\n{entry}" for entry in entries))
    return file


def begin(open_shell: OpenTerminal, columns: int = 80, lines: int = 24, *arguments: str) -> Terminal:
    """A shell that has read the history."""
    shell = open_shell(*arguments, columns=columns, lines=lines)
    shell.send(UP)
    shell.wait_for("> 20 + 1")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    return shell


@SIZES
def test_the_last_entry_that_begins_so_is_suggested_and_taken_by_a_key(
    terminal: OpenTerminal, columns: int, lines: int
) -> None:
    shell = begin(terminal, columns, lines)
    for key in (RIGHT, END, CTRL_E):
        shell.send("[")
        shell.wait(lambda: shell.entry() == "[3 4] | math sum")
        assert shell.column() == 1
        shell.send(key)
        shell.wait(lambda: shell.column() == len("[3 4] | math sum"))
        shell.wait(lambda: shell.color_of("math sum") == "cyan")
        shell.send(ENTER)
        shell.wait_for_prompt("\n7\n>")


def test_a_suggestion_has_no_colours_of_its_own_and_is_not_run(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send("20 ")
    shell.wait(lambda: shell.entry() == "20 + 1")
    assert shell.color_of("+ 1") == "default"
    shell.send(ENTER)
    shell.wait_for_prompt("> 20\n20\n>")


def test_a_word_of_a_suggestion_can_be_taken(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send("[3 4] |")
    shell.wait(lambda: shell.entry() == "[3 4] | math sum")
    shell.send(ALT_F)
    shell.wait(lambda: shell.column() == len("[3 4] | math"))
    assert shell.entry() == "[3 4] | math sum"
    shell.send(CTRL_C)
    shell.wait_for_prompt("[3 4] | math\n>")


def test_what_no_longer_fits_is_not_suggested_and_what_fits_again_is(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send("20 + ")
    shell.wait(lambda: shell.entry() == "20 + 1")
    shell.send("2")
    shell.wait(lambda: shell.entry() == "20 + 2")
    shell.send(BACKSPACE)
    shell.wait(lambda: shell.entry() == "20 + 1")


def test_of_an_entry_of_several_lines_the_first_is_suggested_and_all_are_taken(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send("de")
    shell.wait(lambda: shell.entry() == "def f [] { …")
    shell.send(RIGHT)
    shell.wait(lambda: shell.entry() == "def f [] {\n·   40 + 2\n· }")
    shell.send(ENTER)
    shell.run("f", "\n42\n>")


def test_entries_of_several_lines_come_back_whole(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send(UP * 3)
    shell.wait(lambda: shell.entry() == "def f [] {\n·   40 + 2\n· }")
    shell.send(ENTER)
    shell.run("f", "\n42\n>")


@SIZES
def test_ctrl_r_lists_what_has_the_words_and_shows_the_chosen_one(
    terminal: OpenTerminal, columns: int, lines: int
) -> None:
    shell = begin(terminal, columns, lines)
    shell.send(CTRL_R)
    shell.wait_for("1 of 4")
    assert [line for line in shell.lines() if line.startswith(("▸ ", "  "))] == [
        "▸ 20 + 1",
        "  [3 4] | math sum",
        "  def f [] { ⏎ 40 + 2 ⏎ }",
        "  [1 2] | math sum",
    ]
    for key in "sum 1":
        shell.send(key)
    shell.wait_for("1 of 1")
    shell.wait_for("> [1 2] | math sum\nhistory: sum 1")
    assert shell.look_of("▸ [1 2]")[2].reverse
    shell.send(ENTER)
    shell.wait_for_prompt("> [1 2] | math sum\n3\n>")


def test_a_search_begins_with_what_was_typed(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.type("ma")
    shell.send(CTRL_R)
    shell.wait_for("1 of 2")
    shell.send("th 1")
    shell.wait_for("1 of 1")
    shell.send(ENTER)
    shell.wait_for_prompt("> [1 2] | math sum\n3\n>")


def test_an_entry_that_was_found_can_be_changed_before_it_runs(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send(CTRL_R + "sum")
    shell.wait_for("1 of 2")
    shell.send(CTRL_R)
    shell.wait_for("2 of 2")
    shell.send(UP + DOWN + TAB)
    shell.wait(lambda: shell.entry() == "[1 2] | math sum")
    shell.send(" | $in + 4" + ENTER)
    shell.wait_for_prompt("\n7\n>")


def test_entries_of_several_lines_are_found_by_any_of_them(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send(CTRL_R + "40")
    shell.wait_for("> def f [] {\n·   40 + 2\n· }\nhistory: 40")
    shell.send(ENTER)
    shell.run("f", "\n42\n>")


@pytest.mark.parametrize("key", [ESCAPE, CTRL_G, CTRL_C])
def test_a_search_can_be_left_for_what_was_typed(terminal: OpenTerminal, key: str) -> None:
    shell = begin(terminal)
    shell.type("4 + 4")
    shell.send(CTRL_R + "zzz")
    shell.wait_for("nothing found")
    shell.send(key)
    shell.wait(lambda: shell.entry() == "4 + 4")
    shell.send(ENTER)
    shell.wait_for_prompt("\n8\n>")


def test_in_vi_mode_a_slash_searches(terminal: OpenTerminal) -> None:
    shell = begin(terminal)
    shell.send("config set edit_mode vi" + ENTER)
    shell.wait_for_prompt("edit_mode vi")
    shell.send(ESCAPE)
    shell.read(0.7)
    shell.send("/math")
    shell.wait_for("1 of 2")
    shell.send(ENTER)
    shell.wait_for_prompt("\n7\n>")


def test_what_another_shell_has_run_is_there_at_the_next_prompt(terminal: OpenTerminal, past: Path) -> None:
    one, other = begin(terminal), begin(terminal)
    one.run("100 + 1", "101")
    other.run("200 + 2", "202")
    other.send(UP + UP)
    other.wait_for("> 100 + 1")
    for shell in (one, other):
        shell.send(CTRL_C + CTRL_D)
        shell.wait(shell.has_ended)
    assert past.read_text().count("+100 + 1\n") == past.read_text().count("+200 + 2\n") == 1


def test_a_line_that_begins_with_a_blank_stays_out_and_can_be_corrected(terminal: OpenTerminal, past: Path) -> None:
    shell = begin(terminal)
    shell.run(" 30 + 3", "33")
    shell.send(UP)
    shell.wait_for(">  30 + 3")
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.run("history | last | get command", "history | last | get command\n>")
    assert "30 + 3" not in past.read_text()


def test_a_password_is_not_written_down(terminal: OpenTerminal, past: Path) -> None:
    shell = begin(terminal)
    shell.run('config set dsn "postgresql://ana:s3cret@nowhere/audit"', "s3cret")
    shell.run("1 + 1", "2")
    assert "s3cret" not in past.read_text()
