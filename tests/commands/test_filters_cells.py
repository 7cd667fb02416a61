"""Commands that fill, change and add cells: what their examples do not show."""

from __future__ import annotations

import pytest

from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("{a: 1} | update a? 2", {"a": 2}),
        ("{A: 1} | update a! 2", {"A": 2}),
        ("{a: 1} | update a null", {"a": None}),
        ("{a: 1} | update a {|row| $row }", {"a": {"a": 1}}),
        ("{a: 1, b: 2} | update a {|row| $in + $row.b }", {"a": 3, "b": 2}),
        ("{r: {x: 1}} | update r.x {|row| [$row $in] }", {"r": {"x": [{"r": {"x": 1}}, 1]}}),
        ("{r: [{x: 1} {x: 2}]} | update r.x 9", {"r": [{"x": 9}, {"x": 9}]}),
        ("{r: [{x: 1} {x: 2}]} | update r.1.x { $in * 10 }", {"r": [{"x": 1}, {"x": 20}]}),
        ("[1 2 3] | update 1 {|n| $n * 10 }", [1, 20, 3]),
        ("[[a]; [1] [2]] | update 0.a {|a| [$a $in] }", [{"a": [1, 1]}, {"a": 2}]),
        ("[[a]; [1] [2]] | update 0 {|row| $row.a }", [1, {"a": 2}]),
        ("[] | update a 1", []),
        ("let change = {|row| $row.a * 2 }; [[a]; [1]] | update a $change", [{"a": 2}]),
        ("[[a b]; [1 2] [3 4]] | update cells {|cell| $cell + $in }", [{"a": 2, "b": 4}, {"a": 6, "b": 8}]),
        ("[[a b]; [1 2]] | update cells -c [z] { 0 }", [{"a": 1, "b": 2}]),
    ],
)
def test_what_is_there_is_changed(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("{a: 1} | insert b {|row| [$row $in] }", {"a": 1, "b": [{"a": 1}, {"a": 1}]}),
        ("{a: 1} | insert b.c.d 2", {"a": 1, "b": {"c": {"d": 2}}}),
        ("{} | insert a.0.b 1", {"a": [{"b": 1}]}),
        ("{a: [1 2]} | insert a.1 9", {"a": [1, 9, 2]}),
        ("{a: [{x: 1}]} | insert a.1.x 2", {"a": [{"x": 1}, {"x": 2}]}),
        ("[1 2] | insert 2 9", [1, 2, 9]),
        ("[1 2] | insert 2 { $in }", [1, 2, None]),
        ("[1 2] | insert 0 {|n| $n * 10 }", [10, 1, 2]),
        ("[] | insert 0 1", [1]),
        ("[[a]; [1] [2]] | insert 1.b 9", [{"a": 1}, {"a": 2, "b": 9}]),
        ("[[A]; [1]] | insert a 2", [{"A": 1, "a": 2}]),
        ("[[a]; [1]] | insert b null", [{"a": 1, "b": None}]),
    ],
)
def test_what_is_missing_is_added(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[{a: 1} {b: 2}] | upsert a { [$in] }", [{"a": [1]}, {"b": 2, "a": [None]}]),
        ("{A: 1} | upsert a! 2", {"A": 2}),
        ("{a: 1} | upsert b {|row| $row.a + 1 }", {"a": 1, "b": 2}),
        ("{a: [1 2]} | upsert a.2 3", {"a": [1, 2, 3]}),
        ("[1 2] | upsert 0 { $in + 5 }", [6, 2]),
        ("[1 2] | upsert 2 {|old| $old }", [1, 2, None]),
        ("[] | upsert 0.a 1", [{"a": 1}]),
        ("[[a]; [1] [2]] | upsert 2.b 5", [{"a": 1}, {"a": 2}, {"b": 5}]),
    ],
)
def test_what_may_be_there_is_changed_or_added(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("{a: 1} | update b? 5", "column_not_found"),
        ("{a: 1} | update b { 5 }", "column_not_found"),
        ("[{a: 1} {b: 2}] | update a 5", "column_not_found"),
        ("[{a: 1} 5] | update a 5", "column_not_found"),
        ("{a: null} | update a.x 5", "column_not_found"),
        ("[1 2] | update 5? 9", "access_beyond_end"),
        ("[] | update 0 9", "access_beyond_end"),
        ("[[a]; [1]] | update a.0 9", "not_a_list"),
        ("[[a]; [x]] | update a { $in + 1 }", "operator_incompatible_types"),
        ("{a: 1} | insert a 2", "column_already_exists"),
        ("[{a: 1} {b: 2}] | insert b 3", "column_already_exists"),
        ("{a: {x: 1}} | insert a.x 2", "column_already_exists"),
        ("{a: 5} | insert a.x 2", "unsupported_input"),
        ("[1 2] | insert a 2", "unsupported_input"),
        ("[1 2] | insert 3 9", "access_beyond_end"),
        ("{} | insert a.1 9", "access_beyond_end"),
        ("{a: 5} | upsert a.x 1", "column_not_found"),
        ("{a: null} | upsert a.x 1", "column_not_found"),
        ("[1 2] | upsert 4 9", "access_beyond_end"),
        ("null | insert a 1", "input_type_mismatch"),
        ("'x' | upsert a 1", "input_type_mismatch"),
        ("[1 2] | each { $in } | update cells { $in }", "only_supports_this_input_type"),
        ("5 | default 0 a", "pipeline_mismatch"),
        ("null | default 0 a", "pipeline_mismatch"),
    ],
)
def test_what_cannot_be_changed_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_rows_before_the_one_that_fails_are_there(pure: Shell) -> None:
    rows: list[Value] = [{"n": number} for number in range(500)]
    rows.append({"m": 1})
    for stage in ("update n 0", "update n { $in + 1 }", "reject n", "select n"):
        assert pure.value(f"{stage} | first 500 | length", rows) == 500
        assert pure.error(stage, rows).code == "stk::run::column_not_found"


def test_the_value_itself_stays_as_it_is(pure: Shell) -> None:
    rows: list[Value] = [{"n": number, "r": {"x": 1}} for number in range(300)]
    before = repr(rows)
    for stage in ("update n 9", "update r.x 9", "insert m 1", "upsert r.y 1", "reject n", "reject r.x", "default 1 m"):
        pure.value(stage, rows)
        pure.value(stage, rows[0])
    assert repr(rows) == before


def test_a_closure_with_effects_runs_once_for_each_row(pure: Shell) -> None:
    program = "mut seen = []; for row in ($in | update n { print $in; $in + 1 }) { $seen ++= [$row.n] }; $seen"
    assert pure.value(program, [{"n": 1}, {"n": 2}]) == [2, 3]
    assert pure.output.shown == [1, 2]


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("0 | default 9", 0),
        ("[] | default 9", []),
        ("[] | default --empty 9", 9),
        ("{} | default -e 9", 9),
        ("0x[] | default -e 9", 9),
        ("[] | each { $in } | default -e 9", 9),
        ("[1] | each { $in } | default -e 9", [1]),
        ("[null 1] | default 9", [None, 1]),
        ("[{a: 1} 5 null] | default 0 b", [{"a": 1, "b": 0}, 5, None]),
        ("{a: null} | default 5 a b", {"a": 5, "b": 5}),
        ("[{a: ''}] | default -e 5 a", [{"a": 5}]),
        ("1 | default { error make {msg: no} }", 1),
        ("null | default null", None),
    ],
)
def test_nothing_is_replaced(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


def test_a_default_is_calculated_once(pure: Shell) -> None:
    assert pure.value("[{} {} {}] | default { print x; 7 } a | get a") == [7, 7, 7]
    assert pure.output.shown == ["x"]


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 null '' [] {} 0 false] | compact", [1, "", [], {}, 0, False]),
        ("[1 null '' [] {} 0 false 0x[] ' '] | compact --empty", [1, 0, False, " "]),
        ("[{a: 1} {a: null} {b: 1}] | compact a", [{"a": 1}]),
        ("[{a: 1, b: 2} {a: 1}] | compact a b", [{"a": 1, "b": 2}]),
        ("[{a: ''} {a: 1}] | compact a -e", [{"a": 1}]),
        ("[{a: null} 5] | compact a", [5]),
        ("{a: null, b: ''} | compact -e", {}),
        ("{a: null, b: null} | is-empty a b", True),
        ("{a: null, b: ''} | is-empty a b", False),
        ("[[a]; [null] [1]] | is-not-empty a", True),
        ("[] | is-empty a", True),
        ("[] | each { $in } | is-empty", True),
        ("0..<0 | is-empty", False),
        ("0 | is-empty", False),
        ("{} | is-not-empty", False),
    ],
)
def test_emptiness_is_told_from_nought(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


def test_what_fills_rows_goes_on_with_the_note_of_a_source_that_was_cut(pure: Shell) -> None:
    for stage in ("update a 1", "upsert b 1", "insert c 1", "update cells { 1 }", "default 0 d"):
        pure.run(stage, Stream([{"a": 1}], lambda: "there are more"))
        assert pure.output.notes == ["there are more"], stage
        pure.output.notes.clear()
