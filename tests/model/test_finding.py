"""Commands are found by name, by what else they are called, and by what is said of them."""

from __future__ import annotations

import re

import pytest

from stk_shell.model.finding import BY_TEXT, found, known_commands
from tests.fixtures.shells import REGISTRY, Shell


def names(text: str, *, by_text: bool = False) -> list[str]:
    """The names of what is found by its name or, instead, by its texts."""
    all_found = found([command for name in REGISTRY.names() if (command := REGISTRY.find(name))], text)
    return [command.name for rank, command in all_found if (rank >= BY_TEXT) == by_text]


def test_names_that_begin_so_come_before_those_that_contain_it() -> None:
    assert names("sort")[:2] == ["sort", "sort-by"]
    assert names("length")[0] == "length"
    assert names("length").index("str length") > 0


def test_names_come_before_descriptions() -> None:
    assert "event list" in names("newest", by_text=True)
    assert names("newest") == []


@pytest.mark.parametrize(("text", "name"), [("append ev", ".append event"), ("  EVENT   re", "event revoke")])
def test_the_dot_blanks_and_case_do_not_matter(text: str, name: str) -> None:
    assert names(text)[0] == name


def test_what_a_command_is_called_elsewhere_finds_it_first() -> None:
    assert names("undo")[0] == "event revoke"
    assert names("sum")[0] == "math sum"


def test_several_words_may_stand_anywhere_in_a_description() -> None:
    assert "event revoke" in names("record inactive", by_text=True)


def test_short_texts_are_found_at_the_beginnings_of_words_only() -> None:
    every = [command for name in REGISTRY.names() if (command := REGISTRY.find(name))]
    by_text = [command for rank, command in found(every, "if") if rank >= BY_TEXT]
    assert by_text
    for command in by_text:
        assert re.search(r"\bif", f"{command.summary} {command.description}".lower())
    assert "is-empty" in names("inary", by_text=True)


def test_what_nothing_says_is_not_found() -> None:
    assert names("xyzzy") == names("xyzzy", by_text=True) == []


def test_a_command_of_the_users_hides_ours_of_the_same_name(pure: Shell) -> None:
    pure.run("def first [] { 1 }; def mine [] { 2 }")
    known = [
        command.signature.category for command in known_commands(pure.session) if command.name in ("first", "mine")
    ]
    assert known == ["your own", "your own"]
