"""The commands that convert, beyond what their examples show."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.commands.conversions._convert import clamped
from stk_shell.model.values import INT_MAX, INT_MIN, Duration, Filesize, Value
from tests.fixtures.shells import Shell

NOW = datetime.datetime(2026, 11, 22, 22, 34, 15, 123_456, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("' 42 ' | into int", 42),
        ("'-0010' | into int", -10),
        ("'1,234,567' | into int", 1_234_567),
        ("'5.9' | into int", 5),
        ("'1.5e3' | into int", 1500),
        ("'0b101' | into int", 5),
        ("'99999999999999999999' | into int", INT_MAX),
        ("'inf' | into int", INT_MAX),
        ("-1e19 | into int", INT_MIN),
        ("nan | into int", 0),
        ("0x[00 01] | into int --endian big", 1),
        ("0x[00 01] | into int --endian little", 256),
        ("0x[ff fe] | into int --signed --endian big", -2),
        ("0x[] | into int", 0),
        ("'0xff' | into int --radix 10", 255),
        ("'-zz' | into int -r 36", -1295),
        ("17 | into int -r 8", 15),
        ("[1 2.9 true 1kb 2ns] | into int", [1, 2, 1, 1000, 2]),
        ("{a: {b: '7'}} | into int a.b", {"a": {"b": 7}}),
        ("'1e3' | into float", 1000.0),
        ("' -.5 ' | into float", -0.5),
        ("[true 1 '2'] | into float", [1.0, 1.0, 2.0]),
        ("[0 -1 0.0 ' TRUE ' '0.5' '0'] | into bool", [False, True, False, True, True, False]),
        ("['' '0' 'False' 'no' 0.0 null] | into bool --relaxed", [False, False, False, True, False, False]),
        ("null | into bool --relaxed", False),
        ("[5 2.0 1e21 -0.0 inf] | into string", ["5", "2", "1000000000000000000000", "-0", "inf"]),
        ("[1 null] | into string", ["1", ""]),
        ("2026-03-01 | into string", "Sun Mar  1 00:00:00 2026"),
        ("1..3 | into string", ["1", "2", "3"]),
        ("[2.5 3.5 1 inf] | into string -d 0", ["2", "4", "1", "inf"]),
        ("-1234567 | into string --group-digits -d 2", "-1,234,567.00"),
        ("['5' '-1.5 kB' '2ki' '1,000b' '.5MB'] | into filesize", [5, -1500, 2048, 1000, 500_000]),
        ("[1.9 1e30] | into filesize", [1, INT_MAX]),
    ],
)
def test_a_value_is_converted(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("'' | into duration", 0),
        ("' 1day  -2hr ' | into duration", 79_200_000_000_000),
        ("'1.5hr' | into duration", 5_400_000_000_000),
        ("'5.5' | into duration --unit sec", 5_500_000_000),
        ("'5min' | into duration --unit sec", 300_000_000_000),
        ("1.5 | into duration", 1),
        ("-5 | into duration -u MIN", -300_000_000_000),
        ("{} | into duration", 0),
        ("{week: 1, nanosecond: 1, sign: '-'} | into duration", -604_800_000_000_001),
        ("(-500day - 4hr) | into record | into duration", -43_214_400_000_000_000),
    ],
)
def test_a_duration_is_made(pure: Shell, program: str, value: int) -> None:
    assert pure.value(program) == Duration(value)


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("'abc' | into int", "cant_convert"),
        ("'1_000' | into int", "cant_convert"),
        ("'' | into int", "cant_convert"),
        ("'0b12' | into int", "cant_convert"),
        ("'0xffffffffffffffff' | into int", "cant_convert"),
        ("'f_f' | into int -r 16", "cant_convert"),
        ("'zz' | into int -r 37", "type_mismatch"),
        ("0x[01] | into int --endian middle", "type_mismatch"),
        ("0x[01 02 03 04 05 06 07 08 09] | into int", "incorrect_value"),
        ("2300-01-01 | into int", "incorrect_value"),
        ("null | into int", "input_type_mismatch"),
        ("[1 null] | into int", "only_supports_this_input_type"),
        ("{a: 1} | into int", "only_supports_this_input_type"),
        ("{a: 1} | into int b", "column_not_found"),
        ("'1,5' | into float", "cant_convert"),
        ("5min | into float", "input_type_mismatch"),
        ("'yes' | into bool", "cant_convert"),
        ("null | into bool", "only_supports_this_input_type"),
        ("2026-03-01 | into bool", "input_type_mismatch"),
        ("[[x]] | into string", "cant_convert"),
        ("0x[61] | into string", "cant_convert"),
        ("{a: 1} | into string", "cant_convert"),
        ("5 | into string --decimals -1", "type_mismatch"),
        ("null | into string", "input_type_mismatch"),
        ("'5.5' | into filesize", "cant_convert"),
        ("'lots' | into filesize", "cant_convert"),
        ("'20eb' | into filesize", "cant_convert"),
        ("true | into filesize", "input_type_mismatch"),
        ("1mb | format filesize mb", "invalid_unit"),
        ("[[a]; [1]] | format filesize MB a", "only_supports_this_input_type"),
        ("'5min5min' | into duration", "invalid_unit"),
        ("'5 min' | into duration", "invalid_unit"),
        ("5 | into duration --unit month", "invalid_unit"),
        ("'99999999999wk' | into duration", "operator_overflow"),
        ("1e300 | into duration --unit hr", "operator_overflow"),
        ("nan | into duration", "operator_overflow"),
        ("{day: -1} | into duration", "incorrect_value"),
        ("{day: 1.5} | into duration", "only_supports_this_input_type"),
        ("{day: 1, sign: x} | into duration", "incorrect_value"),
        ("{days: 1} | into duration", "unsupported_input"),
        ("5min | into duration --unit sec", "incompatible_parameters"),
        ("{day: 1} | into duration --unit sec", "incompatible_parameters"),
        ("['1min'] | into duration", "input_type_mismatch"),
        ("[1 2] | into record", "type_mismatch"),
        ("[[a 1] {b: 2}] | into record", "type_mismatch"),
        ("[[a 1 2]] | into record", "incorrect_value"),
        ("[[null 1]] | into record", "cant_convert"),
        ("5 | into record", "input_type_mismatch"),
        ("5min | into binary", "input_type_mismatch"),
        ("-5 | into cell-path", "needs_positive_value"),
        ("[a 1.5] | into cell-path", "cant_convert"),
        ("[{value: a, optional: x}] | into cell-path", "cant_convert"),
        ("'a' | into cell-path", "input_type_mismatch"),
    ],
)
def test_what_cannot_be_converted_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


@given(st.floats())
def test_a_float_is_cut_to_64_bits(number: float) -> None:
    whole = clamped(number)
    assert INT_MIN <= whole <= INT_MAX
    assert abs(number) >= 2.0**63 or math.isnan(number) or whole == math.trunc(number)


@pytest.mark.parametrize(
    ("program", "date"),
    [
        ("'20260301' | into datetime", "2026-03-01 00:00:00 +0000"),
        ("'1772323200000000000' | into datetime", "2026-03-01 00:00:00 +0000"),
        ("'1772323200000000000' | into datetime --offset -5", "2026-02-28 19:00:00 -0500"),
        ("1772323200000000000 | into datetime -z Asia/Tokyo", "2026-03-01 09:00:00 +0900"),
        ("1772323200 | into datetime -f '%s'", "2026-03-01 00:00:00 +0000"),
        ("-1 | into datetime", "1969-12-31 23:59:59 +0000"),
        ("'2026-03-01' | into datetime --offset 5", "2026-03-01 00:00:00 +0000"),
        ("2026-03-01T08:00:00+02:00 | into datetime -z utc", "2026-03-01 08:00:00 +0200"),
        ("'1.3.2026 8:05 pm' | into datetime -f '%d.%m.%Y %I:%M %P'", "2026-03-01 20:05:00 +0000"),
        ("'1.3.2026 8:05' | into datetime -f '%d.%m.%Y %I:%M'", "2026-03-01 00:00:00 +0000"),
        ("'10:20' | into datetime -f '%R'", "2026-11-22 10:20:00 +0000"),
        ("'2026-060' | into datetime -f '%Y-%j'", "2026-03-01 00:00:00 +0000"),
        ("'2026-W09-7' | into datetime -f '%G-W%V-%u'", "2026-03-01 00:00:00 +0000"),
        ("'2026 10 0' | into datetime -f '%Y %U %w'", "2026-03-08 00:00:00 +0000"),
        ("'26 9 7' | into datetime -f '%y %W %u'", "2026-03-08 00:00:00 +0000"),
        ("'MAR 1 70' | into datetime -f '%b %e %y'", "1970-03-01 00:00:00 +0000"),
        ("'2026-03-01T08:00:00.5Z' | into datetime -f '%+'", "2026-03-01 08:00:00 +0000"),
        ("'2026-03-01 08:00 +0230' | into datetime -f '%F %R %z'", "2026-03-01 08:00:00 +0230"),
        ("'2026-03-01 08:00 +02' | into datetime -f '%F %R %#z'", "2026-03-01 08:00:00 +0200"),
        ("'2026-03-01 08:00 +0200' | into datetime -f '%F %R %z' -o -3", "2026-03-01 03:00:00 -0300"),
        ("{year: 2026} | into datetime", "2026-01-01 00:00:00 +0000"),
        ("{day: 3, minute: 5} | into datetime", "2026-11-03 00:05:00 +0000"),
        ("{} | into datetime", "2026-11-22 22:34:15 +0000"),
        ("{year: 2026, month: 3, timezone: '-0330'} | into datetime", "2026-03-01 00:00:00 -0330"),
        ("2026-03-01T08:00:00.123456+02:00 | into record | into datetime", "2026-03-01 08:00:00 +0200"),
    ],
)
def test_a_date_is_made(pure: Shell, monkeypatch: pytest.MonkeyPatch, program: str, date: str) -> None:
    monkeypatch.setattr(pure.session, "now", lambda: NOW)
    found = pure.value(program)
    assert isinstance(found, datetime.datetime)
    assert found.strftime("%Y-%m-%d %H:%M:%S %z") == date


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("'not a date' | into datetime", "datetime_parse_error"),
        ("'12345678901234567890' | into datetime", "datetime_parse_error"),
        ("'01.03.2026' | into datetime -f '%Y-%m-%d'", "cant_convert"),
        ("'2026-03-01 x' | into datetime -f '%F'", "cant_convert"),
        ("'2026-02-30' | into datetime -f '%F'", "cant_convert"),
        ("'2026-366' | into datetime -f '%Y-%j'", "cant_convert"),
        ("'Mon, 1 Mar 2026' | into datetime -f '%a, %d %b %Y'", "cant_convert"),
        ("'2026-03-01 08:00 pm' | into datetime -f '%F %R %P'", "cant_convert"),
        ("'2026-03-01 13:00 pm' | into datetime -f '%F %I:%M %P'", "cant_convert"),
        ("'1 2' | into datetime -f '%d %d'", "cant_convert"),
        ("'2026-03' | into datetime -f '%Y-%m'", "cant_convert"),
        ("'2026-03-01' | into datetime -f '%K'", "type_mismatch"),
        ("1 | into datetime --offset 25", "type_mismatch"),
        ("1 | into datetime --timezone nowhere", "type_mismatch"),
        ("1.5 | into datetime", "only_supports_this_input_type"),
        ("null | into datetime", "only_supports_this_input_type"),
        ("{year: 2026, month: 13} | into datetime", "incorrect_value"),
        ("{year: 2026, hour: -1} | into datetime", "incorrect_value"),
        ("{year: 99999999999999999999} | into datetime", "only_supports_this_input_type"),
        ("{year: 9999999999999} | into datetime", "incorrect_value"),
        ("{year: '2026'} | into datetime", "only_supports_this_input_type"),
        ("{year: 2026, timezone: UTC} | into datetime", "incorrect_value"),
        ("{year: 2026, timezone: 2} | into datetime", "only_supports_this_input_type"),
        ("{years: 2026} | into datetime", "unsupported_input"),
        ("{year: 2026} | into datetime --offset 2", "incompatible_parameters"),
        ("{year: 2026} | into datetime --format '%F'", "incompatible_parameters"),
    ],
)
def test_what_makes_no_date_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("0sec | into record", {"second": 0, "sign": "+"}),
        ("[[1.5 a] [true b]] | into record", {"1.5": "a", "true": "b"}),
        ("[{a: 1, b: 2} {a: 3}] | into record", {"a": 3, "b": 2}),
        ("[] | into record", {}),
        ("0 | into binary --compact", b"\0"),
        ("-1 | into binary --compact", b"\xff" * 8),
        ("1.5 | into binary --endian big", b"\x3f\xf8" + b"\0" * 6),
        ("true | into binary --compact", b"\1"),
        ("2026-03-01 | into binary", b"Sun Mar  1 00:00:00 2026"),
        ("[[value optional insensitive]; [5 true false] [c false true]] | into cell-path | into string", "$.5?.c!"),
        ("1b | format filesize GB", "0.000000001 GB"),
        ("-1500b | format filesize kB", "-1.5 kB"),
        ("{a: 3kib} | format filesize KiB a", {"a": "3 KiB"}),
    ],
)
def test_parts_and_bytes(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


def test_sizes_are_sizes(pure: Shell) -> None:
    assert isinstance(pure.value("'5kb' | into filesize"), Filesize)


def test_a_stream_has_the_type_of_the_list_that_it_becomes(pure: Shell) -> None:
    assert pure.value("1..3 | each {|n| $n } | describe") == "list<int>"
    assert pure.value("[[a]; [1]] | where a == 1 | describe") == "table<a: int>"


def test_a_stream_that_nobody_collects_is_not_pulled(pure: Shell) -> None:
    assert pure.value("1.. | each {|n| $n } | describe --no-collect") == "stream"


def test_a_column_is_converted_as_its_rows_are_pulled(pure: Shell) -> None:
    assert pure.value("1.. | each {|n| {n: $'($n)'} } | into int n | first 2") == [{"n": 1}, {"n": 2}]


def test_an_empty_cell_is_told_from_other_texts(pure: Shell) -> None:
    error = pure.error("[[n]; ['']] | into int n")
    assert error.headline == "an empty text is no number"
    assert error.instead == "[[n]; ['']] | default --empty 0 n | into int n"
    assert pure.value(error.instead) == [{"n": 0}]
    assert pure.error("' ' | into datetime").headline == "an empty text is no date"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("'90 minutes' | into duration", '"90min" | into duration'),
        ("'1 day and 2 hours' | into duration", '"1day 2hr" | into duration'),
        ("'1,5' | into float", '"1.5" | into float'),
        ("'1,500x' | into float", None),
        ("'yesterday' | into datetime", "((date now) - 1day) | into datetime"),
    ],
)
def test_a_text_that_nearly_has_the_type_is_written_as_the_type_has_it(
    pure: Shell, line: str, instead: str | None
) -> None:
    assert pure.error(line).instead == instead
    if instead:
        pure.run(instead)
