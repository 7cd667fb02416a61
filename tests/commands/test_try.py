"""What `catch` is told: the words that nushell's programs compare with."""

from __future__ import annotations

import json

import pytest

from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("do {|a b| $a + $b } 1 'x'", "Types 'int' and 'string' are not compatible for the '+' operator."),
        ("do {|a b| $a < $b } 1 'x'", "Types 'int' and 'string' are not compatible for the '<' operator."),
        ("do {|a b| $a and $b } 1 true", "The 'and' operator does not work on values of type 'int'."),
        ("do {|a b| $a - $b } 'x' 'y'", "The '-' operator does not work on values of type 'string'."),
        ("do {|a| not $a } 5", "Can't convert to boolean."),
        ("if (do {|a| $a } 5) { 1 }", "Can't convert to boolean."),
        ("def f [x: int] { $x }; f (do {|x| $x } 'a')", "Can't convert to int."),
        ("do {|x| $x }", "Missing parameter: x."),
        ("[...(do {|x| $x } 5)]", "Not a list"),
        ("{...(do {|x| $x } 5)}", "Not a record"),
        ("{a: 1, ...{a: 2}}", "Record field or table column used twice: a"),
        ("0..2..-5", "Can't convert range to countable values"),
        ("{a: 1}.b", "Cannot find column 'b'"),
        ("[1 2].5", "Row number too large (max: 1)."),
        ("[].0", "Row number too large (empty content)."),
        ("1 // 0", "Division by zero."),
        ("9223372036854775807 + 1", "Operator overflow."),
        ("do {|a b| $a =~ $b } 'a' '('", "Unsupported input"),
    ],
)
def test_messages_are_those_of_nushell(pure: Shell, program: str, message: str) -> None:
    assert pure.value(f"try {{ {program} }} catch {{|error| $error.msg }}") == message


def test_the_record_has_the_places_and_a_code_unless_it_is_the_users_own(pure: Shell) -> None:
    told = json.loads(str(pure.value("try { 1 // 0 } catch {|error| $error.json }")))
    assert (told["code"], told["labels"][0]["text"]) == ("stk::run::division_by_zero", "this is zero")
    own = json.loads(str(pure.value("try { error make {msg: a, help: b} } catch {|error| $error.json }")))
    assert (own["msg"], own["help"], own["code"]) == ("a", "b", None)
