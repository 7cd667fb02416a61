"""The commands of chance: what they may give, and what is refused."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.fixtures.shells import Shell


def test_a_version_7_sorts_by_time(pure: Shell) -> None:
    made = pure.value("1..50 | each { random uuid -v 7 }")
    assert isinstance(made, list)
    assert made == sorted(map(str, made))
    assert {uuid.UUID(str(each)).version for each in made} == {7}


def test_a_version_4_is_another_each_time(pure: Shell) -> None:
    made = pure.value("1..50 | each { random uuid }")
    assert isinstance(made, list)
    assert len(set(map(str, made))) == 50
    assert {uuid.UUID(str(each)).version for each in made} == {4}


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("random uuid -v 5 -n DNS -s example.com", "cfbff0d1-9375-5685-968c-48ce8b15ae17"),
        (
            "random uuid -v 5 -n 6ba7b810-9dad-11d1-80b4-00c04fd430c8 -s example.com",
            "cfbff0d1-9375-5685-968c-48ce8b15ae17",
        ),
        ("random uuid -v 3 -n dns -s example.com", "9073926b-929f-31c2-abc9-fad77ae3e8eb"),
        ("random uuid -v 1 -m 00:11:22:33:44:55 | str substring 24..", "001122334455"),
        ("random int (-5)..<(-4)", -5),
        ("random float 1..1", 1.0),
        ("random bool -b 0", False),
        ("random chars -l 0", ""),
    ],
)
def test_what_is_no_chance(pure: Shell, program: str, value: object) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("random uuid -v 2", "incorrect_value"),
        ("random uuid -v 1", "missing_parameter"),
        ("random uuid -v 1 -m 0011", "incorrect_value"),
        ("random uuid -v 5 -n dns", "missing_parameter"),
        ("random uuid -v 5 -n nowhere -s a", "incorrect_value"),
        ("random uuid -s a", "incompatible_parameters"),
        ("random int 5..1", "invalid_range"),
        ("random int 1..<1", "invalid_range"),
        ("random int 1.5..2", "unsupported_input"),
        ("random float 2..1", "invalid_range"),
        ("random float 1..<1", "invalid_range"),
        ("random bool -b 1.5", "invalid_probability"),
        ("random bool -b (0.0 / 1.0 * nan)", "invalid_probability"),
        ("random chars -l -1", "needs_positive_value"),
        ("random chars -l 1tb", "incorrect_value"),
    ],
)
def test_what_cannot_be_chosen_is_an_error_of_its_own(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_all_that_may_come_comes(pure: Shell) -> None:
    made = pure.value("1..200 | each { random int 1..3 }")
    assert isinstance(made, list)
    assert set(map(str, made)) == {"1", "2", "3"}
    assert pure.value("1..200 | each { random bool } | where $it | length") in range(50, 151)


def test_texts_are_of_letters_and_digits(pure: Shell) -> None:
    assert re.fullmatch("[A-Za-z0-9]{25}", str(pure.value("random chars")))
    assert re.fullmatch("[A-Za-z0-9]{1000}", str(pure.value("random chars -l 1kb")))


def test_a_float_may_lie_anywhere_between_the_largest(pure: Shell) -> None:
    found = pure.value("random float (-1e308)..1e308")
    assert isinstance(found, float)
    assert -1e308 <= found <= 1e308
