"""What people write in another way than the language does."""

from __future__ import annotations

import pytest

from stk_shell.model.span import Source
from stk_shell.model.spellings import quoted, with_units


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3 days", "3day"),
        ("3days", "3day"),
        ("1,5 h", "1.5hr"),
        ("1 hour and 30 minutes", "1hr 30min"),
        ("5 MB", "5mb"),
        ("90min", None),
        ("3 apples", None),
        ("days", None),
        ("", None),
    ],
)
def test_amounts_are_written_as_the_language_has_them(text: str, meant: str | None) -> None:
    assert with_units(text) == meant


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("'7 d' | into duration", "'7 d'"),
        ('"7 d" | into duration', '"7 d"'),
        ("['7 d' '7 d'] | into duration", None),
        ("$text | into duration", None),
    ],
)
def test_a_text_is_found_where_the_line_has_it_once(line: str, found: str | None) -> None:
    source = Source(line)
    place = quoted(source.span(len(line) - 1, len(line)), "7 d")
    assert (place.text if place else None) == found
