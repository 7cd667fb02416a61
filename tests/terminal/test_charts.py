"""Charts on a screen."""

from __future__ import annotations

import pytest

from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import put_example_events
from tests.fixtures.terminals import OpenTerminal

NARROW = pytest.mark.parametrize("columns", [40, 80])


@NARROW
def test_bars_are_as_wide_as_the_screen_and_in_colour(
    open_shell: OpenTerminal, database: TestDatabase, columns: int
) -> None:
    put_example_events(database)
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=24)
    shell.run("event stats | get by_name | chart bar", "user-milestone      1  ██")
    rows = [line for line in shell.lines() if "  1  ██" in line]
    assert {len(row) for row in rows} == {columns}
    assert (shell.color_of("██"), shell.color_of("name            count")) == ("cyan", "green")


@NARROW
def test_a_line_is_as_wide_as_the_screen(open_shell: OpenTerminal, columns: int) -> None:
    shell = open_shell("--dsn", "host=nowhere", columns=columns, lines=24)
    shell.run("1..100 | chart line --height 5", "┤")
    assert max(map(len, shell.lines())) == columns
    axis = next(line for line in shell.lines() if "└" in line)
    assert len(axis) == columns


@NARROW
def test_statistics_are_read_on_one_screen(open_shell: OpenTerminal, database: TestDatabase, columns: int) -> None:
    put_example_events(database)
    shell = open_shell("--dsn", database.dsn(), columns=columns, lines=40)
    shell.run("event stats", "╯")
    text = shell.text()
    assert all(word in text for word in ("│ count ", "│ revoked ", "│ by_name ", "│ by_type ", "│ by_day "))
    assert "user-milestone" in text


def test_a_label_cannot_do_anything_to_the_screen(open_shell: OpenTerminal) -> None:
    shell = open_shell("--dsn", "host=nowhere")
    shell.run('{"a\\u{1b}[2J\\u{1b}[31mb": 1} | chart bar', "a␛[2J␛[31mb  1  ██")
    assert shell.color_of("b  1") == "default"
