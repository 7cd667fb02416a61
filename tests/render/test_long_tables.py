"""Listings of more rows than are looked at for the layout: one table, as its rows come."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import pytest
from wcwidth import wcswidth

from stk_shell.model.stream import Stream
from stk_shell.model.values import Range, Value
from stk_shell.render.formats import renderer
from stk_shell.render.long_table import PAGE, Pages
from stk_shell.render.palette import PLAIN, Palette


def shown(rows: Iterable[Value], width: int = 60, palette: Palette = PLAIN) -> str:
    """What a stream of the rows looks like."""
    return "\n".join(renderer("table", width, palette, exact=False)(Stream(rows)))


def records(count: int) -> list[Value]:
    """Rows with a number and a text."""
    return [{"n": number, "name": f"row {number}"} for number in range(count)]


def test_it_is_one_table_with_one_header_and_one_count() -> None:
    lines = shown(records(2 * PAGE + 500)).split("\n")
    assert [line[:1] for line in lines if line[:1] != "│"] == ["╭", "├", "╰", "2"]
    assert lines[-1] == "2 500 rows"
    assert sum("name" in line for line in lines) == 1
    assert len({wcswidth(line) for line in lines[:-1]}) == 1
    assert len(lines) == 2500 + 5


@pytest.mark.parametrize("row", [0, PAGE - 1, PAGE, 2 * PAGE, 2 * PAGE + 499])
def test_every_row_is_there_with_its_number(row: int) -> None:
    line = shown(records(2 * PAGE + 500)).split("\n")[row + 3]
    assert line.split() == ["│", str(row), "│", str(row), "│", "row", str(row), "│"]


def test_exactly_the_rows_that_are_looked_at_are_an_ordinary_table() -> None:
    assert shown(records(PAGE)).split("\n")[3].startswith("│   0 │")
    assert shown(records(PAGE)).endswith("1 000 rows")


def test_later_rows_are_cut_to_the_columns() -> None:
    rows: list[Value] = [*records(PAGE), {"n": 1, "name": "word " * 50}, {"n": 10**17, "name": "日本語テキスト" * 9}]
    lines = shown(rows).split("\n")
    assert len({wcswidth(line) for line in lines[:-1]}) == 1
    assert "word word…" in lines[-4]
    assert "日本語テ…" in lines[-3]
    assert "10000…" in lines[-3]


def test_a_column_that_only_later_rows_have_is_named() -> None:
    rows: list[Value] = [*records(PAGE), {"n": 1, "name": "x", "late": 5}, {"later": 1}]
    assert shown(rows).endswith("1 002 rows · only in later rows: late, later")


def test_the_footer_stays_short_whatever_the_columns_are_called() -> None:
    rows = records(PAGE)
    rows.extend({f"late{number}": 1} for number in range(100))
    assert shown(rows).endswith(", …")


def test_columns_without_room_are_named_once() -> None:
    rows: list[Value] = [{f"column_{number}": "some text" for number in range(9)} for _ in range(PAGE + 1)]
    text = shown(rows, 40)
    assert text.count("hidden at this width:") == 1
    assert max(map(wcswidth, text.split("\n"))) <= 40


def test_what_is_no_record_among_later_rows_is_shown() -> None:
    lines = shown([*records(PAGE), None, "some text", [1, 2]]).split("\n")
    assert "│ [1, 2] │" in lines[-3]
    assert "│ some … │" in lines[-4]


def test_later_texts_have_all_the_width_of_a_list() -> None:
    assert shown([*["x"] * PAGE, "word " * 50], 40).split("\n")[-3] == "│   1000 │ word word word word word w… │"


def test_a_long_list_of_anything_is_one_table_too() -> None:
    lines = shown(["x"] * (PAGE + 1)).split("\n")
    assert lines[0].startswith("╭")
    assert lines[-3].split() == ["│", "1000", "│", "x", "│"]
    assert lines[-2].startswith("╰")
    assert lines[-1] == "1 001 rows"
    assert len({wcswidth(line) for line in lines[:-1]}) == 1


def test_later_numbers_may_be_longer_by_some_digits() -> None:
    lines = shown([*range(PAGE), 10**5, 10**17, "word " * 50], 40).split("\n")
    assert lines[-5].split() == ["│", "1000", "│", "100000", "│"]
    assert lines[-4].split() == ["│", "1001", "│", "10000…", "│"]
    assert all(wcswidth(line) <= 40 for line in lines)


def test_a_list_that_begins_with_records_and_goes_on_with_others_is_one_table() -> None:
    time = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    lines = shown([*records(PAGE), time, {"n": None}, {}]).split("\n")
    assert len({wcswidth(line) for line in lines[:-1]}) == 1


def test_rows_are_shown_before_the_last_one_is_there() -> None:
    def rows() -> Iterator[Value]:
        yield from records(2 * PAGE)
        pytest.fail("nobody asked for this row yet")

    pieces = renderer("table", 60, PLAIN, exact=False)(Stream(rows()))
    first = next(pieces)
    assert first.startswith("╭")
    assert first.endswith(" row 999    │")


def test_the_number_of_a_row_never_breaks_the_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stk_shell.render.long_table.INDEX_WIDTH", 4)
    lines = shown({"a": number} for number in range(11_000)).split("\n")
    assert len({wcswidth(line) for line in lines[:-1]}) == 1
    assert lines[10_003].startswith("│ …000 │")


def test_colours_do_not_change_the_layout() -> None:
    import re

    painted = shown(records(PAGE + 5), palette=Palette(True))
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == shown(records(PAGE + 5))


def test_a_range_is_shown_as_the_list_it_is() -> None:
    pieces = renderer("table", 60, PLAIN, exact=False)
    assert "".join(pieces(Range(1, None, 2))) == "╭───┬───╮\n│ 0 │ 1 │\n│ 1 │ 2 │\n╰───┴───╯"
    assert next(pieces(Range(1, None, None))).count("\n") == PAGE


# Rows that are slow in coming


def slow(rows: list[Value], width: int, parts: list[int]) -> tuple[Pages, list[str]]:
    """A table that is told to show what has come behind these numbers of rows; it and what it has given by then."""
    given: list[str] = []

    def coming() -> Iterator[Value]:
        for at, row in enumerate(rows):
            if at in parts:
                given.append(table.so_far())
            yield row
        given.append(table.so_far())

    table = Pages(coming(), width, PLAIN)
    given += iter(table)
    return table, [each for each in given if each]


def test_what_has_come_is_shown_in_the_widths_that_the_first_rows_decide() -> None:
    rows: list[Value] = [{"n": 1, "name": "a"}, {"n": 2, "name": "longer than the first"}, {"n": 300, "name": "b" * 90}]
    _, given = slow(rows, 60, [0, 1, 2])
    assert [text.count("\n") for text in given] == [3, 0, 0, 0]
    lines = "\n".join(given).split("\n")
    assert len({wcswidth(each) for each in lines[:-1]}) == 1
    assert "longer than the first" in lines[4]
    assert lines[5].split()[3:6:2] == ["300", "b" * 23 + "…"]


def test_nothing_is_shown_twice_and_an_end_is_one() -> None:
    table, given = slow(records(2 * PAGE + 10), 60, [0, 5, 5 + PAGE])
    lines = "\n".join(given).split("\n")
    numbers = [each.split()[1] for each in lines if each.startswith("│")]
    assert numbers == ["#", *map(str, range(2 * PAGE + 10))]
    assert lines[-2].startswith("╰")
    assert table.end() == "\n".join(lines[-2:])


def test_a_table_that_has_not_begun_has_no_end() -> None:
    assert Pages([], 60, PLAIN).end() == ""
    assert slow([], 60, [0])[1] == ["no rows"]
