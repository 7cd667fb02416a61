"""The lines of the menu: what fits in the terminal, and what was typed in bold."""

from __future__ import annotations

import pytest
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import to_formatted_text

from stk_shell.render.width import display_width
from stk_shell.repl.completion.lines import shown
from stk_shell.repl.completion.matching import Suggestion

LONG = Suggestion("01a20569-11c4-7d0a-8a4e-5b1f6f0d9c21", 0, "2026-11-22 22:39:50  authentication")


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
@pytest.mark.parametrize("name", ["length", LONG.text, "日本語の名前" * 5])
def test_a_line_fits_in_the_terminal(width: int, name: str) -> None:
    found = [LONG._replace(text=name)]
    (line,) = shown(found, Document(""), width)
    assert display_width(line.display_text) + display_width(line.display_meta_text) <= width - 3


def test_a_long_name_gives_way_to_what_it_is_where_there_is_little_room() -> None:
    (narrow,) = shown([LONG], Document(""), 40)
    assert narrow.display_text == "01a20569-11c4-7d0a-…"
    assert narrow.display_meta_text == "2026-11-22 22:…"
    (wide,) = shown([LONG], Document(""), 80)
    assert wide.display_text == LONG.text
    assert wide.display_meta_text == LONG.about


def test_what_would_move_the_cursor_is_shown_as_a_sign() -> None:
    (line,) = shown([Suggestion('"a\\nb"', 0, "x\x1b[31m", "a\nb")], Document(""), 80)
    assert (line.display_text, line.display_meta_text) == ("a⏎b", "x␛[31m")


def test_the_letters_that_are_typed_are_bold() -> None:
    (line,) = shown([Suggestion("event list", 0)], Document("evl"), 80)
    assert to_formatted_text(line.display) == [("bold", "ev"), ("", "ent "), ("bold", "l"), ("", "ist")]
    (quoted,) = shown([Suggestion('"order error"', 0, shown="order error")], Document('"or'), 80)
    assert to_formatted_text(quoted.display) == [("bold", "or"), ("", "der error")]
