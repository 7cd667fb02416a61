"""The commands of math, where their examples do not show it: kinds of numbers, tables, 64 bits, memory."""

from __future__ import annotations

import math
import time
import timeit
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.commands.math.math_round import half_away, to_digits
from stk_shell.model.stream import Stream
from stk_shell.model.types import kind
from stk_shell.model.values import Duration, Filesize, Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 2.5] | math sum", 3.5),
        ("[0.1 0.2 0.3] | math sum", 0.6000000000000001),
        ("[1kb 2kb] | math sum", Filesize(3000)),
        ("[-1ns -2ns] | math avg", Duration(-1)),
        ("[1kb 2b] | math avg", Filesize(501)),
        ("5 | math avg", 5.0),
        ("1min | math avg", Duration(60_000_000_000)),
        ("[1 3] | math avg", 2.0),
        ("[1 3] | math median", 2.0),
        ("[3 1 2.5] | math median", 2.5),
        ("[-3ns -2ns] | math median", Duration(-2)),
        ("[3 3 2 2 1] | math mode", [2, 3]),
        ("[1day 1day 2hr] | math mode", [Duration(86_400_000_000_000)]),
        ("[] | math mode", []),
        ("[2 2.5] | math product", 5.0),
        ("5..1 | math sum", 15),
        ("0..0.5..2 | math sum", 5.0),
        ("[1 2 3 4 5] | math variance --sample", 2.5),
        ("[1] | math stddev", 0.0),
        ("[-1 2.5] | math abs", [1, 2.5]),
        ("[2.5 -2.5 3] | math round", [3, -3, 3]),
        ("15 | math round -p -1", 20.0),
        ("5 | math round -p 0", 5.0),
        ("[2.675 1.005] | math round -p 2", [2.68, 1.0]),
        ("1234.5 | math round -p 400", 1234.5),
        ("1..3 | math log 2 | math round -p 3", [0.0, 1.0, 1.585]),
        ("8 | math log 3", 1.892789260714372),
        ("1000 | math exp", math.inf),
        ("2 | math log 1", math.inf),
    ],
)
def test_the_result_is_of_the_kind_that_nushell_gives(pure: Shell, program: str, value: Value) -> None:
    found = pure.value(program)
    assert found == value
    assert kind(found) == kind(value)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[[a b]; [1 x] [3 y]] | math sum", {"a": 4}),
        ("[[a b]; [1 null] [2 3]] | math avg", {"a": 1.5}),
        ("[{a: 1} {a: 2, b: 5}] | math sum", {"a": 3, "b": 5}),
        ("[[a b]; [1 x] [3 y]] | math max", {"a": 3, "b": "y"}),
        ("[[a b]; [a 1] [b 1]] | math mode", {"b": [1]}),
        ("[[a]; [1day] [2day]] | math sum", {"a": Duration(259_200_000_000_000)}),
        ("[[a b]; [1 2] [3 4]] | where a > 0 | math product", {"a": 3, "b": 8}),
        ("{a: 1, b: 2.5} | math sum", {"a": 1, "b": 2.5}),
        ("{a: [1 2]} | math max", {"a": [1, 2]}),
        ("{} | math avg", {}),
    ],
)
def test_columns_that_fit_are_taken(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 null 3] | math max", None),
        ("[1 null 3] | math min", 1),
        ("[1 a] | math max", "a"),
        ("[2 1.5 true] | math min", True),
        ("[[1 2] [3]] | math max", [3]),
        ("[1 1.0] | math max", 1),
    ],
)
def test_values_of_all_types_have_an_order(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("[] | math sum", "unsupported_input"),
        ("1..<1 | math sum", "unsupported_input"),
        ("[1 2] | where $it > 5 | math max", "unsupported_input"),
        ("[] | math median", "unsupported_input"),
        ("1.. | math sum", "incorrect_value"),
        ("1.. | math median", "incorrect_value"),
        ("null | math sum", "input_type_mismatch"),
        ("5 | math sum", "input_type_mismatch"),
        ("'4' | math sqrt", "input_type_mismatch"),
        ("[1 null] | math sum", "only_supports_this_input_type"),
        ("[true 1] | math sum", "only_supports_this_input_type"),
        ("[1 2day] | math sum", "only_supports_this_input_type"),
        ("[1kb 2day] | math avg", "only_supports_this_input_type"),
        ("[1kb] | math product", "only_supports_this_input_type"),
        ("[2025-01-01] | math sum", "only_supports_this_input_type"),
        ("[[1] [2]] | math sum", "only_supports_this_input_type"),
        ("[{a: 1} 5] | math sum", "only_supports_this_input_type"),
        ("[1 a] | math round", "only_supports_this_input_type"),
        ("[-1kb] | math abs", "only_supports_this_input_type"),
        ("{a: x} | math sum", "only_supports_this_input_type"),
        ("[[a]; [x] [y]] | math sum", "unsupported_input"),
        ("[[a]; [1]] | math stddev -s", "unsupported_input"),
        ("[1] | math stddev -s", "division_by_zero"),
        ("[9223372036854775807 1] | math sum", "operator_overflow"),
        ("[9223372036854775807ns 1ns] | math sum", "operator_overflow"),
        ("[9223372036854775807 1] | math avg", "operator_overflow"),
        ("1..25 | math product", "operator_overflow"),
        ("-9223372036854775808 | math abs", "operator_overflow"),
        ("1e300 | math round", "operator_overflow"),
        ("[nan] | math floor", "operator_overflow"),
        ("inf | math ceil", "operator_overflow"),
        ("[4 -1] | math sqrt", "unsupported_input"),
        ("nan | math sqrt", "unsupported_input"),
        ("0 | math ln", "unsupported_input"),
        ("8 | math log 0", "unsupported_input"),
        ("[1 0] | math log 10", "unsupported_input"),
        ("1.5 | math round -p 1.5", "cant_convert"),
    ],
)
def test_what_does_not_fit_is_an_error_of_its_own(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_the_wrong_value_is_named_and_not_the_first(pure: Shell) -> None:
    assert "not on a string" in pure.error("[1 2 a] | math sum").headline
    assert "not on an int" in pure.error("[1day 2] | math sum").headline
    error = pure.error("[1 null] | math avg")
    assert "not on null" in error.headline
    assert "`compact`" in (error.help or "")


def test_a_large_number_is_named_in_few_digits(pure: Shell) -> None:
    assert pure.error("1e300 | math round").headline == "1e+300 is beyond all integers"


def test_a_table_without_a_column_that_fits_says_why(pure: Shell) -> None:
    assert "Column `n`" in (pure.error("[[n]; [9223372036854775807] [1]] | math sum").help or "")


def test_a_sum_takes_hardly_longer_than_pythons_own_with_a_look_at_the_types(pure: Shell) -> None:
    numbers: list[Value] = [*range(1_000_000)]

    def plain() -> object:
        return set(map(type, numbers)), sum(numbers)  # type: ignore[arg-type]

    def ours() -> object:
        return pure.value("math sum", numbers)

    best = {work: min(timeit.repeat(work, time.process_time, number=1, repeat=7)) for work in (plain, ours)}
    assert best[ours] < 2 * best[plain]


@pytest.mark.parametrize("command", ["sum", "max", "min"])
def test_a_long_source_is_not_kept_in_memory(pure: Shell, command: str) -> None:
    pure.value("[1] | math sum")
    tracemalloc.start()
    pure.value(f"math {command}", Stream(iter(range(1, 300_000))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_steps_give_what_the_whole_gives(pure: Shell) -> None:
    for size in (1, 4096, 4097, 10_000):
        items: list[Value] = [(number * 7919) % 10_007 - 5_000 for number in range(size)]
        for command in ("sum", "max", "min"):
            assert pure.value(f"math {command}", Stream(items)) == pure.value(f"math {command}", items)
    rows: list[Value] = [{"n": number} for number in range(5_000)]
    assert pure.value("math sum", Stream(rows)) == {"n": 12_497_500}


INTS = st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=20)
FLOATS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(INTS)
def test_the_variance_of_integers_is_exact_however_large_they_are(pure: Shell, numbers: list[int]) -> None:
    shifted: list[Value] = [number // 2**40 + 2**60 for number in numbers]
    plain: list[Value] = [number // 2**40 for number in numbers]
    assert pure.value("math variance", shifted) == pure.value("math variance", plain)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(FLOATS)
def test_a_variance_is_never_below_zero(pure: Shell, numbers: list[float]) -> None:
    found = pure.value("math variance", [*numbers])
    assert isinstance(found, float)
    assert found >= 0


@given(st.floats(-1e15, 1e15))
def test_rounding_goes_to_a_nearest_whole_number(number: float) -> None:
    whole = half_away(number)
    assert whole == int(whole)
    assert abs(whole - number) <= 0.5
    if abs(whole - number) == 0.5:
        assert abs(whole) > abs(number)


@given(st.floats(allow_nan=False), st.integers(-400, 400))
def test_rounding_to_digits_never_fails(number: float, digits: int) -> None:
    assert isinstance(to_digits(number, digits), float)
