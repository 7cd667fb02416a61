"""Typing at the prompt: indentation, long lines, going to the background."""

from __future__ import annotations

import pytest

from tests.fixtures.programs import PROGRAM
from tests.fixtures.terminals import ALT_ENTER, CTRL_C, CTRL_Z, ENTER, OpenTerminal


@pytest.mark.parametrize("enter", [ENTER, ALT_ENTER])
def test_the_text_of_a_string_of_several_lines_is_what_was_typed(open_shell: OpenTerminal, enter: str) -> None:
    shell = open_shell()
    shell.send("do {" + enter)
    shell.wait_for("·")
    shell.send('"a (' + enter)
    shell.wait(lambda: shell.text().count("·") == 2)
    shell.send('b" | to json' + ENTER)
    shell.wait_for('b" | to json')
    shell.send("}" + ENTER)
    shell.wait_for_prompt('"a (\\nb"')


def test_what_is_in_brackets_is_indented_and_what_closes_them_is_not(open_shell: OpenTerminal) -> None:
    shell = open_shell()
    for line in ("[1 2] | each {|x|", "if $x > 1 {", "[", "$x", "]", "}"):
        shell.send(line + ENTER)
        shell.wait(lambda line=line: shell.lines()[shell.screen.cursor.y - 1].endswith(line))  # type: ignore[misc]
    shell.send("}")
    shell.wait(lambda: shell.text().endswith("· }"))
    lines = shell.text().split("\n")[-7:]
    assert lines == ["> [1 2] | each {|x|", "·   if $x > 1 {", "·     [", "·       $x", "·     ]", "·   }", "· }"]


def test_only_new_lines_are_marked_and_not_the_rest_of_long_ones(open_shell: OpenTerminal) -> None:
    shell = open_shell(columns=40)
    shell.send(f'"{"x" * 100}" | length')
    shell.wait_for("| length")
    assert "·" not in shell.text().partition("> ")[2]
    shell.send(CTRL_C)
    shell.wait_for_prompt()
    shell.send('"' + ENTER)
    shell.wait(lambda: shell.text().endswith('· "'))
    shell.send("q" * 100)
    shell.wait(lambda: shell.text().count("q") == 100)
    assert shell.text().partition('> "\n')[2].count("·") == 1


def test_ctrl_z_leaves_for_the_shell_below_and_fg_comes_back(terminal: OpenTerminal) -> None:
    below = terminal("--norc", "-i", program="/bin/bash", PS1="below$ ")
    below.wait(lambda: below.text().endswith("below$"))
    below.send(f"{PROGRAM} -n" + ENTER)
    below.wait(lambda: below.text().endswith("\n>"))
    below.send("40 + 2")
    below.wait_for("> 40 + 2")
    below.send(CTRL_Z)
    below.wait(lambda: "Stopped" in below.text() and below.text().endswith("below$"))
    below.send("echo $((6 * 7))0" + ENTER)
    below.wait_for("420")
    below.send("fg" + ENTER)
    below.wait(lambda: below.text().endswith("> 40 + 2"))
    below.send("1" + ENTER)
    below.wait_for_prompt("\n61\n>")
