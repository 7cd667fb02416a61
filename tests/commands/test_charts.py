"""Charts as commands: whatever flows in, what is counted, what is left out, and pictures."""

from __future__ import annotations

import datetime
import sys
import time
import xml.dom.minidom
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.commands.charts._intervals import counted
from stk_shell.model.values import Value
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell, put_example_events
from tests.fixtures.values import DATES


def lines(shell: Shell, program: str) -> list[str]:
    """The lines of a chart in a pipeline."""
    text = shell.value(program)
    assert isinstance(text, str)
    return text.split("\n")


def drawn(shell: Shell, program: str) -> list[tuple[str, str]]:
    """The labels and the numbers of a bar chart, without its head."""
    return [(cells[0], cells[1]) for cells in (each.split() for each in lines(shell, program))]


# What flows in


@pytest.mark.parametrize(
    ("program", "rows"),
    [
        ("[3 1 2]", [("0", "3"), ("1", "1"), ("2", "2")]),
        ("1..3", [("0", "1"), ("1", "2"), ("2", "3")]),
        ("{a: 1, b: 2.5}", [("a", "1"), ("b", "2.5")]),
        ("{a: [1 2 3], b: []}", [("a", "3"), ("b", "0")]),
        ("[[name n]; [x 1] [y 2]]", [("name", "n"), ("x", "1"), ("y", "2")]),
        ("[[n name]; [1 x] [2 y]]", [("name", "n"), ("x", "1"), ("y", "2")]),
        ("[[n m]; [10 1] [20 2]]", [("n", "m"), ("10", "1"), ("20", "2")]),
        ("[[name a b]; [x 1 7]] | collect", [("name", "a"), ("x", "1")]),
        ("[[ok name n]; [true x 1]]", [("name", "n"), ("x", "1")]),
        ("[[name]; [x] [y] [x]]", [("name", "count"), ("x", "2"), ("y", "1")]),
        ("[a b a]", [("value", "count"), ("a", "2"), ("b", "1")]),
        ("[true false true]", [("value", "count"), ("true", "2"), ("false", "1")]),
        ("[a b a] | histogram", [("value", "count"), ("a", "2"), ("b", "1")]),
        ("[7 7 5] | histogram", [("value", "count"), ("7", "2"), ("5", "1")]),
        ("[7 7 5] | uniq --count", [("value", "count"), ("7", "2"), ("5", "1")]),
        (
            "[[name n]; [x 1] [y 2] [x 3]] | group-by name --to-table",
            [("name", "items"), ("x", "2"), ("y", "1")],
        ),
        (
            "[[name n]; [x 1] [y 2] [x 3]] | group-by name --to-table | update items { length }",
            [("name", "items"), ("x", "2"), ("y", "1")],
        ),
        ("[[name n]; [x 1] [y 2] [x 3]] | group-by name", [("x", "2"), ("y", "1")]),
        ("[[name n]; [x null] [y 2]]", [("name", "n"), ("x", "y")]),
    ],
)
def test_labels_and_numbers_are_found(pure: Shell, program: str, rows: list[tuple[str, str]]) -> None:
    if "null" in program:
        assert lines(pure, f"{program} | chart bar --width 30")[1] == "x"
    else:
        assert drawn(pure, f"{program} | chart bar --width 30") == rows


@pytest.mark.parametrize(
    ("flags", "rows"),
    [
        ("", [("name", "a"), ("x", "1")]),
        ("--y b", [("name", "b"), ("x", "2")]),
        ("-x kind", [("kind", "a"), ("z", "1")]),
        ("-x a -y b", [("a", "b"), ("1", "2")]),
        ("-x a", [("a", "b"), ("1", "2")]),
    ],
)
def test_columns_are_chosen_by_flags(pure: Shell, flags: str, rows: list[tuple[str, str]]) -> None:
    assert drawn(pure, f"[[name a b kind]; [x 1 2 z]] | chart bar {flags} --width 30") == rows


def test_rows_without_labels_have_numbers(pure: Shell) -> None:
    assert lines(pure, "[[n]; [1] [2]] | chart bar --width 14") == ["   n", "0  1  ████", "1  2  ████████"]


def test_a_line_is_drawn_over_the_times_where_there_are_some(pure: Shell) -> None:
    table = "[[name at n]; [x 2026-11-01 1] [y 2026-11-03 2]]"
    assert lines(pure, f"{table} | chart line --width 40")[0] == "n by at"
    assert drawn(pure, f"{table} | chart bar --width 40")[0] == ("name", "n")


def test_numbers_that_come_late_are_found_and_what_is_none_is_named(pure: Shell) -> None:
    assert drawn(pure, "[[name n]; [x null] [y 2]] | chart bar --width 30 | lines | get 2")[0] == ("y", "2")
    error = pure.error("[[name n]; [x 1] [y two]] | chart bar")
    assert (error.code, error.labels[0].text) == ("stk::run::type_mismatch", "row 1 has a string in `n`")


def test_an_empty_list_or_table_is_no_error(pure: Shell) -> None:
    for program in ("[]", "[[a]; [1]] | where a == 2", "[] | where true", "{}"):
        assert lines(pure, f"{program} | chart bar") == ["no rows"]
        assert lines(pure, f"{program} | chart line") == ["no rows"]
        assert lines(pure, f"{program} | sparkline") == [""]
    assert lines(pure, "[] | chart bar --x name --y n") == ["no rows"]


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("[[name n]; [x 1]] | chart bar --y m", "column_not_found", "there is no column `m`"),
        ("[[name n]; [x 1]] | chart bar --x nme", "column_not_found", "did you mean `name`?"),
        ("[[name n]; [x 1]] | chart bar --y name", "type_mismatch", "this column has a string"),
        ("[1 2] | chart bar --x name", "incompatible_parameters", "no table comes in"),
        ("{a: 1} | chart line --y a", "incompatible_parameters", "no table comes in"),
        ("{a: 1, b: x} | chart bar", "only_supports_this_input_type", "`b` is a string"),
        ("[[a]; [{b: 1}]] | chart bar", "only_supports_this_input_type", "a record comes in here"),
        ("[[1 2] [3]] | chart bar", "only_supports_this_input_type", "a list comes in here"),
        ("[{a: 1} 2] | chart bar", "only_supports_this_input_type", "an int comes in here"),
        ("[1] | chart bar --width 0", "incorrect_value", "this is 0"),
        ("[1] | chart bar --width -3", "needs_positive_value", "this is below 0"),
        ("[1] | chart bar --limit -3", "needs_positive_value", "this is below 0"),
        ("[1] | chart line --height 0", "incorrect_value", "this is 0"),
        ("[1] | chart line --height 1000000000", "incorrect_value", "at most 1000"),
        ("[1] | sparkline --width 0", "incorrect_value", "this is 0"),
    ],
)
def test_what_cannot_be_drawn_is_said(pure: Shell, program: str, code: str, said: str) -> None:
    error = pure.error(program)
    assert (error.code, error.labels[0].text) == (f"stk::run::{code}", said)


def test_statistics_are_drawn_by_one_of_their_tables(shell: Shell) -> None:
    shell.value('.append event "login"')
    assert shell.error("event stats | chart bar").help == "`get by_name` before it takes the table."
    assert drawn(shell, "event stats | get by_name | chart bar --width 30") == [("name", "count"), ("login", "1")]
    assert len(lines(shell, "event stats | get by_day | chart line --height 4")) == 7
    assert lines(shell, "event stats | get by_day | sparkline") == ["█"]


def test_events_are_counted_by_name_and_over_time(shell: Shell, database: TestDatabase) -> None:
    put_example_events(database)
    assert drawn(shell, "event list | chart bar --width 40")[1] == ("authentication", "1")
    assert lines(shell, "event list | chart line --width 40")[0] == "count by created (15 seconds)"
    shell.run('1..10 | each { .append event "a" } | ignore')
    shell.run("event list | chart bar | ignore")
    assert shell.output.notes == ["these are the 10 newest of 13 events; `event list --limit 0` gives all"]


# Counting


def test_what_is_null_is_left_out_and_said(pure: Shell) -> None:
    assert lines(pure, "[[name]; [x] [null]] | chart bar --width 30")[-1] == "1 without a value"


def test_times_are_counted_in_intervals_that_fit_and_gaps_are_zero(pure: Shell) -> None:
    times = "[2026-11-01T10:00:00Z 2026-11-01T10:02:30Z 2026-11-01T10:02:40Z]"
    assert drawn(pure, f"{times} | chart bar --width 40") == [
        ("5", "seconds"),
        *((day, clock) for day, clock in drawn(pure, f"{times} | chart bar --width 40")[1:]),
    ]
    counts = [line.split()[2] for line in lines(pure, f"{times} | chart bar --width 40 --limit 3")[1:]]
    assert counts == ["1", "0", "2"]
    assert lines(pure, f"{times} | sparkline --width 3") == ["▅▁█"]


@pytest.mark.parametrize(
    ("last", "name", "count"),
    [
        ("2026-11-01 00:00:00", "second", 1),
        ("2026-11-01 00:00:39", "second", 40),
        ("2026-11-01 00:00:40", "5 seconds", 9),
        ("2026-11-01 00:39:59", "minute", 40),
        ("2026-11-02 15:59:59", "hour", 40),
        ("2026-12-01 00:00:00", "day", 31),
        ("2027-01-01 00:00:00", "week", 10),
        ("2028-01-01 00:00:00", "month", 15),
        ("2056-01-01 00:00:00", "year", 31),
        ("2400-01-01 00:00:00", "decade", 39),
        ("9999-12-30 00:00:00", "century", 80),
    ],
)
def test_the_interval_is_the_shortest_that_fits(last: str, name: str, count: int) -> None:
    times = [datetime.datetime.fromisoformat(each).astimezone() for each in ("2026-11-01 00:00:00", last)]
    found = counted(times, 40)
    assert (found.interval, len(found.starts), sum(found.counts)) == (name, count, 2)
    assert found.starts[0] <= times[0]
    assert found.starts[-1] <= times[1]


def test_days_begin_at_midnight_here_also_where_the_clocks_change(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    request.addfinalizer(time.tzset)
    request.addfinalizer(monkeypatch.undo)
    times = [datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC) for day in (1, 31)]
    starts = counted(times, 40).starts
    assert {start.astimezone().strftime("%H:%M") for start in starts} == {"00:00"}
    assert len(set(starts)) == 31


@given(st.lists(DATES, min_size=1, max_size=20), st.integers(10, 200))
def test_every_time_is_counted_once_in_no_more_intervals_than_fit(times: list[datetime.datetime], most: int) -> None:
    found = counted(times, most)
    assert sum(found.counts) == len(times)
    assert len(found.counts) == len(found.starts) <= max(most, 101)
    assert list(found.starts) == sorted(found.starts)


# How much is drawn


def test_of_many_rows_the_first_are_drawn_and_the_rest_is_told(pure: Shell) -> None:
    shown = lines(pure, "1..10000 | each {|n| {name: $'n($n)', n: $n}} | chart bar --width 50")
    assert len(shown) == 42
    assert (shown[1].split()[0], shown[-1]) == ("n1", "the first 40 of 10 000 rows; `--limit 0` draws all")
    assert len(lines(pure, "1..1000 | chart bar --limit 0")) == 1000
    assert lines(pure, "[1 2 3] | chart bar --limit 2 --width 50")[-1] == (
        "the first 2 of 3 rows; `--limit 0` draws all"
    )


def test_of_many_times_the_last_are_drawn(pure: Shell) -> None:
    days = "0..99 | each {|n| {day: (2026-01-01 + $n * 1day), n: 1}}"
    shown = lines(pure, f"{days} | chart bar --width 60")
    assert shown[-2].startswith("2026-04-10")
    assert shown[-1] == "the last 40 of 100 rows; `--limit 0` draws all"


def test_a_hundred_thousand_numbers_are_a_chart_as_any(pure: Shell) -> None:
    assert len(lines(pure, "1..100000 | chart line --width 60")) == 14
    assert lines(pure, "1..100000 | sparkline --width 8") == ["▁▂▃▄▅▆▇█"]


def test_the_width_is_that_of_the_output_unless_one_is_given(pure: Shell) -> None:
    for width in (40, 80):
        pure.output.width = width
        assert max(map(len, lines(pure, "[1 2] | chart bar"))) == width
        assert max(map(len, lines(pure, "[1 2] | chart line"))) == width
    assert max(map(len, lines(pure, "[1 2] | chart bar --width 33"))) == 33


def test_hostile_labels_do_nothing(pure: Shell) -> None:
    shown = lines(pure, '{"a\\u{1b}[2J\\n\\u{202e}": 1, "$x^2$": 2} | chart bar --width 60')
    assert shown[0].startswith("a␛[2J⏎\\u{202e}  1  ")
    assert shown[1].startswith("$x^2$")


# Pictures


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that one is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


AWKWARD = (
    "[[at n]; [2026-11-01 1] [2026-11-02 null] [2026-11-03 -5]]",
    '{"$x^2$ \\frac": 1, "東京 🎉": 2, "<b>&\\u{1b}[31m": 3}',
    "[[name size]; [a 3gb] [b 1kb]]",
    "[[name took]; [a 3min] [b 1sec]]",
    "[5e-324]",
    "[9223372036854775807 -9223372036854775808]",
    "[nan] | into float",
    "[]",
    "[0001-01-01T12:00:00Z 9999-12-30T12:00:00Z]",
    "1..600",
)


@pytest.mark.parametrize("command", ["chart bar --limit 0", "chart line"])
@pytest.mark.parametrize("program", AWKWARD)
def test_anything_that_is_drawn_can_be_saved(
    pure: Shell, folder: Path, capfd: pytest.CaptureFixture[str], program: str, command: str
) -> None:
    assert pure.value(f"{program} | {command} --save a.svg") is None
    xml.dom.minidom.parse(str(folder / "a.svg"))
    if "600" not in program:
        pure.value(f"{program} | {command} --save a.png")
        assert (folder / "a.png").read_bytes().startswith(b"\x89PNG")
    assert capfd.readouterr() == ("", "")


def test_numbers_that_no_picture_holds_are_refused(pure: Shell, folder: Path) -> None:
    error = pure.error("[1.7e308 -1.7e308] | chart line --save a.svg")
    assert (error.code, list(folder.iterdir())) == ("stk::run::incorrect_value", [])


def test_labels_are_no_formulas(pure: Shell, folder: Path) -> None:
    pure.value('{"$x^2$": 1, "$\\\\frac{": 2, "東京 <&>": 3} | chart bar --save a.svg')
    picture = (folder / "a.svg").read_text()
    assert all(text in picture for text in (">$x^2$<", ">$\\frac{<", ">東京 &lt;&amp;&gt;<"))


def test_a_file_is_written_over_only_if_somebody_says_so(pure: Shell, folder: Path) -> None:
    (folder / "a.svg").write_text("mine")
    error = pure.error("[1] | chart bar --save a.svg")
    assert (error.code, error.help) == ("stk::run::already_exists", "`--force` takes its place.")
    assert (folder / "a.svg").read_text() == "mine"
    pure.value("[1] | chart bar --save a.svg -f")
    assert (folder / "a.svg").read_text() != "mine"
    assert [each.name for each in folder.iterdir()] == ["a.svg"]


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.svg.gz", ".svg"])
def test_the_endings_that_there_are_are_named(pure: Shell, folder: Path, name: str) -> None:
    error = pure.error(f"[1] | chart line --save {name}")
    assert (error.headline, error.code) == ("the name of a chart ends with .svg or .png", "stk::run::unknown_format")
    assert list(folder.iterdir()) == []


def test_an_ending_may_be_in_capitals(pure: Shell, folder: Path) -> None:
    pure.value("[1] | chart line --save A.PNG")
    assert (folder / "A.PNG").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_there_is_not_is_an_error(pure: Shell, folder: Path) -> None:
    assert pure.error("[1] | chart line --save no/a.png").code == "stk::run::directory_not_found"


def test_what_cannot_be_drawn_leaves_no_file(pure: Shell, folder: Path) -> None:
    pure.error("[[a]; [{b: 1}]] | chart bar --save a.svg")
    assert list(folder.iterdir()) == []


def test_without_matplotlib_the_line_to_install_it_is_said(
    pure: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    error = pure.error("[1] | chart bar --save a.svg")
    assert (error.code, error.help) == ("stk::run::missing_extra", "pip install 'stk-shell[charts]'")
    assert list(folder.iterdir()) == []


def test_a_chart_in_the_terminal_imports_no_library(pure: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    shown: Value = pure.value("[1] | chart bar --width 20")
    assert shown == "0  1  ██████████████"
