"""The nearest name, and when there is none worth saying."""

from __future__ import annotations

import pytest

from stk_shell.model.suggest import mistakes, nearest

NAMES = ["rename", "where", "select", "length", "first", "event list", "event get", "last", "sort-by", "timeit"]
COLUMNS = ["name", "n"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("were", "where"),
        ("lenght", "length"),
        ("Frist", "first"),
        ("evnt list", "event list"),
        ("sortby", "sort-by"),
        ("nmae", "name"),
        ("na", "n"),
        ("lsat", "last"),
        ("las", "last"),
    ],
)
def test_a_mistyped_name_is_recognised(word: str, name: str) -> None:
    assert nearest(word, NAMES + COLUMNS) == name


@pytest.mark.parametrize("word", ["ls", "x", "", "docker", "xyz", "where", "limit"])
def test_nothing_is_suggested_where_nothing_is_near(word: str) -> None:
    assert nearest(word, [name for name in NAMES if name != word]) is None


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("were", "where", 1), ("abc", "abd", 1), ("kitten", "sitting", 3)],
)
def test_mistakes_are_counted(typed: str, meant: str, count: int) -> None:
    assert mistakes(typed, meant) == count
