"""The event commands: every form of input, every flag, every failure."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.model.text import plain
from stk_shell.model.values import Record, Value
from tests.fixtures.clusters import TestDatabase
from tests.fixtures.shells import Shell, put_example_events

UNKNOWN = "00000000-0000-0000-0000-000000000000"


def record(value: Value) -> Record:
    """The value, which has to be a record."""
    assert isinstance(value, dict)
    return value


def rows(value: Value) -> list[Record]:
    """The value, which has to be a table."""
    assert isinstance(value, list)
    return [record(row) for row in value]


def uu_of(value: Value) -> str:
    """The uu of a record."""
    return plain(record(value)["uu"])


# .append event


@pytest.mark.parametrize(
    ("program", "kept"),
    [
        ('"it\'s"', {"text": "it's"}),
        ('""', {"text": ""}),
        ("{a: 1, b: [1 2.5 null true {c: x}]}", {"a": 1, "b": [1, 2.5, None, True, {"c": "x"}]}),
        ("{}", {}),
        ("null", {}),
        ("42", {"value": 42}),
        ("5min", {"value": 300_000_000_000}),
        (
            "{at: 2025-03-01T10:00:00Z, took: 2sec, size: 1kb}",
            {"at": "2025-03-01T10:00:00+00:00", "took": 2 * 10**9, "size": 1000},
        ),
        ("{n: 9223372036854775807, x: 0.1}", {"n": 9223372036854775807, "x": 0.1}),
        ("{n: -9223372036854775808, x: 1.0, y: 1e300}", {"n": -9223372036854775808, "x": 1.0, "y": 1e300}),
        ("{b: 0x[00 ff], c: 1..3, p: $.a.0}", {"b": [0, 255], "c": [1, 2, 3], "p": "a.0"}),
    ],
)
def test_what_is_piped_is_what_is_recorded(shell: Shell, program: str, kept: Record) -> None:
    appended = record(shell.value(f'{program} | .append event "note"'))
    assert list(appended) == ["uu", "name", "created"]
    assert appended["name"] == "note"
    assert isinstance(appended["created"], datetime.datetime)
    assert shell.value(f"event get {uu_of(appended)} | get record_json") == kept


def test_an_event_may_be_no_more_than_its_name(shell: Shell) -> None:
    shell.run(".append event heartbeat")
    assert shell.value("event list | get 0.record_json") == {}


def test_each_item_of_a_list_becomes_an_event_in_order(shell: Shell) -> None:
    appended = rows(shell.value('["one" {n: 2} 3] | .append event "item"'))
    listed = rows(shell.value("event list"))
    assert [row["uu"] for row in listed] == [row["uu"] for row in reversed(appended)]
    assert [row["record_json"] for row in reversed(listed)] == [{"text": "one"}, {"n": 2}, {"value": 3}]
    assert len({row["created"] for row in listed}) == 1


def test_an_event_of_a_list_is_kept_like_one_alone(shell: Shell) -> None:
    shell.run('"x" | .append event note -d why; ["x" "y"] | .append event note -d why | ignore')
    own = {"uu", "created", "updated", "search_key"}
    alone, first, second = [
        {name: value for name, value in row.items() if name not in own}
        for row in rows(shell.value("event list --detail | reverse"))
    ]
    assert first == alone
    assert second == {**alone, "record_json": {"text": "y"}}


def test_a_long_list_keeps_its_order(shell: Shell) -> None:
    shell.run('1..2500 | each {|n| {n: $n} } | .append event "bulk" | ignore')
    assert shell.value("event list --limit 0 | get record_json.n") == list(range(2500, 0, -1))


def test_an_empty_list_records_nothing(shell: Shell) -> None:
    assert shell.value('[] | .append event "none"') == []
    assert shell.value("event list") == []


def test_the_flags_of_append(shell: Shell) -> None:
    cause = uu_of(shell.value('"cause" | .append event "first"'))
    program = f"""{{a: 1, b: 1}} | .append event "second" -d "why it's so" -j '{{"b": 2}}' -t action --attach {cause}"""
    event = record(shell.value(f"({program}) | event get"))
    assert event["record_json"] == {"a": 1, "b": 2}
    assert event["description"] == "why it's so"
    assert (event["type_enum"], event["type_name"]) == ("ACTION", "ACTION")
    assert event["table_name_uu_json"] == {"table_name": "stk_event", "uu": cause}
    assert (event["created_by"], event["entity"]) == ("stk_login", "*")


def test_the_fields_of_a_record_come_back_in_the_order_of_the_database(shell: Shell) -> None:
    shell.run("{name: 1, zz: 2, b: 3, a: 4} | .append event x")
    assert list(record(shell.value("event list | get 0.record_json"))) == ["a", "b", "zz", "name"]


def test_json_is_added_to_every_item(shell: Shell) -> None:
    shell.run('["a" "b"] | .append event "x" --json {source: import} --type ACTION | ignore')
    assert shell.value("event list | get record_json") == [
        {"text": "b", "source": "import"},
        {"text": "a", "source": "import"},
    ]
    assert shell.value("event list | get type_enum") == ["ACTION", "ACTION"]


def test_an_event_is_attached_to_a_record_that_is_given(shell: Shell) -> None:
    shell.run('"a" | .append event "x"\nlet row = (event list | get 0)\n"b" | .append event "y" --attach $row')
    assert shell.value("event list | get 0.table_name_uu_json.uu") == shell.value("event list | get 1.uu")


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ('"x" | .append event ""', "event::no_name"),
        ('"x" | .append event "n" --type NOSUCH', "event::unknown_type"),
        (f'"x" | .append event "n" --attach {UNKNOWN}', "event::unknown_record"),
        ('"x" | .append event "n" --attach what', "event::no_uu"),
        ('"x" | .append event "n" --json "[1]"', "event::json"),
        ('"x" | .append event "n" --json "{"', "run::json"),
        ("{f: {|x| $x }} | .append event n", "event::value"),
        (r'"a\u{0}b" | .append event "n"', "event::text"),
        (r'[{a: 1} {b: "x\u{0}"}] | .append event "n"', "event::text"),
        (r'"x" | .append event "a\u{0}b"', "event::text"),
        ("[1 2 {a: inf}] | .append event n", "event::number"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_stored(shell: Shell, program: str, code: str) -> None:
    error = shell.error(program)
    assert error.code == f"stk::{code}"
    assert error.labels
    assert shell.value("event list --all --limit 0 | length") == 0


@pytest.mark.parametrize("noun", ["event", "request", "tag"])
def test_who_leaves_the_name_empty_is_shown_one(shell: Shell, noun: str) -> None:
    help = shell.error(f'.append {noun} " "').help or ""
    example = help.split("`")[1]
    assert example.startswith(f".append {noun} ")
    shell.run(example)


@pytest.mark.parametrize("flag", ["--type NOSUCH", f"--attach {UNKNOWN}", r'--description "\u{0}"'])
def test_a_flag_that_does_not_fit_is_not_blamed_on_an_item(shell: Shell, flag: str) -> None:
    alone, many = (shell.error(f"{items} | .append event n {flag}") for items in ("1", "[1 2]"))
    assert (many.headline, many.code) == (alone.headline, alone.code)


def test_a_bad_item_names_its_position(shell: Shell) -> None:
    error = shell.error('(1..1500 | each {|n| if $n == 1203 { {x: inf} } else { {x: $n} } }) | .append event "n"')
    assert error.headline.startswith("item 1202 of the list:")
    assert shell.value("event list --limit 0 | length") == 0


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_as_it_went_in(shell: Shell, text: str) -> None:
    shell.session.environment["TEXT"] = text
    uu = uu_of(shell.value('$env.TEXT | .append event "text" --description $env.TEXT'))
    event = record(shell.value(f"event get {uu}"))
    assert event["record_json"] == {"text": text}
    assert event["description"] == text


@pytest.mark.parametrize("listing", ["event list", "event list --limit 0", "event get $event"])
def test_whole_numbers_beyond_64_bits_come_back_as_floats(shell: Shell, listing: str) -> None:
    shell.run(
        "let event = ({a: 9223372036854775807, b: 9223372036854775808, c: -9223372036854775809, d: 1e22, e: [1e16 1.0]}"
        ' | .append event "n")'
    )
    found = shell.value(f"{listing} | get record_json | describe")
    assert isinstance(found, str)
    assert "<a: int, b: float, c: float, d: float, e: list<number>>" in found


def test_ten_megabytes_of_text_come_back(shell: Shell) -> None:
    text = "it's \\ \"ü🎉\n" * 800_000
    shell.session.environment["TEXT"] = text
    uu = uu_of(shell.value('$env.TEXT | .append event "large"'))
    assert shell.value(f"event get {uu} | get record_json.text") == text


# event list


def test_the_columns_of_a_list(shell: Shell) -> None:
    shell.run('"a" | .append event "x"')
    (row,) = rows(shell.value("event list"))
    assert list(row) == [
        *("name", "record_json", "created", "updated", "is_revoked", "uu"),
        *("type_enum", "type_name", "description", "table_name_uu_json"),
    ]


def test_a_list_shows_the_ten_newest_unless_told_otherwise(shell: Shell) -> None:
    shell.run('1..13 | each {|n| {n: $n} | .append event "x" } | ignore')
    assert shell.value("event list | get record_json.n") == list(range(13, 3, -1))
    assert shell.value("event list -l 3 | length") == 3
    assert shell.value("event list --limit 0 | length") == 13


def test_a_list_is_narrowed_before_its_limit(shell: Shell, database: TestDatabase) -> None:
    put_example_events(database)
    shell.run('1..12 | each {|n| "later" | .append event "noise" --type ACTION } | ignore')
    assert shell.value("event list --name order-error | length") == 1
    assert shell.value("event list --type NONE | length") == 3
    assert shell.value("event list -t ACTION -l 0 | length") == 12
    assert shell.value("event list --until 5min --limit 0 | get name") == [
        "authentication",
        "order-error",
        "user-milestone",
    ]
    assert shell.value("event list --since 25min --until 15min | get name") == ["order-error"]
    assert shell.value("event list --since 2020-01-01 --limit 0 | length") == 15
    assert shell.value("event list --since '2020-01-01' --limit 0 | length") == 15
    assert shell.value("event list --until 2020-01-01") == []
    assert shell.error("event list --since yesterday").code == "stk::run::cant_convert"


def test_a_list_can_show_revoked_events_and_all_columns(shell: Shell) -> None:
    uu = uu_of(shell.value('"a" | .append event "x"'))
    shell.run(f"event revoke {uu}")
    assert shell.value("event list") == []
    (row,) = rows(shell.value("event list --all --detail"))
    assert row["is_revoked"] is True
    assert row["created_by"] == "stk_login"
    assert row == record(shell.value(f"event get {uu}"))


CUT = "these are the 10 newest of 13 events; `event list --limit 0` gives all"


@pytest.mark.parametrize(
    "program",
    [
        "event list",
        "event list | where name == rare",
        "event list | length",
        "event list | last",
        "event list | reverse",
        "event list | sort-by name",
        "event list --detail | where name == rare",
        "1..3 | each { event list | length }",
        "event list | get name | length",
        "event list | select name | where name == rare",
        "event list | get record_json | where text? == rare",
        "event list | each {|e| $e.name } | uniq --count",
        "event list | select name | group-by name --to-table | length",
        "event list | reject uu | rename title | to json",
        '"rare" in (event list | get name)',
        "(event list | get name) has rare",
        "[note] | where $it in (event list | get name)",
    ],
)
def test_the_shell_says_when_a_default_limit_cut_what_is_shown_or_searched(shell: Shell, program: str) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run(program)
    assert shell.output.notes == [CUT]


@pytest.mark.parametrize("flags", ["--name note", "--since 1hr", "--type NONE --detail", "--all"])
def test_what_is_cut_of_a_choice_of_events_is_told_for_that_choice(shell: Shell, flags: str) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run(f"event list {flags} | where name == rare")
    assert shell.output.notes == ["these are the 10 newest of 13 events; with `--limit 0`, it is all of them"]


@pytest.mark.parametrize("flags", ["", "--limit 0", "--limit 5 --detail"])
def test_a_name_that_finds_nothing_is_answered_with_the_nearest(shell: Shell, flags: str) -> None:
    shell.run('"x" | .append event "order-error" | ignore')
    assert shell.run(f"event list --name ordr-error {flags} | get name") == [[]]
    assert shell.output.notes == ["no event is named `ordr-error`: did you mean `order-error`?"]


def test_a_name_that_is_there_or_like_no_other_is_not_mended(shell: Shell) -> None:
    shell.run('"x" | .append event "order-error" | ignore')
    shell.run('"x" | .append event "order-errors" | ignore')
    assert shell.run("event list --name order-error --until 2020-01-01") == [[]]
    assert shell.run("event list --name login") == [[]]
    assert shell.run("event list --name order-error | length") == [1]
    assert shell.output.notes == []


def test_no_fewer_events_are_counted_than_were_cut(shell: Shell) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run("event list | where name == note | event revoke | ignore")
    assert shell.output.notes == ["these are the 10 newest events; `event list --limit 0` gives all"]


@pytest.mark.parametrize(
    "program",
    [
        "event list --limit 10 | where name == rare",
        "event list -l 0 | length",
        "event list -l 10",
        "event list | first",
        "event list | get name",
        "event list | select name",
        "(event list | get name | first) == note",
        "event list; 1",
        "let events = event list",
    ],
)
def test_the_shell_says_nothing_of_a_limit_that_was_chosen_or_does_not_matter(shell: Shell, program: str) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.run(program)
    assert shell.output.notes == []


def test_the_shell_says_nothing_where_nothing_was_cut(shell: Shell) -> None:
    shell.run('1..10 | each {|n| "x" | .append event "note" } | ignore')
    shell.run("event list | where name == rare\nevent list\nevent list | length")
    assert shell.output.notes == []


def test_what_a_failed_line_would_have_said_is_not_said_of_the_next(shell: Shell) -> None:
    shell.run('1..13 | each {|n| "x" | .append event "note" } | ignore')
    shell.error("event list | where nosuch == 1")
    shell.run("1 + 1")
    assert shell.output.notes == []


@pytest.mark.parametrize(
    "form",
    [
        *("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"),
        *("%Y-%m-%dT%H:%M:%S%z", " %Y-%m-%d %H:%M "),
    ],
)
def test_times_can_be_given_as_tables_show_them(
    shell: Shell, form: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    # Half an hour off the full one, so that a time in UTC would be another one.
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    request.addfinalizer(time.tzset)
    request.addfinalizer(monkeypatch.undo)
    shell.run('"x" | .append event note')
    now = shell.session.now()
    assert now.utcoffset() == datetime.timedelta(hours=5, minutes=30)
    before, after = (now + datetime.timedelta(days=days) for days in (-1, 1))
    assert shell.value(f"event list --since '{before.strftime(form)}' --until '{after.strftime(form)}' | length") == 1
    if "%S" in form:
        close = (now + datetime.timedelta(minutes=minutes) for minutes in (-2, 2))
        since, until = (each.strftime(form) for each in close)
        assert shell.value(f"event list --since '{since}' --until '{until}' | length") == 1
        assert shell.value(f"event list --until '{since}' | length") == 0


@pytest.mark.parametrize(
    "text", ["yesterday", "", "2026-13-01", "13:00", "9999-12-31 23:59:59-12:00", "2026-11-23 1pm"]
)
def test_what_is_no_time_is_explained(shell: Shell, text: str) -> None:
    error = shell.error(f"event list --since '{text}'")
    assert error.code == "stk::run::cant_convert"
    assert error.help is not None
    assert "2026-11-21 08:30:00" in error.help


@pytest.mark.parametrize("name", ["ACTION", "action", "Action"])
def test_a_type_is_found_in_any_case(shell: Shell, name: str) -> None:
    shell.run(f'"x" | .append event a --type {name}; ["x" "y"] | .append event b --type {name}')
    assert shell.value("event list | get type_name") == ["ACTION"] * 3
    assert shell.value(f"event list --type {name} -l 0 | length") == 3
    assert shell.value("event list --type none") == []


def test_of_types_that_differ_in_capital_letters_the_exact_one_is_taken(shell: Shell, database: TestDatabase) -> None:
    database.rows(
        "insert into private.stk_event_type (name, search_key, type_enum)"
        " values ('Login', 'l1', 'ACTION'), ('login', 'l2', 'ACTION')"
    )
    shell.run("'x' | .append event a --type Login; 'x' | .append event b --type login")
    assert shell.value("event list --type Login | get name") == ["a"]
    assert shell.value("event list --type login | get name") == ["b"]
    assert shell.value("event list --type LOGIN | get name") == ["b", "a"]
    assert shell.error("'x' | .append event c --type LOGIN").code == "stk::event::ambiguous_type"


def test_events_of_a_revoked_type_are_still_found(shell: Shell, database: TestDatabase) -> None:
    shell.run("'x' | .append event a --type ACTION")
    database.rows("update private.stk_event_type set revoked = now() where name = 'ACTION'")
    assert shell.value("event list --type ACTION | get name") == ["a"]
    assert shell.error("'x' | .append event b --type ACTION").code == "stk::event::revoked_type"


def test_an_unknown_type_is_an_error_with_the_nearest_name(shell: Shell) -> None:
    error = shell.error("event list --type actoin")
    assert (error.code, error.help) == ("stk::event::unknown_type", "Did you mean `ACTION`?")
    assert error.labels[0].span.text == "actoin"


def test_a_long_list_can_be_worked_on_while_it_is_read(shell: Shell) -> None:
    shell.run('1..1200 | each {|n| {n: $n} } | .append event "bulk" | ignore')
    program = "event list --limit 0 | where record_json.n mod 100 == 0 | each {|e| event revoke $e.uu } | length"
    assert shell.value(program) == 12
    assert shell.value("event list --limit 0 | length") == 1188


# event get


@pytest.mark.parametrize(
    "program",
    [
        "event get {uu}",
        'event get "{uu}"',
        "event get --uu {uu}",
        '"{uu}" | event get',
        '"{uu}" | event get $in',
        "{{uu: '{uu}'}} | event get",
        "let row = {{uu: '{uu}'}}; event get $row",
        "event list | get 0 | event get",
        "event get {upper}",
        "event get {prefix}",
        "event get {bare}",
    ],
)
def test_one_event_is_named_in_many_ways(shell: Shell, program: str) -> None:
    uu = uu_of(shell.value('"a" | .append event "x"'))
    text = program.format(uu=uu, upper=uu.upper(), prefix=uu[:23], bare=uu.replace("-", ""))
    assert record(shell.value(text))["uu"] == uu


@pytest.mark.parametrize(
    ("prefix", "uu"),
    [
        ("12345678", "12345678-1234-4678-9012-123456789abc"),
        ("0192", "01923456-789a-7abc-9def-123456789abc"),
        ("1e10", "1e10cafe-789a-4abc-9def-123456789abc"),
        ("0b01", "0b01cafe-789a-4abc-9def-123456789abc"),
        ("2025-03-01", "20250301-789a-4abc-9def-123456789abc"),
    ],
)
def test_the_beginning_of_a_uu_is_one_also_where_it_looks_like_a_number(
    shell: Shell, database: TestDatabase, prefix: str, uu: str
) -> None:
    database.rows(f"insert into private.stk_event (uu, name) values ('{uu}', 'x')")
    assert uu_of(shell.value(f"event get {prefix}")) == uu
    assert uu_of(shell.value(f"event get --uu {prefix}")) == uu
    assert shell.value(f".append event y --attach {prefix} | event get | get table_name_uu_json.uu") == uu
    assert uu_of(shell.value(f"event revoke {prefix}")) == uu


def test_a_table_gives_a_table_of_events(shell: Shell) -> None:
    shell.run('["a" "b"] | .append event "x" | ignore')
    assert shell.value("event list | event get | get record_json.text") == ["b", "a"]
    assert shell.value("event list | get uu | event get | length") == 2
    assert shell.value("[] | event get") == []


def test_an_unknown_event_is_null_with_a_note(shell: Shell) -> None:
    assert shell.value(f"event get {UNKNOWN}") is None
    assert shell.output.notes == [f"there is no event {UNKNOWN}; `event list --all --limit 0` shows all there are"]
    assert shell.value("event get 0000abcd") is None


def test_a_beginning_that_several_have_in_common_lists_them(shell: Shell) -> None:
    shell.run('["a" "b"] | .append event "twin" | ignore')
    first = str(shell.value("event list | get 0.uu"))
    error = shell.error(f"event get {first[:6]}")
    assert error.code == "stk::event::ambiguous"
    assert error.help is not None
    assert all(uu in error.help for uu in (first, str(shell.value("event list | get 1.uu"))))
    assert re.search(r"twin  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", error.help)


def test_of_many_with_the_same_beginning_a_few_are_listed(shell: Shell, database: TestDatabase) -> None:
    database.rows(
        "insert into private.stk_event (uu, name)"
        " select ('0000abcd-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'many' from generate_series(1, 120) n"
    )
    error = shell.error("event get 0000abcd")
    assert error.help is not None
    assert error.help.count("many") == 5
    assert error.help.endswith("and at least 95 more; more digits tell them apart")
    error = shell.error("event revoke 0000abcd-0000-7000-8000-00000000001")
    assert error.help is not None
    assert error.help.endswith("and 5 more; more digits tell them apart")


@pytest.mark.parametrize(
    ("program", "hint"),
    [
        ("event get what", "event get --uu $uu"),
        ("event revoke what", "event revoke --uu $uu"),
        ("'x' | .append event a --attach what", "--attach 01a20567"),
        ("event revoke 0000abcd", "Nothing was changed. `event list --all --limit 0`"),
    ],
)
def test_hints_speak_of_the_command_that_was_used(shell: Shell, program: str, hint: str) -> None:
    assert hint in (shell.error(program).help or "")


@pytest.mark.parametrize(
    "program", ["event get 01a", "event get xyz1", 'event get ""', "event get 5.5", "event get", "{a: 1} | event get"]
)
def test_what_names_no_event_is_an_error(shell: Shell, program: str) -> None:
    assert shell.error(program).code == "stk::event::no_uu"


# event revoke


def test_revoking_marks_an_event_once(shell: Shell) -> None:
    uu = uu_of(shell.value('"a" | .append event "x"'))
    revoked = record(shell.value(f"event revoke {uu}"))
    assert list(revoked) == ["uu", "name", "revoked", "is_revoked"]
    assert (revoked["uu"], revoked["name"], revoked["is_revoked"]) == (uu, "x", True)
    again = shell.error(f"event revoke {uu[:20]}")
    assert again.code == "stk::event::already_revoked"
    assert re.fullmatch(r"revoked \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by stk_login", again.labels[0].text)
    assert record(shell.value(f"event get {uu}"))["revoked"] == revoked["revoked"]


def test_every_row_of_a_table_is_revoked(shell: Shell) -> None:
    shell.run('["a" "b" "c"] | .append event "x" | ignore')
    assert shell.value("event list | where record_json.text != c | event revoke | length") == 2
    assert shell.value("event list | get record_json.text") == ["c"]
    assert shell.value("[] | event revoke") == []


@pytest.mark.parametrize("spoiler", ["unknown", "revoked"])
def test_of_a_table_all_or_none_are_revoked(shell: Shell, spoiler: str) -> None:
    shell.run('["a" "b" "c"] | .append event "x" | ignore')
    uus = [row["uu"] for row in rows(shell.value("event list"))]
    bad = UNKNOWN
    if spoiler == "revoked":
        bad = str(uus.pop())
        shell.run(f"event revoke {bad}")
    error = shell.error(f"[{' '.join(map(str, uus))} {bad}] | event revoke")
    assert error.code == f"stk::event::{'unknown_event' if spoiler == 'unknown' else 'already_revoked'}"
    assert bad in error.headline
    assert shell.value("event list | length") == len(uus)


@pytest.mark.parametrize(
    "program", [f"event revoke {UNKNOWN}", "event revoke 0000abcd", f"{{uu: '{UNKNOWN}'}} | event revoke"]
)
def test_revoking_an_unknown_event_fails(shell: Shell, program: str) -> None:
    assert shell.error(program).code == "stk::event::unknown_event"


def test_the_types_and_the_overview(shell: Shell) -> None:
    assert list(rows(shell.value("event types"))[0]) == [
        "name",
        "type_enum",
        "is_default",
        "description",
        "search_key",
        "uu",
    ]
    assert "event list" in str(shell.value("event"))


@pytest.mark.parametrize(
    ("line", "label"),
    [("use moduls *", "did you mean `modules`?"), ("use modules/stk_evnt *", "did you mean `modules/stk_event`?")],
)
def test_an_unknown_module_is_an_error_with_the_nearest_name(pure: Shell, line: str, label: str) -> None:
    error = pure.error(line)
    assert error.code == "stk::parse::module_not_found"
    assert error.labels[0].text == label


def test_a_sentence_as_a_name_is_told_how_it_becomes_a_text(shell: Shell) -> None:
    shell.value('.append event "Bob came in late"')
    assert '"Bob came in late" | .append event note' in shell.output.notes[0]
    shell.output.notes.clear()
    shell.value('"Bob" | .append event "came in late"; .append event "heart-beat"; .append event "a b" --json {n: 1}')
    assert shell.output.notes == []
