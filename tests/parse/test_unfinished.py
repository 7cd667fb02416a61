"""Mistakes are marked while one types, but not what is only unfinished."""

from __future__ import annotations

import re
from zlib import crc32

import pytest

from stk_shell.parse import is_incomplete
from stk_shell.parse.live import Live
from stk_shell.parse.scope import Scope
from stk_shell.parse.unfinished import DEFINITION
from tests.conformance.cases import cases
from tests.fixtures.shells import REGISTRY
from tests.parse.helpers import parsed, problems
from tests.parse.test_calls import LINES

ONE_OF = 100
"""Reading all programs at each of their letters takes minutes, so that only one of so many is read."""


def calls_ahead(program: str) -> bool:
    """Whether a name stands there before the command of that name is defined: until then, it is a mistake."""
    for definition in DEFINITION.finditer(program):
        name = re.escape(definition[1].strip("\"'`"))
        if re.search(rf"(?<![\w-]){name}(?![\w-])", program[: definition.start()]):
            return True
    return False


def chosen() -> list[str]:
    """Correct programs: always the same, whatever is added before them."""
    every = dict.fromkeys([*LINES, *(case.program for case in cases())])
    programs = [program for program in every if crc32(program.encode()) % ONE_OF == 0]
    return [program for program in programs if not problems(program) and not calls_ahead(program)]


def marked(text: str) -> str | None:
    """What is marked as a mistake in a text, whose cursor is at the `^`."""
    before, _, behind = text.partition("^")
    found = Live(Scope(), REGISTRY)
    found.update(before + behind)
    place = found.first_problem(len(before))
    return None if place is None else (before + behind)[slice(*place)]


def test_nothing_is_marked_while_a_correct_program_is_typed() -> None:
    programs = chosen()
    assert len(programs) > 50
    for program in programs:
        found = Live(Scope(), REGISTRY)
        for at in range(1, min(len(program), 200) + 1):
            found.update(program[:at])
            assert found.first_problem(at) is None, program[:at]
            assert found.is_incomplete() == is_incomplete(parsed(program[:at])), program[:at]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("nosuch^", "nosuch"),
        ("[1] | nosuch^", "nosuch"),
        ("wher^", None),
        ("wher ^", "wher"),
        ("wh^ $it > 1", None),
        ("wh $it > 1^", "wh"),
        ("event ^", None),
        ("event lis^", None),
        ("event lis ^", "lis"),
        ("event xyz^", "xyz"),
        ("$nobody^", "$nobody"),
        ("let total = 1; $tot^", None),
        ("let total = 1; $tot ^", "$tot"),
        ("{|row| $ro^", None),
        ("event list --limi^", None),
        ("event list --limi ^", "--limi"),
        ("event list --limit ^", None),
        ("event list --limit ^| first", None),
        ("first ^; event list --limit | first", "--limit"),
        ("event list | where name == ^", None),
        ("event list | where name == | first^", "=="),
        ("[1 2^", None),
        ("1 ]^", "]"),
        ("nosuch; [1 2^", "nosuch"),
        ("1 +\n2^", "+"),
        ("^1 +", None),
        ("$'a (1 + ^", None),
        ("if true { 1 } els^", None),
        ("[3] | get 'a^", None),
        ("match 1 { 1 | ^", None),
        ("match 1 { 1 | 2 if (2 | ^", None),
        ("match 1 {\n  1 => 2\n  $n if ($n | ^)\n}", None),
        ("match 1 { 1 | 2 }; ^", "1 | 2"),
        ("{wher ^", None),
        ("[1] | each { wher a^", "wher"),
        ("export ^", None),
        ("export de^", None),
        ("export nosuch^", "export"),
        ("def outer [] {\n  def inner [] { 1 }\n  inn^", None),
        ("def outer [] {\n  def --env 'in two' [] { 1 }\n  [1] | each { 1 + (in ^", None),
        ("def outer [] {\n  def inner [] { 1 }\n  innx^", "innx"),
        ('$"a ({a: 1} | get "^', None),
        ("$'a (\n'^", None),
        ("$'a (1'; ^", "("),
    ],
)
def test_a_mistake_is_marked_once_it_cannot_go_away_by_typing_on(text: str, mistake: str | None) -> None:
    assert marked(text) == mistake


def test_the_first_mistake_is_the_one_that_is_marked() -> None:
    assert marked("nosuch 1; neither 2; ^") == "nosuch"
    assert marked("first 1\nneither 2\n$nobody\n^") == "neither"
