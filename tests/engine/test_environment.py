"""`$env` and `$nu`."""

from __future__ import annotations

import os

import pytest

from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("$env.X = 1; do { $env.X = 2 }; $env.X", 1),
        ("$env.X = 1; do --env { $env.X = 2 }; $env.X", 2),
        ("$env.X = 1; if true { $env.X = 2 }; $env.X", 2),
        ("$env.X = 1; for i in 1..3 { $env.X = $i }; $env.X", 3),
        ("$env.X = 1; try { $env.X = 2; error make {msg: a} } catch { }; $env.X", 2),
        ("$env.X = 1; try { do { $env.X = 2; error make {msg: a} } } catch { }; $env.X", 1),
        ("$env.X = 1; [1 2] | each {|i| $env.X = $i }; $env.X", 1),
        ("$env.X = 1; def f [] { $env.X = 2; $env.X }; [(f) $env.X]", [2, 1]),
        ("$env.X = 1; def --env f [] { $env.X = 2 }; f; $env.X", 2),
        ("def --env g [] { $env.X = 4 }; $env.X = 1; def f [] { g; $env.X }; [(f) $env.X]", [4, 1]),
        ("$env.X = 1; def f [] { load-env {X: 2}; $env.X }; [(f) $env.X]", [2, 1]),
        ("$env.X = 1; let f = {|...r| $env.X = $r; $env.X }; [(do $f 5 6) $env.X]", [[5, 6], 1]),
        ("$env.X = 1; do { do --env { $env.X = 2 }; $env.X }", 2),
        ("$env.X = 1; with-env {X: 2} { $env.X = 3 }; $env.X", 1),
        ("with-env {X: 2} { [1 2] | each { $env.X } }", [2, 2]),
        ("def f [] { $env.X? }; [(with-env {X: 9} { f }) (f)]", [9, None]),
        ("do { $env.X = 1; hide-env X; $env.X? }", None),
    ],
)
def test_what_a_closure_or_command_changes_ends_with_it(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("$env.Team = 1; $env.TEAM", 1),
        ("$env.TEAM = 1; $env.team = 2; [$env.TEAM $env.Team]", [2, 2]),
        ("$env.team = {a: 1}; $env.TEAM.a = 2; $env.team", {"a": 2}),
        ("$env.team = {a: 1}; $env.TEAM.b?", None),
        ("$env.team = 1; 'TEAM' in $env", False),
    ],
)
def test_a_variable_is_found_whatever_its_case(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "ending"),
    [
        ("$env.HOMES", "column_not_found"),
        ("$env.team = {a: 1}; $env.TEAM.b", "column_not_found"),
        ("hide-env HOMES", "env_variable_not_found"),
        ("$env = {a: 1}", "cannot_replace_env"),
        ("$env.0", "type_mismatch"),
    ],
)
def test_a_variable_that_there_is_not_is_an_error(pure: Shell, program: str, ending: str) -> None:
    error = pure.error(program)
    assert error.code.rpartition("::")[2] == ending
    assert ending == "cannot_replace_env" or error.labels


def test_a_misspelt_variable_is_told_from_those_that_there_are(pure: Shell) -> None:
    assert "`HOME`" in pure.error("$env.HOMES").labels[0].text


def test_what_stk_knows_of_the_system_is_at_hand(pure: Shell) -> None:
    assert pure.value("$nu.pid") == os.getpid()
    assert pure.value("$nu.home-path") == os.path.expanduser("~")
    assert pure.error("$nu.nosuch").code == "stk::run::column_not_found"


def test_an_error_can_be_passed_over(pure: Shell) -> None:
    assert pure.value("[(do -i { 1 / 0 }) (do -i { 5 }) (do -c { 6 })]") == [None, 5, 6]
    assert pure.error("do -c { [0] | each {|x| 1 / $x } }").code == "stk::run::division_by_zero"
