"""The commands on texts, where their examples do not show it: units, scripts, cells, errors, what is pulled."""

from __future__ import annotations

import time

import pytest

from stk_shell.model.stream import Stream, TextStream
from stk_shell.model.values import Value
from tests.fixtures.shells import Shell

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("'é' | str length", 2),
        ("'é' | str length --chars", 1),
        (rf"'{FAMILY}x' | str length --grapheme-clusters", 2),
        (r'"\r\n" | str length -g', 1),
        (r'"e\u{301}" | split chars', ["e", "\u0301"]),
        (r'"e\u{301}" | split chars -g', ["e\u0301"]),
        ("'日本語' | str substring 0..2", "日"),
        ("'日本語' | str substring -g 1..", "本語"),
        ("'日本語' | str substring 1..2", "\ufffd\ufffd"),
        ("'wörld' | str index-of r", 3),
        ("'wörld' | str index-of r -g", 2),
        ("'banana' | str index-of an -r ..3 --end", 1),
        ("'banana' | str index-of an -r 9..", -1),
        ("'hello' | str substring 3..1", ""),
        ("'hello' | str substring (-9)..1", "he"),
        ("'日本' | fill -w 3 -c .", "日本."),
        ("'x' | fill -w 4 -a c", " x  "),
        ("'x' | fill -w 4 -a middleright", "  x "),
        ("[1.0 2.5 1kb] | fill -w 4 -a r", ["   1", " 2.5", "1000"]),
        ("'é ab' | split words -l 2", ["é", "ab"]),
        ("'é ab' | split words -l 2 -g", ["ab"]),
    ],
)
def test_positions_are_bytes_unless_asked_otherwise(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("'Straße' | str contains -i SS", True),
        ("'ÉCOLE' | str starts-with -i éc", True),
        ("'straße' | str upcase", "STRASSE"),
        ("'élan' | str capitalize", "Élan"),
        (r'"\u{a0}a\u{3000}" | str trim | str length -c', 3),
        (r'"\u{b} a\t" | str trim', "a"),
        ("'xxaxx' | str trim -l -r -c x", "a"),
        ("' a ' | str trim -c ''", "a"),
        ("'XMLHttpRequest_2 done' | str kebab-case", "xml-http-request-2-done"),
        ("'2FA loginFailed v1.0Beta' | str snake-case", "2fa_login_failed_v1_0beta"),
        ("'user_ID' | str camel-case", "userId"),
        ("'___' | str pascal-case", ""),
        ("'日本 text' | str screaming-snake-case", "日本_TEXT"),
    ],
)
def test_letters_of_all_scripts_and_blanks_of_ascii_alone(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("{a: x, b: y} | str upcase a", {"a": "X", "b": "y"}),
        ("{a: {b: x}} | str upcase a.b", {"a": {"b": "X"}}),
        ("[[a b]; [x y]] | str upcase a b", [{"a": "X", "b": "Y"}]),
        ("{Name: x} | str upcase name!", {"Name": "X"}),
        ("{a: ' x ', n: 1, deep: {b: [' y ' 2]}} | str trim", {"a": "x", "n": 1, "deep": {"b": ["y", 2]}}),
        ("[[a]; [x-y]] | str replace - _ a", [{"a": "x_y"}]),
        ("{a: kitten} | str distance sitting a", {"a": 3}),
    ],
)
def test_cells_are_changed_where_they_are_named(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("['a' 1] | str upcase", "only_supports_this_input_type"),
        ("[[a]; [x] [null]] | str upcase a", "only_supports_this_input_type"),
        ("{a: x} | str upcase b", "column_not_found"),
        ("{a: x} | str upcase b?", "only_supports_this_input_type"),
        ("['x'] | str upcase 0", "incompatible_path_access"),
        ("[ab] | str distance ab", "input_type_mismatch"),
        ("'a' | str length -g -b", "incompatible_parameters"),
        ("'a' | split chars -g -c", "incompatible_parameters"),
        ("'a' | split words -g", "incompatible_parameters"),
        ("'a' | split words -l -1", "needs_positive_value"),
        ("'a,b' | split row , -n -1", "needs_positive_value"),
        ("'a' | fill -w -1", "needs_positive_value"),
        ("'a' | fill -w 99999999999999", "incorrect_value"),
        ("'a' | str substring 1.5..2", "type_mismatch"),
        ("'héllo' | str index-of l -r 2..", "out_of_bounds"),
        ("'abc' | str replace -r '(' x", "incorrect_value"),
        ("'abc' | parse -r '('", "regex"),
        ("'a' | parse '{x'", "delimiter_error"),
        ("'a' | parse '{a b}'", "incorrect_value"),
        ("['a' 5] | parse '{x}'", "only_supports_this_input_type"),
        ("{a: 1} | format pattern '{a'", "delimiter_error"),
        ("[{a: 1} {b: 2}] | format pattern '{a}'", "column_not_found"),
        ("'xx' | str trim -c xx", "error"),
        ("char nope", "type_mismatch"),
        ("char", "missing_parameter"),
        ("char -u d800", "cant_convert"),
        ("char -i 1114112", "cant_convert"),
        ("char -u 61 zz", "cant_convert"),
    ],
)
def test_what_does_not_fit_is_an_error_of_its_own(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_null_in_a_column_comes_with_what_to_do_about_it(pure: Shell) -> None:
    assert "`default`" in (pure.error("[[a]; [x] [null]] | str upcase a").help or "")


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("'abc' | str replace -ar 'b*' -", "-a-c-"),
        (r'"a\nb" | str replace -am "^" "> "', "> a\n> b"),
        (r'"a\nb" | str replace -am "$" ";"', "a;\nb;"),
        ("'ab' | str replace -ar '(?<x>a)|(?<y>b)' '<$x${y}>'", "<a><b>"),
        ("'b' | str replace -r '(b)' '$$1 $1x $9 ${1}x $'", "$1   bx $"),
        ("'b' | str replace -nr '(b)' '$1'", "$1"),
        ("'a+b' | str replace + '$1'", "a$1b"),
        ("'abc' | str replace --all '' -", "-a-b-c-"),
        ("'abc' | split row ''", ["", "a", "b", "c", ""]),
        ("'a1b2c' | split row -r '[0-9]' -n 2", ["a", "b2c"]),
        ("'a,b' | split row , -n 0", []),
        ("'a--b' | split column - --collapse-empty x y", [{"x": "a", "y": "b"}]),
        ("['a-b' 'c'] | split column - x y", [{"x": "a", "y": "b"}, {"x": "c"}]),
    ],
)
def test_places_are_found_as_in_nushell(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "rows"),
    [
        ("'a b c' | parse '{x} {y}'", [{"x": "a", "y": "b c"}]),
        ("'a b' | parse '{x}{y}'", [{"x": "", "y": "a b"}]),
        ("'ab' | parse 'a{_}'", [{}]),
        ("'abab' | parse 'ab{x}ab'", [{"x": ""}]),
        ("'aba' | parse 'ab{x}ba'", []),
        ("'{a}' | parse '{{{x}}'", [{"x": "a"}]),
        ("'a}b' | parse '{x}}{y}'", [{"x": "a", "y": "b"}]),
        ("'same' | parse 'same'", [{}]),
        (r'"a\nb c" | parse "{x} {y}"', [{"x": "a\nb", "y": "c"}]),
        ("['ok 1' 'bad' 'ok 2'] | parse 'ok {n}'", [{"n": "1"}, {"n": "2"}]),
        ("'ab' | parse -r '(?<x>a)|(b)'", [{"x": "a", "capture1": None}, {"x": None, "capture1": "b"}]),
    ],
)
def test_patterns_take_texts_apart(pure: Shell, program: str, rows: list[Value]) -> None:
    assert pure.value(program) == rows


def test_a_pattern_of_many_columns_takes_no_time_on_a_text_that_does_not_fit(pure: Shell) -> None:
    pattern = " ".join(f"{{c{number}}}" for number in range(20))
    start = time.process_time()
    assert pure.value(f"$in | parse '{pattern}!'", " ".join(["word"] * 20_000)) == []
    assert time.process_time() - start < 2


def test_text_from_outside_is_taken_apart_line_by_line(pure: Shell) -> None:
    pulled = []

    def pieces() -> Value:
        pulled.append(1)
        return f"user {len(pulled)}\nuser"

    text = TextStream(iter(lambda: str(pieces()), ""))
    assert pure.value("parse 'user {n}' | first | get n", text) == "1"
    assert len(pulled) < 5


@pytest.mark.parametrize(
    "program", ["str upcase", "split row -", "parse '{x}'", "split column -", "fill", "split chars"]
)
def test_a_list_is_pulled_no_further_than_needed(pure: Shell, program: str) -> None:
    pulled = 0

    def items() -> str:
        nonlocal pulled
        pulled += 1
        return "a"

    pure.value(f"{program} | first 2", Stream(iter(items, None)))
    assert pulled <= 3


def test_a_note_on_a_cut_list_goes_through(pure: Shell) -> None:
    for program in ("str upcase", "split row -", "parse '{x}'", "format pattern 'x'"):
        pure.run(f"{program} | length", Stream([], lambda: "only the newest"))
        assert pure.output.notes.count("only the newest") == 1, program
        pure.output.notes.clear()


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[a null 2.0 true] | str join -", "a--2.0-true"),
        ("[2025-03-01T10:20:30+02:00] | str join", "Sat, 1 Mar 2025 10:20:30 +0200"),
        ("[[a b] {x: 1, y: 2}] | str join ' '", "[a\nb] {x: 1\ny: 2}"),
        ("{a: 1.50, b: null, c: [1 2]} | format pattern '{a}|{b}|{c}|{d?}|}'", "1.5||[1, 2]||}"),
        ("{a: {b: 1}} | format pattern '{a.b}{}'", "1"),
    ],
)
def test_values_become_texts(pure: Shell, program: str, value: str) -> None:
    assert pure.value(program) == value


def test_the_list_of_characters_shows_no_character_that_would_break_it(pure: Shell) -> None:
    rows = pure.value("char --list")
    assert isinstance(rows, list)
    shown = {row["name"]: row["character"] for row in rows if isinstance(row, dict)}
    assert (shown["newline"], shown["bel"], shown["tab"]) == ("", "", "\t")
    assert len(rows) == len(shown)


def test_control_sequences_go_and_tabs_stay(pure: Shell) -> None:
    assert pure.value(r'"\e[38;5;200mx\e[0m\t\e]8;;http://a\e\\y" | ansi strip') == "x\ty"
