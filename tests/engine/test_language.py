"""What programs mean: values, variables, scopes, closures, control flow, and their errors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stk_shell.model.stream import TextStream
from stk_shell.model.values import Duration, Value
from tests.fixtures.shells import Shell

DAY = 86_400 * 10**9


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("{a: 1, b: [1 2], ...{c: 3}}", {"a": 1, "b": [1, 2], "c": 3}),
        ("[...[a b] c]", ["a", "b", "c"]),
        ("[[a b]; [1 2] [3 4]]", [{"a": 1, "b": 2}, {"a": 3, "b": 4}]),
        ("let k = 'key'; {$k: 1, $'x($k)': 2}", {"key": 1, "xkey": 2}),
        ("{a: 1 b: 2}", {"a": 1, "b": 2}),
        ("[-1 - 2]", [-1, "-", 2]),
        (r'"a\tb\u{e9}\"" ', 'a\tbé"'),
        ("r#'it's \\n'#", "it's \\n"),
        ("`a b`", "a b"),
        ("0x[ff 00]", b"\xff\x00"),
        ("[a#b c]", ["a#b", "c"]),
        ("7 / 2", 3.5),
        ("7 // -2", -4),
        ("-7 mod 3", 2),
        ("2 ** 10", 1024),
        ("1day + 2hr", Duration(DAY + 7200 * 10**9)),
        ("1wk / 1day", 7.0),
        ("1day / 2", Duration(DAY // 2)),
        ("(2025-03-10 - 2025-03-01) / 1day", 9.0),
        ("'ab' ++ 'cd'", "abcd"),
        ("[1 2] ++ [3]", [1, 2, 3]),
        ("'note.txt' =~ '^note'", True),
        ("4 not-in [1 2 3]", True),
        ("'at' in 'cat'", True),
        ("{a: 1} has a", True),
        ("null < 1", None),
        ("null == null", True),
        ("not false and true", True),
        ("false and (1 / 0 > 1)", False),
    ],
)
def test_an_expression_has_a_value(pure: Shell, program: str, value: Value) -> None:
    found = pure.value(program)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("let x = 1; let x = $x + 10; $x", 11),
        ("let x = 1\nif true {\n  let x = 2\n}\n$x", 1),
        ("let x = [1 2] | each {|n| $n + 1 } | length; $x", 2),
        ("let base = 10; let add = {|n| $n + $base }; do $add 5", 15),
        ("let adder = {|n| {|x| $x + $n } }; do (do $adder 5) 10", 15),
        ("mut n = 1; $n += 4; $n", 5),
        ("mut r = {a: {b: 1}}; $r.a.b = 2; $r.c = 3; $r", {"a": {"b": 2}, "c": 3}),
        ("mut xs = [1]; $xs ++= [2]; $xs.0 = 9; $xs", [9, 2]),
        ("mut s = null; $s = 'now a text'; $s", "now a text"),
        ("mut n = 0; let keep = {|x| $x }; $n = (do $keep 3); $n", 3),
        ("$env.STK_TEST = 'x'; $env.STK_TEST", "x"),
        ("$env.HOME", "/home/ana"),
        ("def f [a, b = 2, ...c] { [$a $b $c] }; f 1", [1, 2, []]),
        ("def f [a, ...c] { [$a $c] }; f 1 2 3", [1, [2, 3]]),
        ("def f [x: float, --loud (-l)] { [$x $loud] }; f 2 -l", [2.0, True]),
        ("def double [] { $in * 2 }; 5 | double", 10),
        ("def evens [] { where $it mod 2 == 0 }; [1 2 4] | evens", [2, 4]),
        ("def f [n: int] { if $n <= 1 { 1 } else { $n * (f ($n - 1)) } }; f 10", 3628800),
        ("def even [n] { if $n == 0 { true } else { odd ($n - 1) } }\n"
         "def odd [n] { if $n == 0 { false } else { even ($n - 1) } }\neven 10", True),
        ("let x = 1; def f [] { $x + 1 }; f", 2),
        ("alias firsts = first 2; [1 2 3] | firsts", [1, 2]),
        ("do {|...r| $r } 1 2 3", [1, 2, 3]),
        ("do {|x?| $x }", None),
        ("do {|x: int = 5| $x }", 5),
        ("1..3 | each {|x| let f = {|y| $x + $y }; do $f 10 }", [11, 12, 13]),
    ],
)  # fmt: skip
def test_names_mean_what_they_were_given(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("5 | $in + 1 | $in * 2", 12),
        ("5 | ($in + 1 | $in * 2) + $in", 17),
        ("5 | do { let x = 3; $in + $x }", 8),
        ("5 | do { 1; $in }", 5),
        ("[3 1] | {a: ($in | length)}", {"a": 2}),
        ("[1 2 3] | if true { length }", 3),
        ('"abc" | (describe)', "string"),
        ("{a: 1} | if $in.a == 1 { 'one' }", "one"),
        ("[1 2] | each { $in * 10 }", [10, 20]),
        ("let c = {|x| $in}; 5 | do $c 6", 5),
        (r'"a\nb" | do { let count = lines | length; $count }', 2),
        (r'"a\nb" | do { let rows = (lines); $rows }', ["a", "b"]),
        ("[1 2]\n| each {|x| $x + 1 }\n# between\n| length", 2),
        ("(\n  1\n  + 2\n)", 3),
    ],
)
def test_what_is_piped_in_is_in_reach(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("9223372036854775807 + 1", "operator_overflow"),
        ("9223372036854775807 * 2", "operator_overflow"),
        ("1 / 0", "division_by_zero"),
        ("1.0 / 0.0", "division_by_zero"),
        ("1 mod 0", "division_by_zero"),
        ("2 ** -1", "incorrect_value"),
        ('1 + "a"', "operator_incompatible_types"),
        ("[1] + [2]", "operator_unsupported_type"),
        ("2025-03-01 + 5", "operator_incompatible_types"),
        ("[x] | where $it > 3", "operator_incompatible_types"),
        ("1 and true", "operator_unsupported_type"),
        ("not 5", "cant_convert"),
        ("if 1 { 2 }", "cant_convert"),
        ("let r = {a: 1}; {...$r, a: 2}", "column_defined_twice"),
        ("let r = 1..3; [...$r]", "cannot_spread_as_list"),
        ("let x: int = 'a'", "type_mismatch"),
        ("mut n = 1; $n = 'a'", "operator_incompatible_types"),
        ("mut n = 9; $n /= 2", "operator_incompatible_types"),
        ("mut r = {a: 1}; $r.b += 1", "column_not_found"),
        ("do {|a, b| $a } 1", "missing_parameter"),
        ("def f [x: int] { $x }; let v = ('a' | describe); f $v", "cant_convert"),
        ("5 | length", "input_type_mismatch"),
        ("'abc' | do { length }", "input_type_mismatch"),
        ("null | do { lines }", "input_type_mismatch"),
        ("[1] | first | lines", "input_type_mismatch"),
        ("null | first", "input_type_mismatch"),
        ("def f []: int -> int { $in }; 'a' | f", "input_type_mismatch"),
        ("def f [] { f }; f", "recursion_limit_reached"),
        ("'a' =~ '['", "unsupported_input"),
        ("9999-12-31 + 1000wk", "operator_overflow"),
        ("[1 2] | where $it", "type_mismatch"),
    ],
)
def test_what_cannot_be_done_is_an_error_at_a_place(pure: Shell, program: str, code: str) -> None:
    error = pure.error(program)
    assert error.code == f"stk::run::{code}"
    assert error.labels
    assert all(label.span.source.text for label in error.labels)


@pytest.mark.parametrize(
    ("program", "labels"),
    [
        ("1 and true", [("1", "this is an int"), ("and", "`and` takes bools")]),
        ("true and 1", [("1", "this is an int"), ("and", "`and` takes bools")]),
        ("false or null", [("null", "this is null"), ("or", "`or` takes bools")]),
        ("true xor 1", [("true", "bool"), ("xor", "`xor` takes bools"), ("1", "this is an int")]),
        ("2 + [1]", [("2", "int"), ("+", ""), ("[1]", "this is a list")]),
        ("5 | length", [("length", "an int comes in here"), ("5", "it comes from here")]),
        ("[5] | get 0 | length", [("length", "an int comes in here"), ("get 0", "it comes from here")]),
        ("[1] | each { 1 | first }", [("first", "an int comes in here"), ("1", "it comes from here")]),
        ("def f []: int -> int { $in }; 'a' | f", [("f", "a string comes in here"), ("'a'", "it comes from here")]),
    ],
)
def test_labels_point_at_what_is_wrong_and_where_it_comes_from(
    pure: Shell, program: str, labels: list[tuple[str, str]]
) -> None:
    assert [(label.span.text, label.text) for label in pure.error(program).labels] == labels


def test_who_pipes_in_a_list_of_what_a_command_takes_learns_of_each(pure: Shell) -> None:
    assert "`each { into duration }`" in str(pure.error("['1hr' '2hr'] | into duration").help)
    assert "each" not in str(pure.error("[[1]] | into duration").help)


def test_each_line_shows_its_value_but_not_what_ends_with_a_semicolon(pure: Shell) -> None:
    assert pure.run("1\n2; 3\nlet x = 4\n$x\nnull\nprint 5") == [1, 3, 4, None, 5]


def test_variables_and_commands_stay_for_the_next_program(pure: Shell) -> None:
    pure.run("let x = 5\ndef double [n] { $n * 2 }\nalias two = first 2\nmut n = 1")
    assert pure.run("double $x\n[1 2 3] | two | length\n$n += 1\n$n") == [10, 2, 2]


def test_a_program_that_cannot_be_read_leaves_no_names_behind(pure: Shell) -> None:
    pure.error("let x = 5; nosuch")
    assert pure.error("$x").code == "stk::parse::variable_not_found"


def test_a_program_runs_up_to_its_error(pure: Shell) -> None:
    pure.error("1\n2\n[] | first\n3")
    assert pure.output.shown == [1, 2]


def test_an_infinite_source_is_read_no_further_than_needed(pure: Shell) -> None:
    assert pure.value("1.. | where $it mod 2 == 0 | each {|x| $x * 10 } | first 3") == [20, 40, 60]


@pytest.mark.parametrize("parameter", ["a: string@names", "a: string@[Ana 'Bo Li']", "a: string@[Ana, Bo] = Ana"])
def test_what_nushell_completes_a_parameter_with_may_stand_behind_its_type(pure: Shell, parameter: str) -> None:
    assert pure.value(f"def names [] {{ [Ana Bo] }}; def greet [{parameter}, n?: int] {{ $a }}; greet Ana 1") == "Ana"
    assert pure.value(f"def names [] {{ [] }}; def greet [--{parameter}] {{ $a }}; greet --a Bo") == "Bo"


def test_what_is_piped_into_the_program_is_read_only_where_it_is_taken(pure: Shell) -> None:
    def pieces() -> Iterator[str]:
        yield str(pytest.fail("nobody asked for this"))

    assert pure.value("1 + 1", TextStream(pieces())) == 2
    assert pure.value("date now | describe", TextStream(pieces())) == "datetime"
    for types in ("nothing -> int", "[nothing -> int, int -> int]"):
        assert pure.value(f"def f []: {types} {{ 3 }}; f", TextStream(pieces())) == 3
    assert pure.value("lines", TextStream(iter(["a\nb", "c\n"]))) == ["a", "bc"]
    assert pure.value("$in", TextStream(iter([]))) is None
    assert pure.error("length", TextStream(iter(["a"]))).code == "stk::run::input_type_mismatch"


def test_what_is_piped_into_the_program_waits_for_the_first_pipeline_that_reads_it(pure: Shell) -> None:
    assert pure.value("def count [] { let n = 1; lines | length }; let x = 1; count", TextStream(iter(["a\nb"]))) == 2
    assert pure.value("let rows = lines; $rows", TextStream(iter(["a\nb"]))) == ["a", "b"]
    assert pure.value("lines | length; describe", TextStream(iter(["a\nb"]))) == "nothing"


def test_a_comparison_of_null_with_a_text_is_null(pure: Shell) -> None:
    assert pure.value("[[a]; [null] [xy] [z]] | where a =~ x | get a") == ["xy"]
    assert pure.value("[[a]; [null] [xy] [z]] | where a !~ x | get a") == ["z"]
    assert pure.value("[[a]; [null] [xy] [z]] | where a starts-with x | get a") == ["xy"]
    assert pure.value("[[a]; [null] [xy] [z]] | where a not-ends-with y | get a") == ["z"]


def test_lines_of_a_long_input_come_one_by_one(pure: Shell) -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "line\n" * 1000

    assert pure.value("lines | first 3", TextStream(endless())) == ["line", "line", "line"]
