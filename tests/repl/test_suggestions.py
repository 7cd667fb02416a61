"""What is suggested from the history."""

from __future__ import annotations

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from stk_shell.repl.suggestions import Rest, Suggestions

HISTORY = ("event list", "event list | first 5", "def f [] {\n  1\n}", "event get 01a2", "[1] | each { 1 }")


@pytest.fixture
def buffer() -> Buffer:
    """An entry that suggestions are made for."""
    history = InMemoryHistory()
    for text in HISTORY:
        history.append_string(text)
    buffer = Buffer()
    Suggestions(history).attach(buffer)
    return buffer


def suggested(buffer: Buffer) -> tuple[str, str] | None:
    """What is shown and what would be taken."""
    rest = buffer.suggestion
    return (rest.text, rest.whole) if isinstance(rest, Rest) else None


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("event ", "get 01a2"),
        ("event l", "ist | first 5"),
        ("event list", " | first 5"),
        ("event list | first 5", None),
        ("Event", None),
        (" ", None),
    ],
)
def test_the_rest_of_the_last_entry_that_begins_so_is_suggested(buffer: Buffer, typed: str, rest: str | None) -> None:
    buffer.insert_text(typed)
    assert suggested(buffer) == (rest and (rest, rest))


def test_of_several_lines_the_first_is_shown(buffer: Buffer) -> None:
    buffer.insert_text("de")
    assert suggested(buffer) == ("f f [] { …", "f f [] {\n  1\n}")
    buffer.insert_text("f f [] {")
    assert suggested(buffer) is None
    buffer.insert_text("\n ")
    assert suggested(buffer) == (" 1 …", " 1\n}")


def test_brackets_that_were_closed_ahead_do_not_hide_a_suggestion(buffer: Buffer) -> None:
    buffer.insert_text("}", move_cursor=False)
    buffer.insert_text("[1] | each {")
    assert suggested(buffer) == (" 1 }", " 1 }")
    buffer.insert_text("x", move_cursor=False)
    assert suggested(buffer) is None


def test_what_was_deleted_is_suggested_again_and_what_is_gone_back_to_is_not(buffer: Buffer) -> None:
    buffer.insert_text("event g")
    buffer.insert_text("x")
    assert suggested(buffer) is None
    buffer.delete_before_cursor()
    assert suggested(buffer) == ("et 01a2", "et 01a2")
    buffer.document = Document("event list")
    assert suggested(buffer) is None
