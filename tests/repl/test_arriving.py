"""Typing while the commands are still being loaded."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit.document import Document

from stk_shell.commands import Registry
from stk_shell.parse.live import Live
from stk_shell.repl.arriving import Arriving
from stk_shell.repl.completion.catalog import Catalog
from stk_shell.repl.completion.finder import Finder
from tests.fixtures.shells import Shell


class Counting(Registry):
    """Counts how often all commands are asked for, which loads them."""

    asked = 0

    def names(self) -> Iterator[str]:
        """The names of all commands."""
        self.asked += 1
        return super().names()


def test_nobody_who_types_has_all_commands_loaded(pure: Shell) -> None:
    commands = Counting()
    arriving = Arriving(commands)
    live = Live(pure.session.scope, arriving)
    find, _ = Finder(pure.session, live, Catalog(pure.session, lambda: None)).finding(Document("evnt"), demanded=True)
    assert find().names == []
    assert live.first_problem(4) is None
    assert live.first_problem(0) is None
    assert commands.asked == 0


def test_once_they_are_loaded_they_are_completed_and_told_from_mistakes(pure: Shell) -> None:
    commands = Counting()
    arriving = Arriving(commands)
    live = Live(pure.session.scope, arriving)
    finder = Finder(pure.session, live, Catalog(pure.session, lambda: None))
    arriving.load()
    find, _ = finder.finding(Document("event li"), demanded=True)
    assert [each.label for each in find().names] == ["event list"]
    finder.finding(Document("evnt "), demanded=True)
    assert live.first_problem(5) == (0, 4)
    assert commands.asked == 1


def test_a_command_can_be_found_alone_before_that() -> None:
    found = Arriving(Counting()).find("event list")
    assert found is not None
    assert found.name == "event list"
