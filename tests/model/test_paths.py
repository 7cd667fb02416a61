"""Following and changing cells by their path."""

from __future__ import annotations

import pytest

from stk_shell.model.edit import put
from stk_shell.model.errors import RunError
from stk_shell.model.paths import follow
from stk_shell.model.stream import Stream
from stk_shell.model.values import CellPath, PathMember, Value


def path(text: str) -> CellPath:
    """A path from its plain spelling."""
    members = []
    for word in text.split("."):
        name = word.rstrip("?!")
        members.append(PathMember(int(name) if name.isdigit() else name, "?" in word, "!" in word))
    return CellPath(tuple(members))


ROWS: list[Value] = [{"a": 1, "r": {"x": 10}}, {"a": 2, "r": {"x": 20}}]


@pytest.mark.parametrize(
    ("value", "way", "cell"),
    [
        ({"a": {"b": 1}}, "a.b", 1),
        (ROWS, "a", [1, 2]),
        (ROWS, "1.a", 2),
        (ROWS, "r.x", [10, 20]),
        (ROWS, "0.r.x", 10),
        ({"a": 1}, "b?", None),
        ({"a": None}, "a?.b?", None),
        ([{"a": 1}, {"b": 2}], "a?", [1, None]),
        ({"Name": 1}, "name!", 1),
        ([10], "5?", None),
        (None, "a?", None),
        ({}, "a?.b.0.c", None),
        ([10], "5?.a", None),
        ({"a": None}, "a.b?.c", None),
        ({"A": {}}, "a!?.b?.c", None),
    ],
)
def test_a_path_leads_to_a_cell(value: Value, way: str, cell: Value) -> None:
    assert follow(value, path(way)) == cell


@pytest.mark.parametrize(
    ("rows", "way", "cell"),
    [
        ([[{"a": 1}, {"a": 2}], [{"a": 3}]], "a", [[1, 2], [3]]),
        ([[{"a": 1}], {"a": 2}], "a", [[1], 2]),
        ([[{"a": 1}], [{"b": 2}]], "a?", [[1], [None]]),
        ([{"r": [{"x": 1}]}, {"r": [{"x": 2}]}], "r.x", [[1], [2]]),
        ([[{"a": 1}], [{"a": 2}]], "a.0", [1]),
    ],
)
def test_a_path_goes_into_each_list_of_a_stream(rows: list[Value], way: str, cell: Value) -> None:
    assert follow(Stream(iter(rows)), path(way)) == cell
    with pytest.raises(RunError):
        follow(rows, path(way))


def test_a_path_goes_no_deeper_than_the_lists_of_a_stream() -> None:
    deep: list[Value] = [[[{"a": 1}]]]
    with pytest.raises(RunError):
        follow(Stream(deep), path("a"))


def test_a_row_of_a_stream_is_found_without_reading_on() -> None:
    stream = Stream(iter([1, 2, 3]))
    assert follow(stream, path("1")) == 2
    assert list(stream) == [3]


@pytest.mark.parametrize(
    ("value", "way", "code"),
    [
        ({"a": 1}, "b", "column_not_found"),
        ({"Name": 1}, "name", "column_not_found"),
        ([10], "5", "access_beyond_end"),
        ([], "0", "access_beyond_end"),
        ("abc", "0", "incompatible_path_access"),
        (5, "a", "incompatible_path_access"),
        (None, "a", "incompatible_path_access"),
        ({"a": None}, "a?.b", "incompatible_path_access"),
        ([1, 2], "a", "column_not_found"),
        ([1, 2], "a?", "column_not_found"),
        ([[{"a": 1}]], "a", "column_not_found"),
        ({"1": "one"}, "1", "type_mismatch"),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error(value: Value, way: str, code: str) -> None:
    with pytest.raises(RunError) as caught:
        follow(value, path(way))
    assert caught.value.code == f"stk::run::{code}"


@pytest.mark.parametrize(
    ("value", "way", "changed"),
    [
        ({"a": 1}, "a", {"a": 9}),
        ({"a": 1}, "b", {"a": 1, "b": 9}),
        ({}, "a.b", {"a": {"b": 9}}),
        ([1, 2], "1", [1, 9]),
        ([1, 2], "2", [1, 2, 9]),
        ([{"a": 1}, {"a": 2}], "a", [{"a": 9}, {"a": 9}]),
        ({"Name": 1}, "name!", {"Name": 9}),
        ({"Name": 1}, "other!", {"Name": 1, "other": 9}),
    ],
)
def test_a_cell_is_put_into_a_copy(value: Value, way: str, changed: Value) -> None:
    before = repr(value)
    assert put(value, path(way).members, 9) == changed
    assert repr(value) == before
