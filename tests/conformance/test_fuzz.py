"""No program ends otherwise than with a value or an error of ours, and none takes long to read."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stk_shell.parse.highlight import highlight
from stk_shell.parse.scope import Scope
from stk_shell.wiring import FRAMES
from tests.conformance.cases import cases
from tests.conformance.fuzz import program, trouble
from tests.conformance.grammar import programs
from tests.fixtures.shells import REGISTRY, Shell


@pytest.fixture(autouse=True)
def frames() -> Iterator[None]:
    """As deep a stack as the program has."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(FRAMES)
    yield
    sys.setrecursionlimit(before)


@settings(max_examples=1500, deadline=None)
@given(source=st.randoms(use_true_random=False))
def test_programs_that_nobody_would_write(source: object) -> None:
    text = program(source)  # type: ignore[arg-type]
    assert trouble(text) is None, text
    highlight(text, Scope(), REGISTRY)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=programs)
def test_programs_of_the_grammar_end_with_a_value_or_an_error_of_ours(text: str) -> None:
    assert trouble(text, harmless=True) is None, text


@pytest.mark.parametrize(
    "text",
    [
        "let x = def f [a: int] { 1 }",
        "361.5e361sec",
        "3iB",
        "{a: 1} | get { $in }",
        'match (1 + 1) { 2 => "two", if _ => "no" }',
        "match 1 { if => 2 }",
        "[1 2] | sort-by [1]",
        "error make",
        "try",
        "catch { }",
        "{|x",
        "export",
        "export def",
        "use",
        "\x00",
        "\ud800",
    ],
)
def test_programs_that_made_trouble_once(text: str) -> None:
    assert trouble(text) is None


@pytest.mark.parametrize(
    "use",
    ["$x", "$x == $x", "$x | describe", "$x | to nuon", '$"($x)"', "[$x $x] | sort", "[$x $x] | uniq", "$x | flatten"],
)
def test_values_nested_without_end_are_values_or_an_error_of_ours(use: str) -> None:
    assert trouble(f"mut x = []; for i in 1..10000 {{ $x = [$x] }}; {use}", harmless=True) is None


@pytest.mark.parametrize("opening", ["(", "[", "{", "{|x| ", "$'(", "if true { ", "1 + (", "[[", "not (", "...["])
def test_ten_thousand_brackets_are_an_error_at_once(pure: Shell, opening: str) -> None:
    closing = {"(": ")", "[": "]", "{": "}"}
    for text in (
        opening * 10_000,
        opening * 10_000 + "1" + "".join(closing.get(sign, "") for sign in reversed(opening)) * 10_000,
    ):
        start = time.process_time()
        assert pure.error(text).headline
        assert time.process_time() - start < 1


def longest_of(kind: str) -> str:
    """A program of 10 kB."""
    pieces = {
        "lines": "let x = [1 2 3] | where $it > 1\n",
        "stages": "| where $it > 1 ",
        "operators": "+ 1 ",
        "items": "abc ",
        "entries": "key: 1, ",
        "strings": '"a (1) \\n" ',
        "interpolations": "$'(1)' ",
        "closures": "| each {|x| $x } ",
        "comments": "# comment\n",
        "unknown": "unknwon_command\n",
        "flags": "first --flag ",
        "quotes": "\"'`",
        "definitions": "def f [a: int, b?: string] { $a }\n",
        "declarations": "let x = ",
        "assignments": "$x = ",
        "members": ".a",
        "branches": "else if true { 1 } ",
        "arms": "1 => 2, ",
        "broken strings": '$"(',
        "misspelt": "[1] | wher\n",
        "lambdas": "r => ",
    }
    before = {
        "stages": "[1] ",
        "operators": "1 ",
        "items": "[",
        "strings": "[",
        "interpolations": "[",
        "closures": "[1] ",
        "members": "{a: 1}",
        "branches": "if true { 1 } ",
        "arms": "match 1 { ",
        "lambdas": "[1] | each ",
    }
    after = {"items": "]", "strings": "]", "interpolations": "]"}
    count = 10_000 // len(pieces[kind])
    return before.get(kind, "") + pieces[kind] * count + after.get(kind, "")


@pytest.mark.parametrize(
    "kind",
    [
        *("lines", "stages", "operators", "items", "entries", "strings", "interpolations", "closures", "comments"),
        *("unknown", "flags", "quotes", "definitions", "declarations", "assignments", "members", "branches", "arms"),
        *("broken strings", "misspelt", "lambdas"),
    ],
)
def test_ten_kilobytes_are_read_in_no_time(kind: str) -> None:
    text = longest_of(kind)
    highlight("1", Scope(), REGISTRY)
    start = time.process_time()
    assert trouble(text) is None
    highlight(text, Scope(), REGISTRY)
    assert time.process_time() - start < 1


def test_the_conformance_programs_are_coloured_without_trouble() -> None:
    for case in cases():
        pieces = highlight(case.program, Scope(), REGISTRY)
        assert all(first.end <= second.start for first, second in itertools.pairwise(pieces))
