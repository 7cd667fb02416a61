"""Loops, `match`, `try`, and leaving early."""

from __future__ import annotations

import pytest

from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("mut s = 0; for x in [1 2 3] { $s += $x }; $s", 6),
        ("mut s = 0; for x in 1..3 { for y in 1..2 { if $y == 2 { continue }; $s += $x * $y } }; $s", 6),
        ("mut s = []; for row in [[a]; [1] [2] [3]] { if $row.a == 3 { break }; $s ++= [$row.a] }; $s", [1, 2]),
        ("mut s = []; for x in 'abc' { $s ++= [$x] }; $s", ["abc"]),
        ("mut n = 0; for x in null { $n += 1 }; $n", 0),
        ("mut n = 0; while $n < 5 { $n += 2 }; $n", 6),
        ("mut n = 0; loop { $n += 1; if $n mod 2 == 1 { continue }; if $n > 5 { break } }; $n", 6),
        ("let r = for x in [1 2] { $x }; $r", None),
        ("def f [] { for x in [1 2 3] { if $x == 2 { return $x } }; 9 }; f", 2),
        ("def f [] { try { 1 / 0 } catch { return 3 }; 4 }; f", 3),
        ("mut n = 0; for x in 1..3 { try { error make {msg: a} } catch { continue }; $n += 1 }; $n", 0),
        ("[1 2 3] | each {|x| if $x == 2 { return null }; $x }", [1, 3]),
        ("do { return 5; 6 } | $in + 1", 6),
    ],
)
def test_loops_and_leaving_early(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("match 5 { $x if $x > 3 => big, _ => small }", "big"),
        ("match a { a | b => 1 }", 1),
        ("match 3 { 1..5 => in }", "in"),
        ("match 1 { 2 => 3 }", None),
        ("match [1 2 3] { [$a, $b] => 1, [$a, ..$r] if ($r | length) == 2 => $r }", [2, 3]),
        ("match {a: 1, b: {c: 2}} { {a: 1, b: {c: $c}} => $c }", 2),
        ("match 2hr { 120min => same }", "same"),
        ("5 | match 1 { 1 => { $in } }", 5),
        (r'"a\nb" | match 1 { 1 => { lines } }', ["a", "b"]),
        ("[note x] | each {|k| match $k { note => N, _ => '-' } }", ["N", "-"]),
        ("match {kind: x} { {$kind} => $kind }", "x"),
    ],
)
def test_match_takes_the_first_arm_that_fits(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("try { 5 } catch { 0 }", 5),
        ("try { 1 / 0 }", None),
        ("try { 1 / 0 } catch {|e| $e.msg }", "Division by zero."),
        ("try { 1 / 0 } catch { $in.msg }", "Division by zero."),
        ("try { {a: 1} | get b } catch {|e| $e.msg }", "Cannot find column 'b'"),
        ("try { [1] | get 3 } catch {|e| $e.msg }", "Row number too large (max: 0)."),
        ("try { 1..3 | get 7 } catch {|e| $e.msg }", "Row number too large (max: 2)."),
        ("try { [] | first } catch {|e| $e.msg }", "Row number too large (empty content)."),
        ("try { [1 x] | each {|v| $v + 1 } } catch { 'bad' }", "bad"),
        ("mut x = 0; try { $x = 5; 1 / 0 } catch { 3 }; $x", 5),
        ("try { try { 1 / 0 } catch { error make {msg: second} } } catch {|e| $e.msg }", "second"),
        ("let handler = {|e| $e.msg }; try { error make {msg: m} } catch $handler", "m"),
        ("5 | try { $in + 1 }", 6),
        (
            "try { 1 / 0 } catch {|e| $e | describe }",
            "record" + "<msg: string, debug: string, raw: string, rendered: string, json: string>",
        ),
        (
            "try { error make {msg: m, label: {text: t}, help: h} } catch {|e| $e.json | from json | get labels.0.text help }",
            ["t", "h"],
        ),
    ],
)
def test_try_goes_on_after_an_error(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("error make {msg: plain}", "stk::run::error"),
        ("error make {}", "stk::run::error"),
        ("while 1 { break }", "stk::run::type_mismatch"),
        ("[1 2] | each {|x| continue }", "stk::parse::not_in_a_loop"),
        ("break", "stk::parse::not_in_a_loop"),
        ("for x in [1] { each { break } }", "stk::parse::not_in_a_loop"),
        ("for x [1] { }", "stk::parse::expected_keyword"),
        ("try { exit 3 } catch { 4 }; nosuch", "stk::parse::unknown_command"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_a_place(pure: Shell, program: str, code: str) -> None:
    error = pure.error(program)
    assert error.code == code
    assert error.labels


def test_an_error_of_ones_own_points_where_it_says(pure: Shell) -> None:
    error = pure.error("error make {msg: m, label: {text: here, span: {start: 0, end: 5}}, help: 'do so'}")
    assert (error.headline, error.labels[0].span.text, error.labels[0].text, error.help) == (
        "m",
        "error",
        "here",
        "do so",
    )
    assert pure.error("error make --unspanned {msg: m}").headline == "m"
