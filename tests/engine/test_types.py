"""Types: what is refused before anything runs, and what variables and parameters take."""

from __future__ import annotations

import pytest

from stk_shell.model.known import known_kind
from stk_shell.model.values import Value
from tests.fixtures.shells import Shell
from tests.parse.helpers import only


def code(shell: Shell, program: str) -> str:
    """The last word of the code of the error that the program ends with."""
    return shell.error(program).code.rpartition("::")[2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5", "int"),
        ("null", "nothing"),
        ("1 + 2 * 3", "int"),
        ("1 + 2.5", "float"),
        ("4 / 2", "float"),
        ("(1 + 2) ** 3", "int"),
        ("1 == 'a'", "bool"),
        ("not true", "bool"),
        ("[[a]; [1]]", "list"),
        ("{a: 1}", "record"),
        ("$'a(1)'", "string"),
        ("{|x| $x }", "closure"),
        ("1..3", "range"),
        ("1 < 2", None),
        ("'a' =~ 'b'", None),
        ("{a: 1}.a", None),
        ("([1] | first)", None),
        ("1day + 1day", None),
    ],
)
def test_the_type_of_an_expression_is_known_where_it_is_certain(text: str, kind: str | None) -> None:
    assert known_kind(only(text)) == kind


@pytest.mark.parametrize(
    "program",
    [
        "if false { 1 + 'a' }",
        "def f [] { [1] < [2] }",
        "try { 1day + 1 } catch { 2 }",
        "false and 1",
        "true or (1 + 1)",
        "let x = 5; if false { $x + 'a' }",
        "let x: duration = 1day; true or ($x == 1 and $x)",
    ],
)
def test_types_that_never_go_together_are_refused_before_anything_runs(pure: Shell, program: str) -> None:
    assert code(pure, f"print before\n{program}").startswith("operator_")
    assert pure.output.shown == []


def test_a_line_that_is_refused_defines_nothing(pure: Shell) -> None:
    pure.error("let x = 1; 1 + 'a'")
    assert code(pure, "$x") == "variable_not_found"


def test_a_line_that_fails_leaves_no_variable_behind(pure: Shell) -> None:
    pure.run("let x = 1")
    pure.error("let y = 2; let x = 1 / 0; let z = 3")
    assert pure.run("[$x $y]") == [[1, 2]]
    assert code(pure, "$z") == "variable_not_found"
    pure.run("let z = null")
    assert pure.run("$z") == [None]


@pytest.mark.parametrize("program", ["false and (1 / 0 > 1)", "true or (null > 1)", "{|a b| $a < $b }", "[1] == 1"])
def test_what_may_go_together_is_not_refused(pure: Shell, program: str) -> None:
    pure.value(program)


@pytest.mark.parametrize(
    ("declaration", "value"),
    [
        ("int", "5"),
        ("number", "1.5"),
        ("list<int>", "[1 2]"),
        ("oneof<int, string>", "'a'"),
        ("record<a: int>", "{a: 1, b: 2}"),
        ("record<a: record<b: list<string>>>", "{a: {b: [x]}}"),
        ("record<a>", "{a: x}"),
        ("table<a: int, b: string>", "[[a b]; [1 x]]"),
        ("list<record<a: int>>", "[[a]; [1]]"),
    ],
)
def test_a_variable_takes_what_has_its_type(pure: Shell, declaration: str, value: str) -> None:
    assert pure.value(f"let x: {declaration} = {value}; $x") == pure.value(f"let x = {value}; $x")


@pytest.mark.parametrize(
    ("declaration", "value"),
    [
        ("float", "5"),
        ("list", "1..3"),
        ("list<string>", "[1]"),
        ("record<a: int>", "{a: x}"),
        ("record<a: int>", "{b: 1}"),
        ("record<a: float>", "{a: 1}"),
        ("table<a: int>", "[[b]; [1]]"),
        ("table<a: int>", "{a: 1}"),
        ("oneof<int, float>", "'a'"),
    ],
)
def test_a_variable_takes_nothing_else(pure: Shell, declaration: str, value: str) -> None:
    assert code(pure, f"let x: {declaration} = {value}") == "type_mismatch"
    assert code(pure, f"mut x: {declaration} = {value}") == "type_mismatch"


@pytest.mark.parametrize("program", ["mut x = 1; $x = 'a'", "mut x = 1.0; $x = 2", "mut x = [1]; $x = 1"])
def test_a_variable_that_changes_keeps_its_type(pure: Shell, program: str) -> None:
    assert code(pure, program) == "operator_incompatible_types"


@pytest.mark.parametrize("name", ["a-b", "a.b", "a+b", "5", "a!", "-", "(x)", "'a'"])
def test_what_is_no_name_is_refused(pure: Shell, name: str) -> None:
    assert code(pure, f"let {name} = 1") == "variable_not_valid"


@pytest.mark.parametrize("program", ["let in = 1", "mut env = 1", "def f [nu] { }", "for env in [1] { }"])
def test_the_names_of_the_language_are_taken(pure: Shell, program: str) -> None:
    assert code(pure, program) == "name_is_builtin_var"


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("def f [x = 's'] { $x }; f 5", "5"),
        ("def f [x = 1.5] { $x }; f 5", 5.0),
        ("def f [--x = 5] { $x }; f --x 7", 7),
        ("def f [x = null] { $x }; f", None),
        ("def f [r: list<string>] { $r }; f [1 2]", ["1", "2"]),
        ("def f (x) { $x }; f 1", 1),
        ("def f [r: record<a: int>] { $r.a }; f {a: 1}", 1),
        ("def f []: nothing -> oneof<int, string> { 5 }; f", 5),
    ],
)
def test_a_parameter_takes_what_its_type_or_default_says(pure: Shell, program: str, value: Value) -> None:
    found = pure.value(program)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("program", "ending"),
    [
        ("def f [x = 5] { $x }; f a", "parse_mismatch"),
        ("def f [--v: bool] { $v }", "parse_mismatch"),
        ("def f [] -> int { 5 }", "parse_mismatch"),
        ("def f []: int { 5 }", "parse_mismatch"),
        ("def f []: nothing -> nosuch { 5 }", "unknown_type"),
        ("def --nosuch f [] { 5 }", "unknown_flag"),
        ("def f [] { 1 }; def f [] { 2 }", "duplicate_command_def"),
        ("def f [a = 1, b] { $b }", "required_after_optional"),
        ("def f [a?, b] { $b }", "required_after_optional"),
        ("def f []: nothing -> int { 'a' }", "output_type_mismatch"),
        ("def f []: any -> float { 5 }", "output_type_mismatch"),
        ("def f [r: record<a: int>] { $r }; f (do {|x| $x } {b: 1})", "cant_convert"),
    ],
)
def test_a_definition_that_does_not_fit_is_refused(pure: Shell, program: str, ending: str) -> None:
    assert code(pure, program) == ending


@pytest.mark.parametrize("program", ["let y = 1; const x = $y", "const x = ([1] | each {|y| $y })"])
def test_a_constant_is_made_of_constants(pure: Shell, program: str) -> None:
    assert code(pure, program) == "not_a_constant"
    assert pure.value("const a = 1; const b = $a + 1; $b") == 2
