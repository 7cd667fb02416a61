"""Operators, row conditions, and the words of values."""

from __future__ import annotations

import pytest

from stk_shell.model import syntax
from stk_shell.parse import is_incomplete
from tests.parse.helpers import grouped, only, parsed, problems


@pytest.mark.parametrize(
    ("text", "with_parentheses"),
    [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 * 2 + 3", "((1 * 2) + 3)"),
        ("2 ** 3 ** 2", "(2 ** (3 ** 2))"),
        ("10 - 4 - 3", "((10 - 4) - 3)"),
        ("1 < 2 == true", "((1 < 2) == true)"),
        ("true or true and false", "(true or (true and false))"),
        ("true xor false and false", "(true xor (false and false))"),
        ("not true and false", "((not true) and false)"),
        ("not not true", "(not (not true))"),
        ("1 + 1 in [2]", "((1 + 1) in [2])"),
        ("[1] ++ [2] == [1 2]", "(([1] ++ [2]) == [1 2])"),
        ("2025-03-01 + 3day > 2025-03-02", "((2025-03-01 + 3day) > 2025-03-02)"),
        ("1 bit-or 2 bit-and 3", "(1 bit-or (2 bit-and 3))"),
        ('"a" like "b"', '("a" =~ "b")'),
    ],
)
def test_operators_bind_as_in_nushell(text: str, with_parentheses: str) -> None:
    assert grouped(only(text)) == with_parentheses


def condition(text: str) -> syntax.Node:
    """The expression that a row condition tests."""
    program = parsed(f"[[a]; [1]] | where {text}")
    assert program.problems == ()
    stage = program.block.pipelines[0].stages[1].expression
    assert isinstance(stage, syntax.Call)
    closure = stage.arguments[0].value
    assert isinstance(closure, syntax.ClosureNode)
    return closure.function.body.pipelines[0].stages[0].expression


def columns(node: syntax.Node) -> list[str]:
    """The columns of the row that a node looks at, in order."""
    if isinstance(node, syntax.Access) and isinstance(node.head, syntax.Variable):
        return [str(node.path)]
    if isinstance(node, syntax.Operation):
        return columns(node.left) + columns(node.right)
    return columns(node.operand) if isinstance(node, syntax.Not) else []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a == b", ["a"]),
        ("a == 1 and b == 2", ["a", "b"]),
        ("a and b", ["a"]),
        ("not ok", ["ok"]),
        ("ok", ["ok"]),
        ("r.x? > 1", ["r.x?"]),
        ('"two words" == 1', ['"two words"']),
        ("$it.a == $it.b", ["a", "b"]),
        ("tags has x", ["tags"]),
    ],
)
def test_a_bare_word_on_the_left_is_a_column(text: str, names: list[str]) -> None:
    assert columns(condition(text)) == names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 +", "incomplete_math_expression"),
        ("not", "incomplete_math_expression"),
        ("1 2", "parse_mismatch"),
        ("'abc' 'def'", "parse_mismatch"),
        ("1 = 2", "unknown_operator"),
        ("true && false", "unknown_operator"),
        ("true || false", "shell_or"),
        ("1 + 2 > out.txt 3", "parse_mismatch"),
        ("[[a b]; [1 2 3]]", "extra_columns"),
        ("[[a b]; [1]]", "missing_columns"),
        ("{a: 1, a: 2}", "column_defined_twice"),
        ("{a:}", "parse_mismatch"),
        ('"a\\qb"', "invalid_escape"),
        ('"\\u{zz}"', "invalid_escape"),
        ("0x[zz]", "invalid_binary_string"),
        ('"a"b', "extra_token_after_closing_delimiter"),
        ("$x.", "variable_not_found"),
        ("{a: 1}.", "parse_mismatch"),
        ("$nobody", "variable_not_found"),
        ('$"hello ($nobody)"', "variable_not_found"),
        ("if true { let y = 1 }; $y", "variable_not_found"),
        ("let in = 5", "name_is_builtin_var"),
        ("let x = 1; $x = 2", "assignment_requires_mutable_variable"),
        ("[1] | let x = $in", "unexpected_keyword"),
        ("mut x = 1; [1] | each {|n| $x += $n }", "expected_keyword"),
        ("let x 5", "missing_positional"),
        ("where", "missing_positional"),
        ("[1] | first --nope", "unknown_flag"),
        ("event list --limit", "missing_flag_param"),
        ("event list --limit abc", "parse_mismatch"),
        ("event list 5", "extra_positional"),
        ("nosuchcommand 1", "unknown_command"),
        ("3month", "unknown_command"),
        ("def f [x: inta] { }", "unknown_type"),
        ("[1 2] | each 5", "parse_mismatch"),
    ],
)
def test_what_is_wrong_has_a_code_and_a_place(text: str, code: str) -> None:
    found = problems(text)
    assert code in [problem.code for problem in found]
    for problem in found:
        assert problem.headline
        for label in problem.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        *("(1 + 2", "[1 2", "{a: 1", '"abc', "1 +", "event list |", "def f [] {", "let x =", "if true {", "1 + (2 *"),
        *("[1 2] | each {|x|", "if 1 == 1 {", "1 ==", 'let y = "a'),
    ],
)
def test_a_text_that_ends_too_early_is_incomplete(text: str) -> None:
    assert is_incomplete(parsed(text))


@pytest.mark.parametrize("text", ["1 + 2)", "nosuch 1", "event list 5", "[1 2] | where", "1 2", "$nobody", "let x 5"])
def test_a_text_that_is_wrong_is_not_incomplete(text: str) -> None:
    assert not is_incomplete(parsed(text))
