"""Which names fit what is typed, and in which order."""

from __future__ import annotations

import pytest

from stk_shell.repl.completion.matching import Candidate, Suggestion, common, fitting, places, rank

NAMES = (
    "store status",
    "event list",
    ".append event",
    "reverse",
    "every",
    "eventually",
    "Event",
    "type_name",
    "testName",
)


def best(typed: str, *names: str) -> list[str]:
    """The names that fit, in their order."""
    return [each.text for each in fitting(typed, (Candidate(Suggestion(name, 0), name) for name in names or NAMES))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", list(NAMES)),
        ("ev", ["event list", "every", "eventually", "Event", ".append event"]),
        ("EV", ["event list", "every", "eventually", "Event", ".append event"]),
        ("na", ["type_name", "testName"]),
        ("vers", ["reverse"]),
        ("evli", ["event list"]),
        ("ssta", ["store status"]),
        ("x", []),
        ("t", ["type_name", "testName"]),
        ("tst", ["testName", "event list", "store status"]),
        ("(", []),
    ],
)
def test_what_begins_so_comes_first_and_then_what_has_the_letters_one_after_another(
    typed: str, expected: list[str]
) -> None:
    assert best(typed) == expected


def test_fewer_letters_in_between_are_better() -> None:
    assert best("ab", "xa--b", "xa-b", "xa---b") == ["xa-b", "xa--b", "xa---b"]
    assert rank("ab", "xa-b") < rank("ab", "xa--b")  # type: ignore[operator]


def test_a_name_is_found_by_what_else_it_is_known_by() -> None:
    candidates = [Candidate(Suggestion("01a2", 0), "01a2", "login"), Candidate(Suggestion("01a3", 0), "01a3", "order")]
    assert [each.text for each in fitting("ord", candidates)] == ["01a3"]


def test_a_group_waits_behind_another_where_both_fit_alike() -> None:
    late, soon = Candidate(Suggestion("ab", 0), "ab", group=1), Candidate(Suggestion("ac", 0), "ac")
    assert [each.text for each in fitting("a", [late, soon])] == ["ac", "ab"]
    assert [each.text for each in fitting("ab", [late, soon])] == ["ab"]


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("ev", "event", {0, 1}),
        ("EV", "event", {0, 1}),
        ("na", "type_name", {5, 6}),
        ("elt", "event list", {0, 6, 9}),
        ("xy", "event", set()),
        ("", "event", set()),
    ],
)
def test_the_letters_that_fit_are_known(typed: str, name: str, expected: set[int]) -> None:
    assert places(typed, name) == expected


@pytest.mark.parametrize(
    ("texts", "expected"), [(["event get", "event list"], "event "), (["a"], "a"), (["a", "b"], ""), (["ab", "a"], "a")]
)
def test_what_all_begin_with_is_common(texts: list[str], expected: str) -> None:
    assert common(texts) == expected
