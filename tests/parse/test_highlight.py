"""What each stretch of a program is, for its colour."""

from __future__ import annotations

import pytest

from stk_shell.model.span import Source
from stk_shell.parse import parse
from stk_shell.parse.highlight import highlight, stretches
from stk_shell.parse.scope import Scope
from stk_shell.render.theme import ROLES
from tests.fixtures.shells import REGISTRY


def kinds(text: str) -> dict[str, str]:
    """The kind of each coloured stretch of a text."""
    return {text[piece.start : piece.end]: piece.kind for piece in highlight(text, Scope(), REGISTRY)}


def test_colours_follow_the_meaning() -> None:
    found = kinds('let n = 5; event list --limit $n | where name == "a" # why')
    of_language = {"let": "keyword", "n": "variable", "5": "number", "$n": "variable", "==": "operator"}
    of_commands = {"event list": "command", "--limit": "flag", "where": "command", "name": "column"}
    assert found == {**of_language, **of_commands, '"a"': "string", "# why": "comment"}


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("if true { 1 } else { 2 }", "else", "keyword"),
        ("for x in 1..3 { print $x }", "in", "keyword"),
        ("try { 1 } catch { 2 }", "catch", "keyword"),
        ("mut x = 1; $x += 2", "+=", "operator"),
        ("if not true { 1 }", "not", "operator"),
        ("[1] | each {|row| $row }", "row", "variable"),
        ("def greet [name: string, --loud] { $name }", "greet", "command"),
        ("def greet [name: string, --loud] { $name }", "--loud", "variable"),
        ('def "my own" [] { 1 }', "my own", "command"),
        ("alias recent = event list --limit 5", "--limit", "flag"),
        ('$"a (1 + 1) b"', "+", "operator"),
        ('$"a (1 + 1) b"', ' b"', "string"),
        ("{a: 1}.a", "1", "number"),
        ("null", "null", "constant"),
        ("7day", "7day", "number"),
        ('"never closed', '"never closed', "string"),
    ],
)
def test_every_part_has_the_kind_of_what_it_is(text: str, part: str, kind: str) -> None:
    assert kinds(text)[part] == kind


def test_what_cannot_be_read_is_coloured_by_its_look() -> None:
    found = kinds('[1] | nosuch "a" --flag $x 12 b')
    assert found == {
        "1": "number",
        "nosuch": "problem",
        '"a"': "string",
        "--flag": "flag",
        "$x": "variable",
        "12": "number",
    }


def test_what_is_wrong_is_a_problem() -> None:
    assert kinds("[1] | nosuch")["nosuch"] == "problem"
    assert kinds("$nobody")["$nobody"] == "problem"
    assert "problem" not in kinds("[1 2").values()


def test_outputs_show_programs_without_what_is_wrong() -> None:
    source = Source("[1] | nosuch $x")
    found = stretches(source, parse(source, Scope(), REGISTRY))
    assert [source.text[start:end] for start, end, _ in found] == ["1", "$x"]


def test_every_kind_has_a_colour() -> None:
    lines = [example.line for command in REGISTRY.all() for example in command.examples]
    found = {piece.kind for line in lines for piece in highlight(line, Scope(), REGISTRY)}
    assert found <= ROLES.keys()
    assert len(found) > 8
