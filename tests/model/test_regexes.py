"""Regular expressions: what is found, in which scripts, and how long it takes."""

from __future__ import annotations

import pytest

from stk_shell.model.errors import RunError
from stk_shell.model.regexes import compiled, mended, places, regex
from stk_shell.model.span import NOWHERE


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("failed", "login failed", "failed"),
        (r"^\w+$", "Zoë_1", "Zoë_1"),
        (r"[\w-]+@\S+", "to zoë-x@é.fr", "zoë-x@é.fr"),
        (r"\W", "é-", "-"),
        (r"^\d$", "٣", "٣"),
        ("[[:alpha:]]+", "12ab", "ab"),
        ("(?i)ABC", "xabc", "abc"),
        ("foo(?=bar)", "foobar", "foo"),
        (r"(\w)\1", "abccd", "cc"),
        ("^b$", "a\nb", None),
        ("", "", ""),
    ],
)
def test_a_pattern_finds(pattern: str, text: str, found: str | None) -> None:
    match = regex(pattern, NOWHERE).search(text)
    assert (match.group(0) if match else None) == found


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("b*", "abc", [(0, 0), (1, 2), (3, 3)]),
        ("(?m)$", "a\nb", [(1, 1), (3, 3)]),
        ("(?m)^", "a\nb", [(0, 0), (2, 2)]),
        ("", "é", [(0, 0), (1, 1)]),
        ("a", "", []),
    ],
)
def test_nothing_is_found_twice_at_one_place(pattern: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert [found.span() for found in places(regex(pattern, NOWHERE), text)] == spans


def test_half_a_character_is_an_unknown_one() -> None:
    assert regex("a.b", NOWHERE).search("é a\ud800b") is not None
    assert [found.span() for found in places(regex("b+", NOWHERE), "\ud800b\udfffbb")] == [(1, 2), (3, 5)]
    with pytest.raises(RunError):
        regex("a+\ud800", NOWHERE)


def test_groups_have_names_and_numbers() -> None:
    pattern = regex(r"(?<user>\w+)-(?P<id>\d+)", NOWHERE)
    assert dict(pattern.groupindex) == {"user": 1, "id": 2}
    match = pattern.search("é ana-12")
    assert match is not None
    assert (match.group(1), match.span(2)) == ("ana", (6, 8))


@pytest.mark.parametrize("pattern", ["(a", "[z-a]", "*", "a**", "\\", "(?<=a"])
def test_what_is_no_pattern_is_an_error_with_a_reason(pattern: str) -> None:
    with pytest.raises(RunError) as caught:
        regex(pattern, NOWHERE)
    assert caught.value.labels[0].text


def test_a_pattern_that_explodes_elsewhere_takes_no_time() -> None:
    assert regex("^(a+)+$", NOWHERE).search("a" * 5_000 + "b") is None


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("^a(", r"^a\("),
        ("a)$", r"a\)$"),
        ("x(y)(", r"x(y)\("),
        ("a[b", r"a\[b"),
        ("*.log", r"\*.log"),
        ("a|*b", r"a|\*b"),
        ("c++", r"c+\+"),
        ("a\\", r"a\\"),
        ("[z-a]", r"\[z\-a\]"),
    ],
)
def test_only_the_signs_at_fault_are_escaped(pattern: str, meant: str) -> None:
    assert mended(pattern) == meant
    compiled(meant)
