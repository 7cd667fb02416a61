"""How values are made, and where two of them are the same."""

from __future__ import annotations

import pytest

from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "values"),
    [
        ("0.0..0.5..1.0", [0.0, 0.5, 1.0]),
        ("1..=3", [1, 2, 3]),
        ("9..7..1", [9, 7, 5, 3, 1]),
        ("1..3..1", [1]),
    ],
)
def test_a_range_has_numbers_of_one_type(pure: Shell, program: str, values: list[Value]) -> None:
    found = pure.value(f"{program} | each {{|x| $x }}")
    assert found == values
    assert isinstance(found, list)
    assert {type(value) for value in found} == {type(value) for value in values}


@pytest.mark.parametrize("program", ["0..2..-5", "5..3..10", "5..4..5", "0..0..5", "let step = -1; 0..$step..5"])
def test_a_range_has_to_reach_its_end(pure: Shell, program: str) -> None:
    assert pure.error(program).code.rpartition("::")[2] in ("range_to_countable", "range_step_zero")


@pytest.mark.parametrize(
    ("program", "value"),
    [("1 bit-shl 63", -(2**63)), ("9223372036854775807 bit-shl 1", -2), ("-8 bit-shr 1", -4), ("1 bit-shr 63", 0)],
)
def test_bits_are_shifted_within_64(pure: Shell, program: str, value: int) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize("program", ["1 bit-shl 64", "1 bit-shl -1", "1 bit-shr 64", "1 bit-shr -1"])
def test_bits_are_shifted_by_less_than_64_places(pure: Shell, program: str) -> None:
    assert pure.error(program).code == "stk::run::operator_overflow"


def test_a_range_without_an_end_goes_as_far_as_there_are_integers(pure: Shell) -> None:
    assert pure.value("9223372036854775806.. | first 5") == [2**63 - 2, 2**63 - 1]


def test_a_word_that_begins_with_three_dots_is_no_range(pure: Shell) -> None:
    assert pure.value("[...1..3 ...5]") == ["...1..3", "...5"]


@pytest.mark.parametrize("program", ["[1; 2]", "[[1 2]; [3 4]]", "match 5 { 5 => a; 6 => b }"])
def test_a_semicolon_or_number_where_none_belongs_is_pointed_at(pure: Shell, program: str) -> None:
    assert pure.error(program).code == "stk::parse::parse_mismatch"


def test_an_arm_or_branch_without_anything_gives_null(pure: Shell) -> None:
    assert pure.value("[(match 5 { 5 => {} }) (if false { 1 } else {})]") == [None, None]


@pytest.mark.parametrize("program", ["match 1 { 1.0 => y }", "match 1.0 { 1 => y }", "match 2.0 { 1..3 => y }"])
def test_a_pattern_tells_ints_from_floats(pure: Shell, program: str) -> None:
    assert pure.value(program) is None


def test_the_condition_of_an_arm_is_true_or_false(pure: Shell) -> None:
    assert pure.error("match 5 { $x if $x => 1 }").code == "stk::run::match_guard_not_bool"
    assert pure.value("match 5 { $x if $x == 6 => 1, $x if true => 2 }") == 2


@pytest.mark.parametrize("program", ["if { true } { 1 }", "while { true } { break }"])
def test_a_closure_is_no_condition(pure: Shell, program: str) -> None:
    assert pure.error(program).code in ("stk::run::cant_convert", "stk::run::type_mismatch")


@pytest.mark.parametrize(
    "program",
    [
        "5min * inf",
        "5min * nan",
        "5min / nan",
        "5min / 1e-300",
        "1kb // nan",
        "1kb mod nan",
        "15000wk * 2",
        "15000wk + 5000wk",
        "9999-12-31 + 1day",
        "0001-01-01 - 1ns",
        "9999-12-31 - 0001-01-01",
    ],
)
def test_what_is_beyond_64_bits_or_the_years_is_an_error(pure: Shell, program: str) -> None:
    assert pure.error(program).code == "stk::run::operator_overflow"


@pytest.mark.parametrize(
    "equation",
    [
        "9223372036854775807ns / 1 == 9223372036854775807ns",
        "9223372036854775807ns / 2 == 4611686018427387903ns",
        "-5ns / 2 == -2ns",
        "-5ns // 2 == -3ns",
        "(5min * 1.5) + 1sec == 451sec",
    ],
)
def test_a_duration_is_scaled_exactly(pure: Shell, equation: str) -> None:
    assert pure.value(equation) is True


@pytest.mark.parametrize("literal", ["99999999999wk", "1e10wk", "99999999999gb"])
def test_a_literal_that_is_too_large_is_pointed_at(pure: Shell, literal: str) -> None:
    assert pure.error(f"[{literal}]").code == "stk::parse::invalid_literal"
