"""Commands that make values: what their examples do not show."""

from __future__ import annotations

import pytest

from stk_shell.model.stream import Stream
from stk_shell.model.values import INT_MAX, Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("seq 5", [5]),
        ("seq 5 1", []),
        ("seq 5 -1 5", [5]),
        ("seq 1 0 5", []),
        ("seq 1.0 0 5", []),
        ("seq 1 3.5", [1.0, 2.0, 3.0]),
        ("seq 0.1 0.1 0.5", [0.1, 0.2, 0.1 + 2 * 0.1, 0.4, 0.5]),
        ("seq 10 -2.5 5", [10.0, 7.5, 5.0]),
        ("seq nan 1 5", []),
        ("seq ...[1 2 5]", [1, 3, 5]),
        (f"seq {INT_MAX - 1} {INT_MAX}", [INT_MAX - 1, INT_MAX]),
        ("seq char e c", ["e", "d", "c"]),
        ("seq char 8 8", ["8"]),
        ("generate {|n| {} } 1", []),
        ("generate {|n| {out: null} } 1", [None]),
        ("generate {|n| {out: $n, next: null} } 1 | first 2", [1, None]),
        ("generate {|n| if $n < 5 { {next: ($n + 1)} } else { {out: $n} } } 1", [5]),
        ("generate {|n| return {out: $n} } null", [None]),
        ("1..5 | generate {|n, last| {out: $last, next: $n} } 0", [0, 1, 2, 3, 4]),
        ("1..5 | generate {|n, sum=0| if $n < 3 { {out: $n, next: 0} } }", [1, 2]),
        ("[] | generate {|n, sum=0| {out: $n} }", []),
        ("echo", ""),
        ("echo null", None),
        ("echo ...[1 2]", [1, 2]),
    ],
)
def test_gives(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize("program", ["seq 1 1000000000000", "seq 0 0.1 inf", "generate {|n=1| {out: $n, next: $n} }"])
def test_items_are_made_as_they_are_wanted(pure: Shell, program: str) -> None:
    assert len(str(pure.value(f"{program} | first 3"))) > 0


def test_what_is_piped_into_a_generator_is_pulled_as_it_is_wanted(pure: Shell) -> None:
    rows = iter(range(10))
    assert pure.value("generate {|n, s=0| {out: $n, next: 0} } | first 2", Stream(rows)) == [0, 1]
    assert next(rows) == 2


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("seq", "missing_parameter"),
        ("seq char ab c", "incorrect_value"),
        ("seq char '' c", "incorrect_value"),
        ("seq char a é", "incorrect_value"),
        ("generate {|n| 5 } 1", "type_mismatch"),
        ("generate {|n| {out: 1, nxt: 2} } 1", "type_mismatch"),
        ("generate {|n| {out: $n} }", "missing_parameter"),
        ("generate { {out: 1} }", "missing_parameter"),
        ("[1] | generate {|n| {out: $n} }", "missing_parameter"),
        ("[1] | generate {|n, s| {out: $n} }", "missing_parameter"),
        ("5 | echo 6 | seq 1 2", "input_type_mismatch"),
    ],
)
def test_what_cannot_be_done_is_an_error_at_its_place(pure: Shell, program: str, code: str) -> None:
    error = pure.error(program)
    assert error.code == f"stk::run::{code}"
    assert error.labels


def test_a_command_that_takes_nothing_can_have_its_input_as_an_argument(pure: Shell) -> None:
    assert pure.value("3 | seq 1 $in") == [1, 2, 3]
    assert pure.value("[1 2] | each { $in } | echo $in") == [1, 2]
