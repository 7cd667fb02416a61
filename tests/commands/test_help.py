"""Help: pages, lists of subcommands, and what is found."""

from __future__ import annotations

import re

import pytest

from stk_shell.model.meanings import MEANINGS
from tests.fixtures.shells import REGISTRY, Shell


@pytest.mark.parametrize("line", ["help store", "store --help", "store", "help 'store'"])
def test_the_beginning_of_several_commands_lists_them(pure: Shell, line: str) -> None:
    text = str(pure.value(f"{line} | to text"))
    assert [f"  {name}" in text for name in ("store migrate", "store start", "store status", "store stop")] == [
        True
    ] * 4


@pytest.mark.parametrize("line", ["help .append", ".append --help", ".append"])
def test_a_family_without_a_command_of_its_own_is_listed_too(pure: Shell, line: str) -> None:
    text = str(pure.value(f"{line} | to text"))
    assert re.search(r"\n  \.append event +Log an event", text)
    assert re.search(r"\n  \.append tag +Tag a record", text)


def test_a_command_that_begins_others_lists_them_on_its_page(pure: Shell) -> None:
    text = str(pure.value("help event | to text"))
    assert text.startswith("Show what the event commands do")
    assert re.search(r"\n  event list +List events, the newest first\.", text)


def test_commands_of_the_users_are_listed_as_well(pure: Shell) -> None:
    assert "  dev up  " in str(pure.value("def 'dev up' [] { 1 }; dev --help | to text"))


@pytest.mark.parametrize("line", ["where --help", "length -h", "event list --help", "store --help", "help where"])
def test_help_may_be_asked_for_behind_a_pipe(pure: Shell, line: str) -> None:
    assert pure.value(f"[1] | {line} | to text") == pure.value(f"{line} | to text")


def test_what_stands_before_a_question_for_help_does_not_run(pure: Shell) -> None:
    assert pure.value("event list | where --help | lines | length") == pure.value("where --help | lines | length")
    assert pure.value("error make {msg: 'it ran'} | first | length --help | describe") == "string"
    assert pure.value("'undo' | help --find $in | get name.0") == "event revoke"


def test_help_on_the_users_own_commands_may_be_asked_for_behind_a_pipe(pure: Shell) -> None:
    assert "Usage:\n  > f\n" in str(pure.value("def f [] { 1 }; [1] | f --help | to text"))


def test_a_word_from_elsewhere_finds_what_is_meant(pure: Shell) -> None:
    assert pure.value("help --find rm | get name.0") == "event revoke"
    assert pure.value("help --find Count | get name.0") == "length"
    assert pure.error("help delete").labels[0].text == "did you mean `event revoke`?"


@pytest.mark.parametrize(("words", "name"), [("per day", "group-by"), ("export", "save"), ("correct", "event revoke")])
def test_words_for_what_somebody_wants_to_do_lead_to_the_command(pure: Shell, words: str, name: str) -> None:
    assert pure.value(f"help --find '{words}' | where name == '{name}' | length") == 1


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("help --browse", ""),
        ("help -b event list", "event list"),
        ("help --browse store", min(name for name in REGISTRY.names() if name.startswith("store "))),
        ("help -b commands", ""),
    ],
)
def test_the_help_is_browsed_from_a_command_or_the_first_of_a_family(pure: Shell, line: str, name: str) -> None:
    assert pure.value(line) is None
    assert pure.host.views.browsed == [name]


def test_what_is_no_command_cannot_be_browsed(pure: Shell) -> None:
    assert pure.error("help --browse nosuch").code == "stk::run::command_not_found"


def test_every_word_from_elsewhere_leads_to_a_command_and_is_none_itself() -> None:
    known = set(REGISTRY.names())
    meant = {command.split(" -")[0] for command, _ in MEANINGS.values() if command}
    assert meant <= known
    assert not known & MEANINGS.keys()
