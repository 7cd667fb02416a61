"""A table that one moves about in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from stk_shell.repl.grid import AHEAD, MOST, Grid

TABLE: list[Value] = [
    {"name": "note", "n": 2, "record_json": {"text": "hello", "list": [1, 2]}},
    {"name": "login", "n": None, "record_json": {"text": "Failed"}},
    {"name": "backup", "n": 1, "record_json": {}, "late": True},
]


def test_it_has_the_columns_of_all_rows() -> None:
    assert Grid(TABLE, "t").names == ["name", "n", "record_json", "late"]


def test_the_cursor_stays_inside() -> None:
    grid = Grid(TABLE, "t")
    grid.move(-1, -1)
    assert (grid.row, grid.column) == (0, 0)
    grid.move(99, 99)
    assert (grid.row, grid.column) == (2, 3)
    assert grid.current is True
    assert grid.current_row == TABLE[2]


def test_rows_are_pulled_as_one_gets_to_them() -> None:
    pulled: list[int] = []

    def rows() -> Iterator[Value]:
        for number in range(10_000):
            pulled.append(number)
            yield {"n": number}

    grid = Grid(Stream(rows()), "t")
    grid.page(20)
    assert len(pulled) == AHEAD
    grid.move(AHEAD + 50)
    assert (grid.current, len(pulled)) == (AHEAD + 50, AHEAD + 51)
    grid.go_to(-1)
    assert (grid.current, grid.rows.complete) == (9_999, True)


def test_a_table_without_end_is_looked_at_to_a_bound() -> None:
    grid = Grid(Stream({"n": number} for number in itertools.count()), "t")
    grid.go_to(-1)
    assert grid.current == MOST - 1


def test_it_is_sorted_both_ways_and_then_not_at_all() -> None:
    grid = Grid(TABLE, "t")
    grid.move(0, 1)
    orders = []
    for _ in range(3):
        grid.sort()
        orders.append([number for number, _ in grid.page(3)])
    assert orders == [[2, 0, 1], [1, 0, 2], [0, 1, 2]]


def test_a_search_goes_round_in_both_directions_and_looks_into_what_is_nested() -> None:
    grid = Grid(TABLE, "t")
    assert grid.find("FAILED", 1)
    assert (grid.row, grid.column) == (1, 2)
    assert grid.find("o", -1)
    assert (grid.row, grid.column) == (1, 0)
    assert not grid.find("nowhere", 1)
    grid.column = 0
    assert grid.find("note", 1)
    assert (grid.row, grid.column) == (0, 0)


def test_what_is_nested_is_opened() -> None:
    grid = Grid(TABLE, "t")
    grid.move(0, 2)
    record = grid.opened()
    assert record is not None
    assert record.title == "t › 0.record_json"
    assert record.names == ["name", "value"]
    record.move(1, 1)
    numbers = record.opened()
    assert numbers is not None
    assert numbers.title == "t › 0.record_json › list"
    assert [row for _, row in numbers.page(9)] == [1, 2]
    assert numbers.opened() is None


def test_nothing_and_single_values_can_be_looked_at() -> None:
    values: list[Value] = [None, [], {}, 7, "one\ntwo", 1.5]
    for value in values:
        grid = Grid(value, "t")
        grid.move(1, 1)
        grid.sort()
        grid.find("x", 1)
        grid.page(5)
        assert grid.opened() is None or isinstance(value, str)
    assert [row for _, row in Grid("one\ntwo", "t").page(5)] == ["one", "two"]
