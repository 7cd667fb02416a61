"""The base of records with named fields."""

from __future__ import annotations

import pytest

from stk_shell.model.struct import Struct


class Point(Struct):
    """A record to try things on."""

    x: int
    y: int = 0


class Place(Point):
    """One that has more fields."""

    name: str = ""


def test_fields_are_given_by_place_or_by_name() -> None:
    assert Point(1, 2) == Point(x=1, y=2)
    assert Point(1).y == 0
    assert Place(1, 2, "here").name == "here"


def test_records_are_equal_by_value_within_a_class() -> None:
    assert Point(1) == Point(1, 0)
    assert Point(1) != Place(1)
    assert hash(Point(1, 2)) == hash(Point(1, 2))


def test_a_copy_with_changes_leaves_the_original() -> None:
    point = Point(1, 2)
    assert point.replace(y=3) == Point(1, 3)
    assert point == Point(1, 2)


def test_fields_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]


@pytest.mark.parametrize("wrong", [{"z": 1}, {}, {"x": 1, "z": 2}])
def test_wrong_fields_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Point(**wrong)
    with pytest.raises(TypeError):
        Point(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, x=1)  # type: ignore[misc]


def test_a_record_shows_its_fields() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
