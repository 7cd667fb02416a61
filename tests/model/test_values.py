"""Values, their types, and how they are written."""

from __future__ import annotations

import datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.model.literals import date, duration, filesize, floating, integer, number_like
from stk_shell.model.text import duration as duration_text
from stk_shell.model.text import filesize as filesize_text
from stk_shell.model.text import number, plain, timestamp
from stk_shell.model.types import describe
from stk_shell.model.values import CellPath, Duration, Filesize, PathMember, Range, Value

INT64 = st.integers(-(2**63), 2**63 - 1)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (Range(1, None, 3), [1, 2, 3]),
        (Range(1, None, 3, inclusive=False), [1, 2]),
        (Range(2, None, -1), [2, 1, 0, -1]),
        (Range(0, 2, 7), [0, 2, 4, 6]),
        (Range(10, 8, 0), [10, 8, 6, 4, 2, 0]),
        (Range(3, None, 3, inclusive=False), []),
        (Range(1.0, 1.5, 2.0), [1.0, 1.5, 2.0]),
        (Range(1, None, 5, inclusive=True), [1, 2, 3, 4, 5]),
    ],
)
def test_a_range_gives_its_numbers(value: Range, items: list[float]) -> None:
    assert list(value) == items
    assert all(item in value for item in items)


def test_a_range_without_an_end_goes_on() -> None:
    assert list(islice(Range(1, None, None), 3)) == [1, 2, 3]


@pytest.mark.parametrize("outside", [0, 6, 2.5, True, Duration(2), "2", None])
def test_what_is_not_in_a_range(outside: object) -> None:
    assert outside not in Range(1, None, 5)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ([], "list<any>"),
        ([1, 2.0], "list<number>"),
        ([1, "a"], "list<any>"),
        ([[1], [2, 3]], "list<list<int>>"),
        ([{"a": 1}, {"a": 2}], "table<a: int>"),
        ([{"a": 1}, {"b": 2}], "list<any>"),
        ({}, "record"),
        ({"a": {"b": [1]}}, "record<a: record<b: list<int>>>"),
        (Duration(1), "duration"),
        (None, "nothing"),
    ],
)
def test_describe_names_the_type(value: Value, name: str) -> None:
    assert describe(value) == name


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1_000", 1000),
        ("007", 7),
        ("-0", 0),
        ("0xff", 255),
        ("0b1010", 10),
        ("0o17", 15),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", 9.223372036854775807e18),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.5hr", Duration(5_400_000_000_000)),
        ("-30min", Duration(-1_800_000_000_000)),
        ("1KiB", Filesize(1024)),
        ("1.5kb", Filesize(1500)),
        ("1.5e3kb", Filesize(1_500_000)),
        ("1e-3sec", Duration(1_000_000)),
        ("9" * 5000, float("inf")),
    ],
)
def test_a_word_is_a_number_by_its_look(word: str, value: Value) -> None:
    found = number_like(word)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    "word",
    [
        "9" * 5000 + "kb",
        "9" * 5000 + "min",
        ".5day",
        "+5min",
        "+5kb",
        "1month",
        "2yr",
        "0X1F",
        "2f3",
        "e5",
        "1e",
        "-",
        "1.5.3",
        "2025-02-30",
        "2025-3-1",
        "2025-01-01T10:00",
        "x1",
    ],
)
def test_a_word_is_no_number(word: str) -> None:
    assert number_like(word) is None


@given(INT64)
def test_an_integer_comes_back(value: int) -> None:
    assert integer(str(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back(value: float) -> None:
    assert floating(number(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e25, "10000000000000000905969664.0"), (-1e16, "-10000000000000000.0"), (1e-10, "0.0000000001"), (5e-324, None)],
)
def test_a_float_is_written_without_an_exponent(value: float, text: str | None) -> None:
    assert number(value) == (text or f"0.{'0' * 323}5")


@given(INT64)
def test_a_duration_comes_back_unit_by_unit(value: int) -> None:
    text = duration_text(value)
    parts = [duration(part) for part in text.removeprefix("-").split()]
    total = sum(part for part in parts if part is not None)
    assert (-total if text.startswith("-") else total) == value


@given(st.datetimes(timezones=st.just(datetime.UTC)))
def test_a_date_is_written_so_that_it_can_be_read(value: datetime.datetime) -> None:
    day, time, zone = timestamp(value).split(" ")
    assert date(f"{day}T{time}{zone}") == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Duration(0), "0sec"),
        (Duration(93_784_000_000_000), "1day 2hr 3min 4sec"),
        (Duration(-90_000_000_000), "-1min 30sec"),
        (Filesize(1500), "1.5 kB"),
        (Filesize(999), "999 B"),
        (Filesize(1_048_576), "1.0 MB"),
        (1e20, "100000000000000000000.0"),
        (1e-7, "0.0000001"),
        ({"a": None, "b": [1, "x"]}, "{a: , b: [1, x]}"),
        (True, "true"),
        (Range(0, 2, 10, inclusive=False), "0..2..<10"),
    ],
)
def test_a_value_as_text(value: Value, text: str) -> None:
    assert plain(value) == text


def test_sizes_are_read_in_any_case() -> None:
    assert filesize("2MB") == filesize("2mb") == Filesize(2_000_000)
    assert filesize_text(0) == "0 B"


def test_a_cell_path_is_written_as_it_is_typed() -> None:
    path = CellPath((PathMember("record_json"), PathMember("a b", optional=True), PathMember(0)))
    assert str(path) == 'record_json."a b"?.0'
