"""What `$last` holds."""

from __future__ import annotations

import pytest

from stk_shell.engine.last import MOST
from tests.fixtures.shells import Shell


@pytest.fixture
def last(pure: Shell) -> Shell:
    """A session that keeps the last result."""
    pure.session.keep_last()
    return pure


def test_it_is_null_before_anything_was_shown(last: Shell) -> None:
    assert last.value("$last") is None


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("7", 7),
        ("[1 2]", [1, 2]),
        ("{a: 1}", {"a": 1}),
        ("1..3 | each {|n| $n * 2 }", [2, 4, 6]),
        ("[] | each { }", []),
    ],
)
def test_it_is_what_was_shown(last: Shell, program: str, value: object) -> None:
    last.run(program)
    last.run("let other = 1; null")
    assert last.value("$last") == value


def test_what_was_dropped_or_failed_leaves_it_as_it_was(last: Shell) -> None:
    last.run("7")
    last.error("8; 1 / 0")
    last.run("help where")
    assert last.value("$last") == 7


def test_it_holds_the_rows_that_came_before_an_error(last: Shell) -> None:
    last.error("1..5 | each {|n| 6 // (3 - $n) }")
    assert last.value("$last") == [3, 6]


def test_of_a_very_long_result_it_holds_the_first_rows_and_that_is_said(last: Shell) -> None:
    last.run(f"1..{MOST + 3} | each {{|n| $n }}")
    assert last.output.notes == ["`$last` holds the first 100 000 of these 100 003 rows"]
    assert last.value("$last | length") == MOST
