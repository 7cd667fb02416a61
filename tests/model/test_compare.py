"""Equality and order of values."""

from __future__ import annotations

import datetime

import pytest

from stk_shell.model.compare import equal, sort_key
from stk_shell.model.values import Duration, Filesize, Range, Value

DATE = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
SAME_MOMENT = DATE.astimezone(datetime.timezone(datetime.timedelta(hours=2)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, 1.0),
        ([1, 2], [1.0, 2]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (Duration(5), Duration(5)),
        (DATE, SAME_MOMENT),
        (Range(1, None, 3), Range(1, None, 3)),
        (None, None),
    ],
)
def test_these_are_equal(left: Value, right: Value) -> None:
    assert equal(left, right)
    assert equal(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (0, False),
        (1, Duration(1)),
        (Duration(1), Filesize(1)),
        (1, "1"),
        (None, False),
        ([1], [1, 2]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([True], [1]),
        ("a", "A"),
    ],
)
def test_these_are_not_equal(left: Value, right: Value) -> None:
    assert not equal(left, right)
    assert not equal(right, left)


def test_values_of_different_types_have_the_order_of_nushell() -> None:
    scalars: list[Value] = [True, 1, 2.5, "a", Filesize(1000), Duration(1), DATE, Range(1, None, 3)]
    ordered: list[Value] = [*scalars, {"a": 1}, [1], b"\xff", None]
    mixed = ordered[5:] + ordered[:5]
    assert sorted(mixed, key=sort_key) == ordered


def test_null_comes_last_and_what_is_no_number_behind_the_numbers() -> None:
    values: list[Value] = [None, float("nan"), 3, 1]
    assert [repr(value) for value in sorted(values, key=sort_key)] == ["1", "3", "nan", "None"]


def test_a_shorter_list_comes_before_a_longer_one_that_begins_alike() -> None:
    assert sort_key([1]) < sort_key([1, 2]) < sort_key([2])
