"""Charts in text: as wide as they may be, true to the numbers, whatever the numbers and labels are."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from stk_shell.model.series import Number, Series
from stk_shell.model.values import Duration, Filesize, Value
from stk_shell.render.bars import bar_chart, spark
from stk_shell.render.line_chart import line_chart
from stk_shell.render.scales import number_text, spread, ticks
from tests.fixtures.values import DATES, INT64, TEXTS

MIDNIGHT = datetime.datetime(2026, 11, 1).astimezone()


def plain(role: str, text: str) -> str:
    """No colours."""
    return text


def bars(numbers: Sequence[Number | None], width: int = 24, labels: Sequence[Value] = (), name: str = "") -> list[str]:
    """The lines of a bar chart."""
    labels = labels or [chr(ord("a") + at) for at in range(len(numbers))]
    return bar_chart(Series(tuple(labels), tuple(numbers), name), width, plain).split("\n")


def line(numbers: Sequence[Number | None], width: int = 24, height: int = 4, labels: Sequence[Value] = ()) -> list[str]:
    """The lines of a line chart."""
    return line_chart(Series(tuple(labels or range(len(numbers))), tuple(numbers)), width, height, plain).split("\n")


# Bars


def test_a_bar_is_as_long_as_its_number_to_an_eighth() -> None:
    assert bars([16, 8, 4.5, 1, 0], 25) == [
        "a   16  █████████████████",
        "b    8  ████████▌",
        "c  4.5  ████▊",
        "d    1  █",
        "e    0",
    ]


def test_the_smallest_number_is_seen() -> None:
    assert bars([10**9, 1])[1].endswith("1  ▏")


def test_bars_of_negative_numbers_go_to_the_left() -> None:
    assert bars([4, -2, 0, -0.5], 22) == [
        "a     4      │████████",
        "b    -2  ████│",
        "c     0      │",
        "d  -0.5     █│",
    ]


def test_negative_numbers_alone_end_at_the_axis() -> None:
    assert bars([-4, -2], 17) == ["a  -4  █████████│", "b  -2      ▐████│"]


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, -math.inf])
def test_what_has_no_place_on_the_scale_has_no_bar(missing: Number | None) -> None:
    first, second = bars([1, missing])
    assert "█" in first
    assert "█" not in second
    assert second.strip() == f"b  {number_text(missing).rjust(len(number_text(missing)))}".strip()


def test_labels_are_cut_to_half_of_the_room_and_wide_characters_are_two() -> None:
    shown = bars([2, 1], 30, ["ユーザーが登録を完了しました", "x"])
    assert shown[0].startswith("ユーザーが登…  2  ██")
    assert shown[1].startswith("x              1  ██")


def test_times_are_not_cut_and_no_more_exact_than_they_have_to_be() -> None:
    days = [MIDNIGHT + datetime.timedelta(days=day) for day in range(2)]
    assert [each[:12] for each in bars([1, 2], 30, days)] == ["2026-11-01  ", "2026-11-02  "]
    minutes = [days[0], days[0] + datetime.timedelta(minutes=1)]
    assert [each[:18] for each in bars([1, 2], 30, minutes)] == ["2026-11-01 00:00  ", "2026-11-01 00:01  "]
    seconds = [days[0], days[0] + datetime.timedelta(seconds=1)]
    assert [each[:21] for each in bars([1, 2], 30, seconds)] == ["2026-11-01 00:00:00  ", "2026-11-01 00:00:01  "]


def test_what_would_move_the_cursor_is_a_sign() -> None:
    assert bars([1], 40, ["a\x1b[31m\nb\u202e"])[0].startswith("a␛[31m⏎b\\u{202e}  1  ")


def test_sizes_and_durations_are_written_as_such() -> None:
    assert bars([Filesize(1500), Duration(90 * 10**9)], 30)[0] == "a      1.5 kB  ▏"


def test_columns_are_headed_by_their_names() -> None:
    shown = bar_chart(Series(("a",), (1,), "name", "count", ("2 more",)), 24, plain).split("\n")
    assert shown == ["name  count", "a         1  ███████████", "2 more"]


def test_nothing_is_no_rows() -> None:
    assert bars([]) == ["no rows"]
    assert line([]) == ["no rows"]
    assert spark([], 10) == ""


# Sparklines


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([5], "█"),
        ([0, 0], "▁▁"),
        ([-1, 0, 1], "▁▅█"),
        ([1, None, math.nan, 2], "▅  █"),
        ([1.7e308, -1.7e308], "█▁"),
        ([2**63 - 1, -(2**63)], "█▁"),
    ],
)
def test_a_character_is_as_high_as_its_number(numbers: list[Number | None], shown: str) -> None:
    assert spark(numbers, 80) == shown


def test_more_numbers_than_columns_are_averaged() -> None:
    assert spark([0, 2, 8, 6, 0, 0], 3) == "▂█▁"
    assert len(spark(range(1000), 7)) == 7
    assert spark([None, None, 4, None], 2) == " █"


# Lines


def test_a_line_goes_from_number_to_number() -> None:
    assert line([0, 4, 0], 11, 2) == ["5 ┤  ⢀⡠⠢⡀", "0 ┤⡠⠒⠁  ⠈⠑⢄", "  └────────", "   0      2"]


def test_a_missing_number_leaves_a_gap() -> None:
    whole, parted = line([1, 1, 1, 1, 1], 24), line([1, 1, None, 1, 1], 24)
    assert " " not in whole[0].partition("┤")[2]
    assert " " in parted[0].partition("┤")[2]


def test_times_stand_where_they_belong_in_their_order() -> None:
    times = [MIDNIGHT + datetime.timedelta(days=day) for day in (10, 0, 1)]
    assert line([8, 0, 8], 40, 4, times) == [
        "10 ┤   ⢀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀",
        "   │  ⢠⠃",
        "   │ ⡠⠃",
        " 0 ┤⡰⠁",
        "   └────────────────────────────────────",
        "    2026-11-01                2026-11-11",
    ]


def test_no_peak_is_lost_however_many_numbers_there_are() -> None:
    numbers = [0] * 100_000
    numbers[54_321] = 9
    shown = line(numbers, 40, 4)
    assert [each.rstrip() for each in shown[:3]] == [f"{head}{' ' * 19}{dots}" for head, dots in zip(
        ("10 ┤", "   │", "   │"), "⢰⢸⢸", strict=True)]  # fmt: skip


def test_numbers_far_from_zero_are_told_apart() -> None:
    assert line([1000, 1010])[0].startswith("1010 ┤")
    assert line([0, 1010])[-3].startswith("   0 ┤")


def test_where_no_number_can_be_drawn_that_is_said() -> None:
    assert line([math.nan, None]) == ["no numbers to draw"]


@pytest.mark.parametrize("numbers", [[0], [5], [-5], [0, 0], [2**63 - 1], [-(2**63)], [5e-324], [1.7e308]])
def test_a_single_number_is_drawn(numbers: list[Number | None]) -> None:
    shown = line(numbers, 40)
    assert any(0x2800 < ord(char) < 0x2900 for each in shown for char in each)


def test_the_numbers_beside_the_axis_make_room_where_there_is_none() -> None:
    assert line([10**18, 0], 12)[0] == " ┤⠑⠤⡀"


# Scales


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 10, [0, 5, 10]),
        (0, 7, [0, 5, 10]),
        (0, 1, [0, 1]),
        (-3, 8, [-5, 0, 5, 10]),
        (0.0, 0.3, [0.0, 0.1, 0.2, 0.3]),
        (1000, 1010, [1000, 1005, 1010]),
        (0, 2**63 - 1, [0, 5 * 10**18, 10**19]),
    ],
)
def test_axes_have_round_numbers(low: Number, high: Number, found: list[Number]) -> None:
    assert ticks(low, high, 3, high) == found


def test_the_numbers_of_an_axis_are_of_the_kind_that_is_drawn() -> None:
    assert [type(each) for each in ticks(0, Filesize(10), 2, Filesize(1))] == [Filesize] * 3


# Laws

NUMBERS = INT64 | st.floats() | st.none() | INT64.map(Filesize) | INT64.map(Duration)
POINTS = st.lists(st.tuples(TEXTS | INT64 | st.floats() | st.none() | DATES, NUMBERS), max_size=30)
TIMED = st.lists(st.tuples(DATES, NUMBERS), min_size=1, max_size=30)


@given(POINTS | TIMED, st.integers(30, 120), st.integers(1, 20), TEXTS)
@example([("a", 2**62), ("b", 2**62 + 500)], 40, 6, "")
@example([("a", 1.7e308), ("b", -1.7e308)], 40, 6, "")
@example([("a", 5e-324), ("b", 1e-323)], 40, 6, "")
def test_charts_are_no_wider_than_they_may_be(
    points: list[tuple[Value, Number | None]], width: int, height: int, name: str
) -> None:
    series = Series(tuple(label for label, _ in points), tuple(number for _, number in points), name, name)
    for shown in (bar_chart(series, width, plain), line_chart(series, width, height, plain)):
        assert max(max(wcswidth(each), 0) for each in shown.split("\n")) <= width
    assert wcswidth(spark(series.numbers, width)) <= width


@given(st.lists(NUMBERS, min_size=1, max_size=30), st.integers(1, 30))
def test_charts_are_drawn_at_any_width(numbers: list[Number | None], width: int) -> None:
    assert len(bars(numbers, width, ["x" * 50] * len(numbers))) == len(numbers)
    assert line(numbers, width, 1)


@given(st.lists(INT64 | st.floats(allow_nan=False, allow_infinity=False), min_size=1), st.integers(1, 10))
def test_an_axis_holds_all_numbers(numbers: list[Number], count: int) -> None:
    low, high = spread(numbers)
    like = next((number for number in numbers if isinstance(number, float)), numbers[0])
    axis = ticks(low, high, count, like)
    assert axis == sorted(axis)
    assert axis[0] < axis[-1]
    assert axis[0] <= min(numbers) + abs(min(numbers)) * 1e-9
    assert axis[-1] >= max(numbers) - abs(max(numbers)) * 1e-9
    assert len(axis) <= 3 * count + 3
