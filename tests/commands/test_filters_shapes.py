"""Commands that change the shape of tables and lists: what their examples do not show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stk_shell.model.stream import Stream
from stk_shell.model.values import Value
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.programs import RunStk
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    "stage",
    [
        "enumerate",
        "zip 1..",
        "zip { 1.. }",
        "wrap n",
        "chunks 2",
        "window 2",
        "window 3 --stride 5",
        "split list { $in mod 3 == 0 }",
        "chunk-by { $in // 3 }",
        "every 3",
        "every 3 --skip",
        "flatten",
        "tee { each { $in } }",
        "tee { first }",
        "par-each { $in }",
        "debug",
        "wrap n | rename m",
        "wrap n | move n --last",
        "wrap n | merge [[m]; [1]]",
        "wrap n | merge deep [[m]; [1]]",
        "each { [$in] } | flatten",
    ],
)
def test_rows_come_before_the_source_has_ended(pure: Shell, stage: str) -> None:
    assert isinstance(pure.value(f"1.. | {stage} | first 2"), list)


@pytest.mark.parametrize(
    "stage",
    [
        "enumerate",
        "zip 1..",
        "wrap n",
        "chunks 1",
        "window 1",
        "every 1",
        "flatten",
        "tee { each { $in } }",
        "wrap n | rename m",
        "wrap n | move n --last",
        "wrap n | merge [[m]; [1]]",
        "wrap n | flatten",
    ],
)
def test_no_row_is_pulled_that_nobody_wants(pure: Shell, stage: str) -> None:
    pulled: list[Value] = []

    def source() -> Iterator[Value]:
        for number in range(100):
            pulled.append(number)
            yield number

    pure.value(f"{stage} | first 2", Stream(source()))
    assert pulled == [0, 1]


def test_a_row_that_fails_does_not_take_those_before_it_along(pure: Shell) -> None:
    rows = "((1..20 | each {|n| {a: $n}}) | append 5 | append {a: 6})"
    assert pure.value(f"{rows} | rename b | first 2") == [{"b": 1}, {"b": 2}]
    assert pure.value(f"{rows} | move a --last | first 2") == [{"a": 1}, {"a": 2}]
    assert pure.value("[{a: 1} {a: [1], b: [2]}] | flatten | first 1") == [{"a": 1}]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("{a: 1} | merge [[b]; [1]]", "only_supports_this_input_type"),
        ("[[a]; [1]] | merge {b: 1}", "only_supports_this_input_type"),
        ("[{a: 1} 5] | each { $in } | merge [[b]; [1] [2]]", "only_supports_this_input_type"),
        ("[[a]; [1]] | merge deep [3] --strategy append", "only_supports_this_input_type"),
        ("{a: 1} | merge deep {a: 1} --strategy middle", "incorrect_value"),
        ("[[a]; [1]] | rename --column {b: c}", "column_not_found"),
        ("[[a]; [1]] | rename --column {}", "type_mismatch"),
        ("[[a]; [1]] | rename --column {a: 5}", "type_mismatch"),
        ("[[a]; [1]] | rename --block { 5 }", "type_mismatch"),
        ("[1 {a: 1}] | each { $in } | rename b", "only_supports_this_input_type"),
        ("{a: 1} | move a", "incompatible_parameters"),
        ("{a: 1, b: 2} | move a --first --last", "incompatible_parameters"),
        ("{a: 1, b: 2} | move a --after a", "incompatible_parameters"),
        ("{a: 1, b: 2} | move a --after c", "column_not_found"),
        ("{a: 1, b: 2} | move c --first", "column_not_found"),
        ("{a: [1], b: [2]} | flatten", "unsupported_input"),
        ("{a: [1], b: [2]} | flatten a b", "unsupported_input"),
        ("[[a b]; [1 2]] | transpose x --header-row", "incompatible_parameters"),
        ("[[a b]; [1 2]] | transpose --keep-all", "incompatible_parameters"),
        ("[[a b]; [1 2]] | transpose --keep-last", "incompatible_parameters"),
        ("[[a b]; [1 2]] | transpose -r -l -a", "incompatible_parameters"),
        ("[{a: x, b: 1} {b: 2}] | transpose -r", "column_not_found"),
        ("[{}] | transpose -r", "column_not_found"),
        ("[{a: null, b: 1}] | transpose -r", "unsupported_input"),
        ("[{a: [x], b: 1}] | transpose -r", "unsupported_input"),
        ("[1 2] | chunks 0", "incorrect_value"),
        ("[1 2] | chunks (-1)", "needs_positive_value"),
        ("[1 2] | window 0", "incorrect_value"),
        ("[1 2] | window 1 --stride 0", "incorrect_value"),
        ("[1 2] | every (-1)", "needs_positive_value"),
        ("[1 2] | par-each --threads (-1) { $in }", "needs_positive_value"),
        ("[a] | split list --regex '['", "regex"),
        ("[a] | split list --split beside a", "invalid_value"),
        ("[[a]; [1]] | histogram b", "column_not_found"),
        ("[] | histogram b", "column_not_found"),
        ("[[a]; [1]] | histogram a count", "type_mismatch"),
        ("[1] | histogram --percentage-type total", "type_mismatch"),
        ("[1 null] | histogram", "only_supports_this_input_type"),
        ("[{a: 1}] | histogram", "only_supports_this_input_type"),
        ("[[a]; [1]] | join [[a]; [1]] a --left --right", "unsupported_input"),
        ("[1] | each { $in } | join [[a]; [1]] a", "only_supports_this_input_type"),
        ("[] | rotate", "unsupported_input"),
        ("[{a: 1} 5] | rotate", "only_supports_this_input_type"),
        ("[1] | tee { error make {msg: x} }", "error"),
        ("1.. | tee { each { error make {msg: x} } } | first", "error"),
        ("1.. | tee {|x| $x } | first", "missing_parameter"),
    ],
)
def test_what_cannot_be_done_is_an_error_at_its_place(pure: Shell, program: str, code: str) -> None:
    error = pure.error(program)
    assert error.code == f"stk::run::{code}"
    assert error.labels


def test_a_missing_column_comes_with_the_nearest_name(pure: Shell) -> None:
    assert pure.error("[[name n]; [note 1]] | move nam --last").labels[0].text == "did you mean `name`?"
    assert pure.error("[[name n]; [note 1]] | rename -c {nam: x}").labels[0].text == "did you mean `name`?"


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[{a: 1, b: 2} {b: 3, a: 4}] | rename x", [{"x": 1, "b": 2}, {"x": 3, "a": 4}]),
        ("{a: 1} | rename x y z", {"x": 1}),
        ("{a: 1, b: 2} | rename --column {a: b, b: a}", {"b": 1, "a": 2}),
        ("{a: 1, b: 2, c: 3, d: 4} | move d b --after a", {"a": 1, "d": 4, "b": 2, "c": 3}),
        ("{a: 1, b: 2} | move b --before a", {"b": 2, "a": 1}),
        ("{b: 2, a: {b: 1}} | flatten", [{"b": 2, "a_b": 1}]),
        ("{a: {p: 1, q: 2}, d: [1 2]} | flatten", [{"p": 1, "d": 1, "q": 2}, {"p": 1, "d": 2, "q": 2}]),
        ("[{a: {}, d: [1]}] | flatten", [{"d": 1}]),
        ("[{a: [], b: 1} {a: [2], b: 3}] | flatten", [{"a": 2, "b": 3}]),
        ("[{a: 1, b: {c: {d: 2}}}] | flatten", [{"a": 1, "c": {"d": 2}}]),
        ("{a: [{x: 1} 5], b: 2} | flatten --all", [{"a": {"x": 1}, "b": 2}, {"a": 5, "b": 2}]),
        ("{a: [1 2], c: [3 4]} | flatten a", [{"a": 1, "c": [3, 4]}, {"a": 2, "c": [3, 4]}]),
        (
            "[{a: 1} {b: 2}] | transpose",
            [
                {"column0": "a", "column1": 1, "column2": None},
                {"column0": "b", "column1": None, "column2": 2},
            ],
        ),
        ("[[k v]; [a 1] [b 2] [a 3] [a 4]] | transpose -r -d -l", {"a": 4, "b": 2}),
        ("[[k v]; [a 1] [b 2] [a 3] [a 4]] | transpose -r -d -a", {"a": [1, 3, 4], "b": 2}),
        ("[[k v]; [1.5 1] [true 2]] | transpose -r -d", {"1.5": 1, "true": 2}),
        ("[[a b]; [1 2]] | transpose -i x", [{"x": 1}, {"x": 2}]),
        ("[1 2 3] | window 4 --remainder", [[1, 2, 3], [2, 3], [3]]),
        ("[1 2 3 4 5] | window 3 --stride 2 --remainder", [[1, 2, 3], [3, 4, 5], [5]]),
        ("[1 2 3 4 5 6 7] | window 2 --stride 3 --remainder", [[1, 2], [4, 5], [7]]),
        ("0x[01 02 03] | chunks 2", [b"\x01\x02", b"\x03"]),
        ("[] | split list 1", [[]]),
        ("[0 0 1] | split list 0 --split before", [[], [0], [0, 1]]),
        ("[1 0 2 0] | split list 0 --split after", [[1, 0], [2, 0], []]),
        ("[1 2.0 3] | split list 2", [[1], [3]]),
        ("[a [x] c] | split list --regex x", [["a", ["x"], "c"]]),
        ("[1 2] | every 0", [1, 2]),
        ("[1 2] | zip 5", [[1, 5]]),
        ("[1 2] | zip null", []),
        ("{a: null} | items {|k, v| $v }", [None]),
        ("null | enumerate", []),
        ("null | wrap n", {"n": None}),
        ("1..3 | collect {|r| $r | describe }", "range"),
        ("[c b a] | histogram | get value", ["a", "b", "c"]),
        ('[1 "1" true 1.0] | histogram | get value', [True, 1, 1.0, "1"]),
        ("[{a: x} {b: y} 5 {a: null}] | histogram a | get quantile", [1.0]),
        ("[a b a] | histogram -t relative | get percentage", ["100.00%", "50.00%"]),
        ("[[a]; [x]] | histogram a stars | columns", ["a", "count", "quantile", "percentage", "stars"]),
        ("[[a]; [[1]] [1]] | histogram a | get count", [1]),
        ("5 | par-each { $in + 1 }", 6),
        ("[1 1.0 null null 2] | chunk-by { $in }", [[1, 1.0], [None, None], [2]]),
        ("[] | chunk-by { $in }", []),
        ("[1 2 3] | rotate", [{"column0": 3, "column1": 2, "column2": 1}]),
        ("[1 2] | rotate --ccw x", [{"x": 1, "column1": 2}]),
        ("{} | rotate", []),
        ("[[name n]; [note 1]] | rotate", [{"column0": "note", "column1": "name"}, {"column0": 1, "column1": "n"}]),
    ],
)
def test_gives(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


LEFT, RIGHT = "[[a n]; [1 p] [2 q] [1 r]]", "[[a n]; [2 x] [3 y]]"


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("", [{"a": 2, "n": "q", "n_": "x"}]),
        ("--right", [{"a": 2, "n": "q", "n_": "x"}, {"a": 3, "n": None, "n_": "y"}]),
        (
            "--left",
            [{"a": 1, "n": "p", "n_": None}, {"a": 2, "n": "q", "n_": "x"}, {"a": 1, "n": "r", "n_": None}],
        ),
        (
            "--outer",
            [
                {"a": 1, "n": "p", "n_": None},
                {"a": 2, "n": "q", "n_": "x"},
                {"a": 1, "n": "r", "n_": None},
                {"a": 3, "n": None, "n_": "y"},
            ],
        ),
    ],
)
def test_kinds_of_joins(pure: Shell, kind: str, rows: Value) -> None:
    assert pure.value(f"{LEFT} | join {RIGHT} a {kind}") == rows


def test_joins_with_what_lacks_the_column(pure: Shell) -> None:
    assert pure.value(f"{LEFT} | join {RIGHT} nosuch --outer") == []
    assert pure.value("[{a: 1} {b: 2}] | join [[a c]; [1 x]] a --left") == [
        {"a": 1, "c": "x"},
        {"b": 2, "a": None, "c": None},
    ]
    assert pure.value("[[a]; [1]] | join [[b]; ['1']] a b") == [{"a": 1, "b": "1"}]


def test_a_closure_on_the_side_sees_each_row_before_the_next_stage_does(pure: Shell) -> None:
    rows = Stream(iter([1, 2]))
    assert pure.run("tee { each {|n| print $'side ($n)' } } | each {|n| print $n } | ignore", rows) == [
        *("side 1", 1, "side 2", 2)
    ]


def test_a_closure_on_the_side_may_stop_before_the_end(pure: Shell) -> None:
    assert pure.value("1..10 | each { $in } | tee { first 2 } | length") == 10


def test_what_a_closure_on_the_side_does_at_the_end_is_done(pure: Shell) -> None:
    assert pure.run("let n = (1..10 | each { $in } | tee { length | print } | length); $n") == [10, 10]


def test_a_failure_on_the_side_is_told_also_where_nobody_wants_more_rows(pure: Shell) -> None:
    pure.run("1.. | tee { length; error make {msg: 'no luck'} } | first 3")
    assert pure.output.notes == ["the closure of `tee` failed: no luck"]


def test_rows_on_the_side_are_recorded(shell: Shell) -> None:
    shell.run('1..3 | each {|n| {n: $n} } | tee { .append event "seen" } | ignore')
    assert shell.value("event list | get record_json.n") == [3, 2, 1]


def test_the_store_can_be_opened_on_the_side(stk: RunStk, database: TestDatabase) -> None:
    program = '1..3 | each {|n| {n: $n} } | tee { .append event "seen" } | length'
    assert stk("--dsn", database.dsn(), "-c", program).stdout == "3\n"
    assert stk("--dsn", database.dsn(), "-c", "event list | length").stdout == "3\n"


def test_the_side_can_have_a_side_of_its_own(pure: Shell) -> None:
    rows = Stream(iter([1, 2]))
    program = "tee { tee { each {|n| print $'a($n)' } } | each {|n| print $'b($n)' } } | each {|n| print $n } | ignore"
    assert pure.run(program, rows) == ["a1", "b1", 1, "a2", "b2", 2]


def test_what_leaves_the_shell_on_the_side_leaves_it(stk: RunStk) -> None:
    stk("-c", "1.. | tee { each {|n| if $n > 2 { exit 3 } } } | first 5", code=3)


@pytest.mark.parametrize("stage", ["merge [[x]; [1]]", "enumerate", "wrap e", "tee { ignore }", "rename what"])
def test_the_note_of_a_cut_list_goes_on_with_its_rows(shell: Shell, stage: str) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run(f"event list | {stage}")
    assert shell.output.notes == ["these are the 10 newest of 13 events; `event list --limit 0` gives all"]


@pytest.mark.parametrize("stage", ["histogram name", "join [[name]; [note]] name", "collect"])
def test_what_depends_on_all_rows_says_that_some_were_cut(shell: Shell, stage: str) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run(f"event list | {stage}")
    assert len(shell.output.notes) == 1
