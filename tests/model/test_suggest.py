"""The nearest name, and when there is none worth saying."""

from __future__ import annotations

import pytest

from stk_shell.model.suggest import nearest

NAMES = ["where", "select", "length", "first", "event list", "event get", "last", "sort-by"]


@pytest.mark.parametrize(
    ("word", "name"),
    [("were", "where"), ("lenght", "length"), ("Frist", "first"), ("evnt list", "event list"), ("sortby", "sort-by")],
)
def test_a_mistyped_name_is_recognised(word: str, name: str) -> None:
    assert nearest(word, NAMES) == name


@pytest.mark.parametrize("word", ["ls", "x", "", "docker", "xyz", "where"])
def test_nothing_is_suggested_where_nothing_is_near(word: str) -> None:
    assert nearest(word, [name for name in NAMES if name != word]) is None
