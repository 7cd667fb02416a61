"""Which command the cursor is on, and what the entry becomes with another one there. `¦` is the cursor."""

from __future__ import annotations

import pytest
from prompt_toolkit.document import Document

from stk_shell.model.span import Source
from stk_shell.parse import parse
from stk_shell.parse.live import Live
from stk_shell.parse.scope import Scope
from stk_shell.repl.at_cursor import command_at, with_command
from tests.fixtures.shells import REGISTRY


def live(before: str = "") -> Live:
    """What reads the entry, after a program that was run before."""
    scope = Scope()
    parse(Source(before), scope, REGISTRY)
    return Live(scope, REGISTRY)


def document(text: str) -> Document:
    """An entry, with its cursor."""
    before, _, behind = text.partition("¦")
    return Document(before + behind, len(before))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("event list¦", "event list"),
        ("event¦ list", "event"),
        ("ev¦ent", "event"),
        ("event list --li¦m 5", "event list"),
        ("[1] | each { str trim ¦ }", "str trim"),
        ("[1] | each { ¦", "each"),
        ("1 + 1; where ¦; sort", "where"),
        ("event list\n| where a == (math su¦m)", "math sum"),
        ("mine ¦", "mine"),
        ("short ¦", "event list"),
    ],
)
def test_a_command_that_is_called(text: str, name: str) -> None:
    command, typed = command_at(live("def mine [] {}; alias short = event list"), document(text))
    assert (command.name if command else None, typed) == (name, "")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("wh¦", "wh"),
        ("event li¦", "event li"),
        ("undo 01a2 ¦", "undo"),
        ("¦", ""),
        ("event list | ¦", ""),
        ("1 + ¦", ""),
    ],
)
def test_what_is_no_command_yet(text: str, typed: str) -> None:
    assert command_at(live(), document(text)) == (None, typed)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("¦", "sort-by ¦"),
        ("[1] | ¦", "[1] | sort-by ¦"),
        ("[1] | so¦", "[1] | sort-by ¦"),
        ("[1] | so¦rt --reverse", "[1] | sort-by ¦--reverse"),
        ("event li¦", "sort-by ¦"),
        ("event   list  a¦", "sort-by ¦ a"),
        ("event list a | length¦; 1", "event list a | sort-by¦; 1"),
        ("1; so¦\n2", "1; sort-by¦\n2"),
        ("1 + ¦", "1 + sort-by ¦"),
    ],
)
def test_another_command_takes_the_place_of_the_name_at_the_cursor(text: str, after: str) -> None:
    taken = with_command(live(), document(text), "sort-by")
    assert f"{taken.text_before_cursor}¦{taken.text_after_cursor}" == after


@pytest.mark.parametrize("text", ["event list¦", "event list --limit¦ 5 | sort"])
def test_the_same_command_changes_no_more_than_the_cursor(text: str) -> None:
    assert with_command(live(), document(text), "event list").text.rstrip() == document(text).text
