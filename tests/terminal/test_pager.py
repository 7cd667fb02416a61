"""Results that are longer than the screen."""

from __future__ import annotations

import time

import pytest

from tests.fixtures.terminals import CTRL_C, ENTER, SIZES, OpenTerminal, Terminal

LONG = "1..200 | each {|n| {n: $n, text: 'row'} }"


def open_pager(shell: Terminal, line: str) -> None:
    """Run something and wait until less shows it."""
    shell.wait_for_prompt()
    shell.send(line + ENTER)
    shell.wait(lambda: shell.lines()[-1] == "Space goes on, q leaves, / searches")


@SIZES
def test_a_long_table_is_shown_by_the_page_with_its_colours(terminal: OpenTerminal, columns: int, lines: int) -> None:
    shell = terminal(columns=columns, lines=lines)
    open_pager(shell, LONG)
    assert "│   0 │   1 │ row" in "\n".join(shell.lines())
    assert shell.color_of("0 │   1 │") == "green"
    shell.send(" ")
    shell.wait(lambda: f"│ {lines - 3:3} │" in "\n".join(shell.lines()))
    shell.send("q")
    shell.wait_for_prompt()
    shell.run("$last | length", "\n200")


def test_the_time_that_somebody_reads_is_not_what_the_entry_took(terminal: OpenTerminal) -> None:
    shell = terminal()
    open_pager(shell, LONG)
    time.sleep(1)
    shell.send("q")
    shell.wait_for_prompt()
    shell.wait(lambda: "200 rows in " in shell.below())
    assert shell.below().split("200 rows in ")[1].split()[1] == "ms"


def test_what_fits_on_the_screen_is_printed(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.run("1..15 | each {|n| $n }", "│ 14 │ 15 │")


def test_wide_lines_are_scrolled_sideways(terminal: OpenTerminal) -> None:
    shell = terminal(columns=80)
    open_pager(shell, "1..40 | each {|n| '' | fill --width 100 --character x | $in + 'end' } | str join (char nl)")
    assert "end" not in "\n".join(shell.lines())
    shell.send("\x1bOC")
    shell.wait(lambda: "end" in "\n".join(shell.lines()))


def test_the_first_page_of_a_million_rows_waits_for_no_more(terminal: OpenTerminal) -> None:
    shell = terminal()
    open_pager(shell, "1..100000000 | each {|n| {n: $n} }")
    shell.send("q")
    shell.wait_for_prompt()
    shell.run("1 + 1", "\n2")


def test_ctrl_c_in_the_pager_leaves_the_shell_as_it_is(terminal: OpenTerminal) -> None:
    shell = terminal()
    open_pager(shell, LONG)
    shell.send(CTRL_C)
    shell.read(0.3)
    shell.send("q")
    shell.wait_for_prompt()
    shell.run("1 + 1", "\n2")


def test_an_error_behind_the_first_page_is_told_when_the_pager_is_left(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    shell.send("1..5000 | each {|n| 6 // (3000 - $n) }" + ENTER)
    shell.wait(lambda: "│" in shell.lines()[5])
    shell.read(0.5)
    shell.send("q")
    shell.wait_for_prompt("division by zero")


@pytest.mark.parametrize("pager", ["off", "no-such-pager"])
def test_there_can_be_no_pager(open_shell: OpenTerminal, pager: str) -> None:
    shell = open_shell()
    shell.run(f"config set pager {pager}", "config set pager")
    shell.run(LONG, "│ 199 │ 200 │ row")


def test_the_pager_of_the_environment_is_taken(open_shell: OpenTerminal) -> None:
    shell = open_shell(PAGER="sed s/row/line/")
    shell.run(LONG, "│ 199 │ 200 │ line")
