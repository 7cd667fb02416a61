"""The commands on dates, beyond what their examples show."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stk_shell.commands._date_words import with_percent
from stk_shell.commands._dates import read_date
from stk_shell.commands._strftime import formatter
from stk_shell.commands._strptime import reader
from stk_shell.model.text import timestamp
from stk_shell.model.values import Value
from tests.fixtures.shells import Shell

NOW = datetime.datetime(2026, 11, 22, 22, 34, 15, 120_000, tzinfo=datetime.UTC)


@pytest.fixture
def local_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A way to move the machine into another time zone for a test."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock(pure: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A session in which it is always the same time."""
    monkeypatch.setattr(pure.session, "now", lambda: NOW)
    return pure


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("%Y %C %y %q %m %B %b %h", "2026 20 26 1 03 March Mar Mar"),
        ("%d %e %j %A %a %u %w", "01  1 060 Sunday Sun 7 0"),
        ("%G %g %V %U %W", "2026 26 09 09 08"),
        ("%H %k %I %l %p %P", "08  8 08  8 AM am"),
        (
            "%M %S %f %.f %.3f %.6f %.9f %3f %6f %9f",
            "05 09 120000000 .120 .120 .120000 .120000000 120 120000 120000000",
        ),
        ("%z %:z %::z %:::z %Z", "-0530 -05:30 -05:30:00 -05 -05:30"),
        ("%F %T %R %D %v", "2026-03-01 08:05:09 08:05 03/01/26  1-Mar-2026"),
        ("%x|%X|%r|%c", "03/01/2026|08:05:09 AM|08:05:09 AM|Sun 01 Mar 2026 08:05:09 AM -05:30"),
        ("%+|%s|%J%Q", "2026-03-01T08:05:09.120-05:30|1772372109|20260301080509"),
        ("%-d/%-m %_H %0e %-j %_j", "1/3  8 01 60  60"),
        ("a%nb%tc%%", "a\nb\tc%"),
        ("", ""),
        ("ä %d", "ä 01"),
    ],
)
def test_each_specifier_has_its_meaning(text: str, written: str) -> None:
    zone = datetime.timezone(-datetime.timedelta(hours=5, minutes=30))
    date = datetime.datetime(2026, 3, 1, 8, 5, 9, 120_000, tzinfo=zone)
    assert formatter(text)(date) == written


@pytest.mark.parametrize("text", ["%", "a %", "%E", "%N", "%4Y", "%.4f", "%-F", "%-a", "%::::z", "%#z", "%-%", "%🙂"])
def test_what_is_no_format_is_pointed_at(pure: Shell, text: str) -> None:
    error = pure.error(f"2026-03-01 | format date '{text}'")
    assert error.code == "stk::run::type_mismatch"
    assert error.labels[0].span.text == f"'{text}'"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-01", "2026-03-01 00:00:00 +00:00"),
        ("2026-03-01 08:30", "2026-03-01 08:30:00 +00:00"),
        ("2026-03-01T08:30:15.5+02:00", "2026-03-01 08:30:15.500 +02:00"),
        ("2026-03-01 08:30:15 -0230", "2026-03-01 08:30:15 -02:30"),
        ("Sun, 1 Mar 2026 08:30:15 +0100", "2026-03-01 08:30:15 +01:00"),
        ("March 1st, 2026 8:05 pm", "2026-03-01 20:05:00 +00:00"),
        ("13/04/2026", "2026-04-13 00:00:00 +00:00"),
        ("20260301T083015", "2026-03-01 08:30:15 +00:00"),
        ("5 mar", "2026-03-05 00:00:00 +00:00"),
        ("10:20", "2026-11-22 10:20:00 +00:00"),
        ("2026-03-01 08:30 GMT", "2026-03-01 08:30:00 +00:00"),
        ("2026-03-01 08:30 PST", "2026-03-01 08:30:00 +00:00"),
    ],
)
def test_dates_are_read_in_the_usual_forms(text: str, date: str) -> None:
    found = read_date(text, lambda: NOW)
    assert found is not None
    assert timestamp(found) == date


@pytest.mark.parametrize(
    "text",
    ["", " ", "now", "yesterday", "2026-02-30", "2026-13-01", "2026-03-01 24:30", "9" * 40 + "h", "2026-03-01 " * 40],
)
def test_what_is_no_date_is_told_so(pure: Shell, text: str) -> None:
    error = pure.error(f"'{text}' | format date '%F'")
    assert error.code == "stk::run::datetime_parse_error"
    assert "A date is like" in (error.help or "")


@given(st.text(alphabet="0123456789 :-+./TZhmsapJnMr\x00é", max_size=40))
def test_no_text_is_more_than_a_date_or_none(text: str) -> None:
    found = read_date(text, lambda: NOW)
    assert found is None or found.tzinfo is not None


def test_a_text_without_a_zone_is_local_time(clock: Shell, local_zone: Callable[[str], None]) -> None:
    local_zone("Europe/Berlin")
    assert clock.value("'2026-07-01 08:00' | format date '%T %z'") == "08:00:00 +0200"
    assert clock.value("'1 Jan 2026 8 am' | format date '%T %z'") == "08:00:00 +0100"
    assert clock.value("2026-01-01 | date to-timezone local | format date '%T %z'") == "01:00:00 +0100"


def test_the_first_day_of_all_is_a_date_in_any_zone(clock: Shell, local_zone: Callable[[str], None]) -> None:
    local_zone("Asia/Tokyo")
    assert clock.value("'0001-01-01' | format date '%F'") == "0001-01-01"
    assert clock.error("0001-01-01 | date to-timezone '-05:00'").code == "stk::run::incorrect_value"
    assert clock.error("9999-12-31T23:00:00 | date to-timezone local").code == "stk::run::incorrect_value"


@pytest.mark.parametrize(
    ("program", "date"),
    [
        ("2026-03-29T00:59:59Z | date to-timezone Europe/Berlin", "2026-03-29 01:59:59 +01:00"),
        ("2026-03-29T01:00:00Z | date to-timezone Europe/Berlin", "2026-03-29 03:00:00 +02:00"),
        ("2026-10-25T00:30:00Z | date to-timezone Europe/Berlin", "2026-10-25 02:30:00 +02:00"),
        ("2026-10-25T01:30:00Z | date to-timezone Europe/Berlin", "2026-10-25 02:30:00 +01:00"),
        ("2026-03-01 | date to-timezone '+0545'", "2026-03-01 05:45:00 +05:45"),
        ("2026-03-01 | date to-timezone -09", "2026-02-28 15:00:00 -09:00"),
        ("2026-03-01 | date to-timezone utc", "2026-03-01 00:00:00 +00:00"),
        ("1850-01-01T12:00:00Z | date to-timezone Europe/Berlin", "1850-01-01 12:53:28 +00:53:28"),
        ("'2026-03-01 12:00 +02:00' | date to-timezone Asia/Tokyo", "2026-03-01 19:00:00 +09:00"),
        ("(2026-01-01 | date to-timezone Europe/Berlin) + 200day", "2026-07-20 01:00:00 +01:00"),
    ],
)
def test_a_date_is_shown_in_another_zone(pure: Shell, program: str, date: str) -> None:
    found = pure.value(program)
    assert isinstance(found, datetime.datetime)
    assert timestamp(found) == date


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "europe/berlin", "+5", "+2400", "+0560", "", "Europe", "../zone", "\0"]
)
def test_an_unknown_zone_is_an_error(pure: Shell, zone: str) -> None:
    assert pure.error(f"2026-03-01 | date to-timezone '{zone}'").code == "stk::run::type_mismatch"


def test_the_nearest_zone_is_named(pure: Shell) -> None:
    error = pure.error("2026-03-01 | date to-timezone europe/berln")
    assert error.labels[0].text == "did you mean `Europe/Berlin`?"


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        ("- 10sec", "now"),
        ("- 11sec", "11 seconds ago"),
        ("- 46sec", "a minute ago"),
        ("- 91sec", "2 minutes ago"),
        ("- 45min", "45 minutes ago"),
        ("- 46min", "an hour ago"),
        ("- 91min", "2 hours ago"),
        ("- 23hr", "a day ago"),
        ("- 37hr", "2 days ago"),
        ("- 6day", "6 days ago"),
        ("- 7day", "a week ago"),
        ("- 11day", "2 weeks ago"),
        ("- 30day", "a month ago"),
        ("- 60day", "2 months ago"),
        ("- 346day", "a year ago"),
        ("- 548day", "2 years ago"),
        ("+ 3day", "in 3 days"),
        ("+ 400day", "in a year"),
    ],
)
def test_a_distance_is_told_in_words(clock: Shell, distance: str, words: str) -> None:
    assert clock.value(f"(date now) {distance} | date humanize") == words


@pytest.mark.parametrize(
    ("duration", "unit", "text"),
    [
        ("90min", "hr", "1.50 hr"),
        ("90min", "MIN", "90 min"),
        ("1sec", "us", "1000000 µs"),
        ("-90sec", "min", "-1.50 min"),
        ("1ns", "wk", "0.00 wk"),
        ("0sec", "day", "0 day"),
    ],
)
def test_a_duration_is_written_in_one_unit(pure: Shell, duration: str, unit: str, text: str) -> None:
    assert pure.value(f"{duration} | format duration {unit}") == text


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("1day | format duration month", "invalid_unit"),
        ("5 | format duration sec", "input_type_mismatch"),
        ("[1sec x] | format duration sec", "only_supports_this_input_type"),
        ("[[a]; [1sec]] | format duration sec b", "column_not_found"),
        ("5 | format date", "only_supports_this_input_type"),
        ("null | format date '%F'", "only_supports_this_input_type"),
        ("[[a]; [2026-03-01]] | format date", "only_supports_this_input_type"),
        ("5 | date to-timezone UTC", "input_type_mismatch"),
        ("[2026-03-01] | date humanize", "input_type_mismatch"),
    ],
)
def test_what_a_command_on_dates_cannot_take_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_the_list_of_specifiers_shows_what_each_makes_of_the_time(clock: Shell) -> None:
    rows = clock.value("format date --list")
    assert isinstance(rows, list)
    assert {"Specification": "%F", "Example": "2026-11-22", "Description": "Short for %Y-%m-%d."} in rows
    to_read = clock.value("into datetime --list")
    assert isinstance(to_read, list)
    assert to_read[: len(rows)] == rows
    assert [row["Specification"] for row in to_read[len(rows) :] if isinstance(row, dict)] == ["%#z"]


@pytest.mark.parametrize(
    ("flags", "dates"),
    [
        ("-b 2026-03-03 -e 2026-03-01", ["2026-03-03", "2026-03-02", "2026-03-01"]),
        ("-b 2026-03-01 -e 2026-03-01", ["2026-03-01"]),
        ("-b 2024-02-28 -d 3", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("-b 2026-03-01 -d 3 -n 2", ["2026-03-01", "2026-03-03"]),
        ("-b 2026-03-01 -p 3 -n 2day", ["2026-03-01", "2026-03-03", "2026-03-05"]),
        ("-b 2026-03-01 -p 2 -d 9 -e 2026-04-01", ["2026-03-01", "2026-03-02"]),
        ("-b 2026-03-01 -d 1 -r", ["2026-03-01", "2026-02-28", "2026-02-27"]),
        ("-b 2026-03-05 -e 2026-03-01 -n -2", ["2026-03-05", "2026-03-03", "2026-03-01"]),
        ("-b 2026-11-20", ["2026-11-20", "2026-11-21", "2026-11-22"]),
        ("-p 2 -o %T -n 1hr", ["22:34:15", "23:34:15"]),
        ("-b 01.03.26 -e 02.03.26 -i %d.%m.%y -o %e/%-m", [" 1/3", " 2/3"]),
        ("-b 9999-12-30 -e 9999-12-31", ["9999-12-30", "9999-12-31"]),
        ("-b '2026-03-01 10:00' -p 2 -i '%F %R' -n 30min -o %R", ["10:00", "10:30"]),
    ],
)
def test_dates_follow_each_other(clock: Shell, flags: str, dates: list[Value]) -> None:
    assert clock.value(f"seq date {flags}") == dates


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ("-b 1.3.2026", "datetime_parse_error"),
        ("-b 2026-02-30", "datetime_parse_error"),
        ("-b 2026-03-01 -n 0", "incorrect_value"),
        ("-b 2026-03-01 -n 1ns", "incorrect_value"),
        ("-b 9999-12-30 -d 5", "incorrect_value"),
        ("-b 2026-03-01 -d 99999999999999", "incorrect_value"),
        ("-n 9999999999999999", "incorrect_value"),
        ("-b 2026-03-01 -o %N", "type_mismatch"),
        ("-b 2026-03-01 -i %K", "type_mismatch"),
    ],
)
def test_dates_that_cannot_be_are_an_error(clock: Shell, flags: str, code: str) -> None:
    assert clock.error(f"seq date {flags}").code == f"stk::run::{code}"


def test_a_row_of_dates_is_made_as_it_is_pulled(clock: Shell) -> None:
    dates = clock.value("seq date -b 1970-01-01 -e 2026-01-01 -n 1sec -o %T | first 2")
    assert dates == ["00:00:00", "00:00:01"]


FORMATS = st.lists(st.sampled_from(("%F", "%T", "%Y-%j", "%s", "%H:%M", "%e %b %Y", "%I %p", "%z", " ", "x", "%.f")))


@given(FORMATS, st.datetimes(timezones=st.just(datetime.UTC)))
def test_what_a_format_writes_it_reads_or_refuses(parts: list[str], date: datetime.datetime) -> None:
    text = " ".join(parts)
    try:
        found = reader(text)(formatter(text)(date), NOW)
    except ValueError:
        assert not {"%F", "%s", "%Y-%j", "%e %b %Y", "%T", "%H:%M"} & set(parts)
    else:
        assert "%F" not in parts or found.date() == date.date()


def test_no_format_takes_long_over_a_text() -> None:
    read = reader("%n%t %n%Z" * 30 + "%d")
    start = time.perf_counter()
    with pytest.raises(ValueError, match="x"):
        read(" " * 5000 + "x" * 5000, NOW)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("YYYY-MM-DD", "%Y-%m-%d"),
        ("dd.mm.yyyy", "%d.%m.%Y"),
        ("yyyy-MM-ddTHH:mm:ss", "%Y-%m-%dT%H:%M:%S"),
        ("YYYY-MM-DD HH24:MI:SS", "%Y-%m-%d %H:%M:%S"),
        ("Mon DD, YYYY", "%b %d, %Y"),
        ("hello", None),
        ("year", None),
        ("%Y-MM", None),
    ],
)
def test_formats_of_other_languages_are_understood(theirs: str, ours: str | None) -> None:
    assert with_percent(theirs) == ours


def test_a_format_without_a_part_of_a_date_is_noted_once(pure: Shell) -> None:
    program = "[2026-11-02 2026-11-03] | each { format date YYYY-MM-DD }"
    assert pure.run(program) == [["YYYY-MM-DD", "YYYY-MM-DD"]]
    assert pure.output.notes == ["this format has no part of a date: did you mean `%Y-%m-%d`?"]
