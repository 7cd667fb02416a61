"""Commands that order, count and group: what their examples do not show."""

from __future__ import annotations

import pytest

from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        (
            "[true 1 a null 2.5 false 5min 1kb] | sort | to nuon",
            "[false, true, 1, 2.5, a, 1000b, 300000000000ns, null]",
        ),
        ("[[2 1] [1 9] [1] []] | sort", [[], [1], [1, 9], [2, 1]]),
        ("[{b: 1, a: 2} {a: 1, b: 3} {a: 1}] | sort", [{"a": 1}, {"a": 1, "b": 3}, {"b": 1, "a": 2}]),
        ("[null 1 null] | sort -r", [None, None, 1]),
        ("[B a b A] | sort", ["A", "B", "a", "b"]),
        ("[B a b A] | sort -i", ["a", "A", "B", "b"]),
        ("[B a b A] | sort -i -r", ["b", "B", "A", "a"]),
        ("[{a: B} {a: a}] | sort -i", [{"a": "a"}, {"a": "B"}]),
        ("[A2 a10 a1] | sort -n", ["A2", "a1", "a10"]),
        ("[A2 a10 a1] | sort -n -i", ["a1", "A2", "a10"]),
        ("[1 10 9 '10' '9' x] | sort -n", [1, 9, "9", 10, "10", "x"]),
        ("[a01 a1 a001] | sort -n", ["a1", "a01", "a001"]),
        ("[a-1 'a 1' a1] | sort -n", ["a 1", "a-1", "a1"]),
        ("[x1y2 x1y10] | sort -n -r", ["x1y10", "x1y2"]),
        ("{b: 1, a: 2} | sort -r", {"b": 1, "a": 2}),
        ("{B: 1, a: 2} | sort -i | columns", ["a", "B"]),
        ("{f10: 1, f9: 2} | sort -n | columns", ["f9", "f10"]),
        ("{a: B, b: a} | sort -v -i | columns", ["b", "a"]),
        ("{b: 1, a: 2, c: null} | sort -v -r | columns", ["c", "a", "b"]),
    ],
)
def test_items_come_in_order(pure: Shell, program: str, value: Value) -> None:
    actual = pure.value(program)
    assert actual == value
    if isinstance(value, dict) and isinstance(actual, dict):
        assert list(actual) == list(value)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[[a b]; [x 1] [y 2] [x 3]] | sort-by a | get b", [1, 3, 2]),
        ("[[a b]; [x 1] [y 2] [x 3]] | sort-by a -r | get b", [2, 3, 1]),
        ("[[n]; [null] [2] [1]] | sort-by n | get n", [1, 2, None]),
        ("[[n]; [null] [2] [1]] | sort-by n -r | get n", [None, 2, 1]),
        ("[[n]; [2] [nan] [1]] | sort-by n | get n | first 2", [1, 2]),
        ("[[n]; [a] [2] [1.5]] | sort-by n | get n", [1.5, 2, "a"]),
        ("[[n]; [1kb] [900b]] | sort-by n | get n", [900, 1000]),
        ("[[f]; [F10] [f9]] | sort-by f -n -i | get f", ["f9", "F10"]),
        ("[{r: {x: 2}} {r: {x: 1}}] | sort-by r.x | get r.x", [1, 2]),
        ("[{a: 2} {b: 1} {a: 1}] | sort-by a? | get a?", [1, 2, None]),
        ("[[x 2] [y 1]] | sort-by 1 | get 0", ["y", 1]),
        ("[aaa b cc] | sort-by { str length }", ["b", "cc", "aaa"]),
        ("[[a b]; [1 z] [1 y] [0 x]] | sort-by a {|row| $row.b } | get b", ["x", "y", "z"]),
        ("[[a b]; [1 z] [1 y] [0 x]] | sort-by -c a {|one, two| $one.b < $two.b } | get b", ["x", "y", "z"]),
        ("[7 3 5] | sort-by -c {|a, b| $a > $b } -r", [3, 5, 7]),
        ("[[a b]; [1 z] [1 y]] | sort-by -c {|one, two| $one.a < $two.a } | get b", ["z", "y"]),
        ("[] | sort-by zz", []),
    ],
)
def test_rows_come_in_the_order_of_what_is_in_them(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 1.0 '1' true 1] | uniq", [1, 1.0, "1", True]),
        ("[{a: 1, b: 2} {b: 2, a: 1}] | uniq | length", 1),
        ("[[1 2] [1 2] [2 1]] | uniq", [[1, 2], [2, 1]]),
        ("[nan nan] | uniq | length", 1),
        ("[2025-03-01T00:00:00+02:00 2025-02-28T22:00:00Z] | uniq | length", 2),
        ("[a A b B B] | uniq -i -d", ["a", "b"]),
        ("[{n: a} {n: A}] | uniq -i", [{"n": "a"}]),
        ("[a b a] | uniq -u -c", [{"value": "b", "count": 1}]),
        ("[a b a] | uniq -u -d", []),
        ("[] | uniq -c", []),
        ("[[a b]; [1 x] [1 y] [2 x]] | uniq-by a -u", [{"a": 2, "b": "x"}]),
        ("[[a b]; [1 x] [1 y] [2 x]] | uniq-by a -d", [{"a": 1, "b": "x"}]),
        ("[[a]; [x] [X]] | uniq-by a -i -c", [{"value": {"a": "x"}, "count": 2}]),
        ("[{a: 1} {b: 2} {b: 3}] | uniq-by a", [{"a": 1}, {"b": 2}]),
        ("[{r: {x: 1}, n: 1} {r: {x: 1}, n: 2}] | uniq-by r.x | get n", [1]),
        ("[] | uniq-by a", []),
    ],
)
def test_what_is_the_same_is_there_once(pure: Shell, program: str, value: Value) -> None:
    assert repr(pure.value(program)) == repr(value)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1.0 1 '1' true] | group-by | columns", ["1.0", "1", "true"]),
        ("[1 '1'] | group-by | get '1'", [1, "1"]),
        ("[[k]; [1] [true] [1.0]] | group-by k | columns", ["1", "true", "1.0"]),
        ("[[k]; [5min] [2kb] [300sec]] | group-by k | columns", ["5min", "2.0 kB"]),
        ("[[k]; [2025-03-01]] | group-by k | columns", ["2025-03-01 00:00:00 +00:00"]),
        ("[[k]; [{x: 1}] [{x: 2}] [[1]]] | group-by k | columns", ["{x: 1}", "{x: 2}", "[1]"]),
        ("[{k: a} {k: null} {}] | group-by k? | columns", ["a"]),
        ("[1 2 3] | group-by { if $in > 2 { 'big' } } | columns", ["", "big"]),
        ("[null 1] | group-by | columns", ["", "1"]),
        (
            "[[a b]; [x 1] [y 2]] | group-by a { get b }",
            {"x": {"1": [{"a": "x", "b": 1}]}, "y": {"2": [{"a": "y", "b": 2}]}},
        ),
        (
            "[[a b]; [x 1] [x 2]] | group-by a { get b } { 1 } --to-table | columns",
            ["a", "closure_0", "closure_1", "items"],
        ),
        ("[{r: {u: 1}}] | group-by r.u --to-table | columns", ["r.u", "items"]),
        ("[a] | group-by --to-table", [{"group": "a", "items": ["a"]}]),
        ("[] | group-by a", {}),
        ("[] | group-by a b --to-table", []),
        ("let columns = [a b]; [[a b]; [x 1]] | group-by ...$columns | get x | columns", ["1"]),
    ],
)
def test_rows_are_grouped(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("[[a]; [1]] | sort-by zz", "column_not_found"),
        ("[1 2] | sort-by a", "incompatible_path_access"),
        ("[1 2] | sort-by -c { 5 }", "type_mismatch"),
        ("{a: 1} | sort-by a", "input_type_mismatch"),
        ("'b a' | sort", "input_type_mismatch"),
        ("[[a]; [1]] | uniq-by zz", "column_not_found"),
        ("[[a]; [1]] | uniq-by a zz", "column_not_found"),
        ("[1 2] | uniq-by a", "only_supports_this_input_type"),
        ("[{a: 1} {b: 2}] | group-by a", "column_not_found"),
        ("[a b] | group-by x", "incompatible_path_access"),
        ("[[a]; [x]] | group-by a a --to-table", "error"),
        ("[[items]; [x]] | group-by items --to-table", "error"),
        ("[] | reduce {|row, all| $all }", "error"),
        ("{a: 1} | reduce { 1 }", "input_type_mismatch"),
    ],
)
def test_what_cannot_be_ordered_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[5] | reduce { error make {msg: no} }", 5),
        ("[1 2 3] | reduce {|n| $in + $n }", 6),
        ("[1 2] | reduce --fold null {|n, all| [$n $all] }", [2, [1, None]]),
        ("[] | reduce --fold 7 { 1 }", 7),
        ("1..4 | reduce {|n, product| $n * $product }", 24),
    ],
)
def test_rows_are_made_one(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 12 2] | find 1 2", [1, 2]),
        ("[12 '12' x12] | find 12", [12, "12", "x12"]),
        ("[true 'true!'] | find TRUE -i", [True, "true!"]),
        ("[12 3] | find --regex 1", [12]),
        ("[a.b axb] | find a.b", ["a.b"]),
        ("[{r: {x: {y: deep}}} {r: {x: [[deep]]}} {r: {}}] | find deep | length", 2),
        ("[[a b]; [x y] [y x]] | find x --columns [b]", [{"a": "y", "b": "x"}]),
        ("[[a b]; [x y] [y x]] | find x --columns [b] --invert", [{"a": "x", "b": "y"}]),
        ("[[deep]; [x]] | find deep", []),
        ("[0x[61] a] | find a", ["a"]),
        ("[a null ''] | find ''", ["a", None, ""]),
        ("[a b] | find", ["a", "b"]),
        ("'one two' | find two", "one two"),
        ("'one two' | find three", None),
        (r'"a\nb\nab" | find b', ["b", "ab"]),
        (r'"a\nb" | find b --multiline', "a\nb"),
        (r'["a\nb"] | find --regex "a.b" --dotall', ["a\nb"]),
        (r'["a\nb"] | find --regex "a.b"', []),
        (r'"a\nb" | find --regex "^B$" --multiline --ignore-case', "a\nb"),
    ],
)
def test_words_are_found(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


def test_a_search_for_words_and_a_regular_expression_is_refused(pure: Shell) -> None:
    assert pure.error("[a] | find a --regex b").code == "stk::run::incompatible_parameters"
    assert pure.error("[a] | find --regex '('").code == "stk::run::regex"


def test_the_directions_of_sql_are_no_columns_unless_there_are_such(pure: Shell) -> None:
    table = "[[a b]; [1 2] [3 4]]"
    assert pure.error(f"{table} | sort-by a b desc").instead == f"{table} | sort-by a b --reverse"
    assert pure.error(f"{table} | sort-by a ASC").instead == f"{table} | sort-by a"
    assert pure.value("[[a desc]; [1 2]] | sort-by a desc") == [{"a": 1, "desc": 2}]
    assert pure.value("[] | sort-by a desc") == []
