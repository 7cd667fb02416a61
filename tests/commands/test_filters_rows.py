"""Commands that choose rows and columns: what their examples do not show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stk_shell.model.stream import Stream, TextStream
from stk_shell.model.values import Value
from tests.fixtures.shells import Shell


@pytest.mark.parametrize(
    "stage",
    [
        "take 3",
        "skip 1",
        "skip",
        "drop 3",
        "drop nth 1 5..",
        "slice 1..4",
        "take while { $in < 9 }",
        "take until { $in > 9 }",
        "skip while { $in < 3 }",
        "skip until { $in > 3 }",
        "where $it mod 2 == 0",
        "filter { $in mod 2 == 0 }",
        "each { $in }",
        "each --flatten { [$in $in] }",
        "each while { $in }",
        "append 5",
        "prepend 0",
        "compact",
        "find --regex '.'",
        "uniq",
        "select 0 1",
        "reject 0 5",
        "insert 1 9",
        "update 1 9",
        "upsert 1 9",
        "each {|n| {n: $n} } | select n",
        "each {|n| {n: $n, m: 1} } | reject m",
        "each {|n| {n: $n} } | update n { $in + 1 }",
        "each {|n| {n: $n} } | insert m 1",
        "each {|n| {n: $n} } | upsert m {|row| $row.n }",
        "each {|n| {n: $n} } | update cells { $in }",
        "each {|n| {n: $n} } | default 0 m",
        "each {|n| {n: $n, m: 1} } | drop column",
        "each {|n| {n: $n} } | compact n",
    ],
)
def test_rows_come_before_the_source_has_ended(pure: Shell, stage: str) -> None:
    assert isinstance(pure.value(f"1.. | {stage} | first 2"), list)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("any { $in > 3 }", True), ("all { $in < 3 }", False), ("is-empty", False), ("is-not-empty", True)],
)
def test_a_question_is_answered_as_soon_as_it_can_be(pure: Shell, question: str, answer: bool) -> None:  # noqa: FBT001
    assert pure.value(f"1.. | {question}") is answer


@pytest.mark.parametrize(
    "stage", ["take 2", "take while { $in < 2 }", "each while { if $in < 2 { 1 } }", "slice 0..1", "select 1"]
)
def test_nothing_is_read_behind_the_last_row(pure: Shell, stage: str) -> None:
    read: list[Value] = []

    def source() -> Iterator[Value]:
        for number in range(1, 9):
            read.append(number)
            yield number

    pure.value(stage, Stream(source()))
    assert read == [1, 2]


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[1 2] | take 0", []),
        ("[1 2] | take 9", [1, 2]),
        ("[1 2] | skip 9", []),
        ("[1 2] | drop 0", [1, 2]),
        ("[1 2] | drop 9", []),
        ("0x[01 02 03] | take 2", b"\x01\x02"),
        ("0x[01 02 03] | skip 2", b"\x03"),
        ("0x[01 02] | first", 1),
        ("0x[01 02] | last", 2),
        ("0x[01 02] | first 1", b"\x01"),
        ("0x[01 02] | last 9", b"\x01\x02"),
        ("[a b c d] | drop nth 3 0 9", ["b", "c"]),
        ("[a b c d] | drop nth 0 2..", ["b"]),
        ("[a b c d] | drop nth 1..<3", ["a", "d"]),
        ("[a b c d] | drop nth", ["a", "b", "c", "d"]),
        ("[a b c d e f] | slice (-3)..(-2)", ["d", "e"]),
        ("[a b c d e f] | slice 1..-2", ["b", "c", "d", "e"]),
        ("[a b c d e f] | slice (-2)..", ["e", "f"]),
        ("[a b c d e f] | slice (-1)..(-1)", ["f"]),
        ("[a b c d e f] | slice 4..9", ["e", "f"]),
        ("[a b c d e f] | slice 3..1", []),
        ("[1 2] | slice 0..9223372036854775807", [1, 2]),
        ("[1 2] | select 9223372036854775807", []),
        ("[1 2] | take 9223372036854775807", [1, 2]),
        ("[1 2] | skip 9223372036854775807", []),
        ("[1 2] | drop 9223372036854775807", []),
        ("[{a: 1, b: 2} {a: 3, b: 4, c: 5}] | drop column", [{"a": 1}, {"a": 3, "c": 5}]),
        ("[{a: 1, b: 2}] | drop column 9", [{}]),
        ("[1 2 1] | take while { null }", []),
        ("[1 null] | each --keep-empty { $in }", [1, None]),
        ("[1 2] | each --flatten {|n| if $n == 1 { [] } else { 1..2 } }", [1, 2]),
        ("[1 null 3] | each while { $in }", [1]),
    ],
)
def test_rows_are_chosen(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("[{a: 1} {b: 2}] | reject a?", [{}, {"b": 2}]),
        ("[{a: 1} {b: 2}] | reject --optional a", [{}, {"b": 2}]),
        ("{A: 1, b: 2} | reject --ignore-case a", {"b": 2}),
        ("{a: 1} | reject a a", {}),
        ("[[a b]; [1 2] [3 4]] | reject 1 a", [{"b": 2}]),
        ("[[a b]; [1 2] [3 4]] | reject 5? 0", [{"a": 3, "b": 4}]),
        ("{r: [[x y]; [1 2] [3 4]]} | reject r.x", {"r": [{"y": 2}, {"y": 4}]}),
        ("{r: [[x y]; [1 2] [3 4]]} | reject r.0", {"r": [{"x": 3, "y": 4}]}),
        ("{r: {x: 1}} | reject r.y?", {"r": {"x": 1}}),
        ("{r: {x: [1 2 3]}} | reject r.x.1 r.x.9?", {"r": {"x": [1, 3]}}),
        ("{A: 1} | select --ignore-case a", {"a": 1}),
        ("{a: 1} | select -i b", {"b": None}),
        ("{a: 1} | get -i b", None),
        ("{a: 1} | select", {"a": 1}),
        ("[[a b]; [1 2] [3 4]] | select 1 b 9", [{"b": 4}]),
        ("[{r: {x: 1}} {r: {}}] | select r.x?", [{"r.x": 1}, {"r.x": None}]),
        ("[{a: 1} {b: 2, a: 3}] | columns", ["a", "b"]),
        ("[{a: 1} {b: 2, a: 3}] | values", [[1, 3], [2]]),
        ("[] | columns", []),
    ],
)
def test_columns_are_chosen(pure: Shell, program: str, value: Value) -> None:
    assert pure.value(program) == value


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("[1 2] | take (-1)", "needs_positive_value"),
        ("[1 2] | skip (-1)", "needs_positive_value"),
        ("[1 2] | drop (-1)", "needs_positive_value"),
        ("[[a]; [1]] | drop column (-1)", "needs_positive_value"),
        ("[1 2] | drop nth (-1)", "unsupported_input"),
        ("[1 2] | drop nth 1..0", "unsupported_input"),
        ("[1 2] | slice 0.5..1", "type_mismatch"),
        ("{a: 1} | take 1", "input_type_mismatch"),
        ("'abc' | skip", "input_type_mismatch"),
        ("0x[] | first", "access_beyond_end"),
        ("[1 2] | columns", "input_type_mismatch"),
        ("[1 2] | each { $in } | columns", "only_supports_this_input_type"),
        ("[1 2] | each { $in } | values", "only_supports_this_input_type"),
        ("[1 2] | each { $in } | drop column", "only_supports_this_input_type"),
        ("[[a]; [1]] | reject b", "column_not_found"),
        ("[{a: 1, b: 2} {a: 3}] | reject b", "column_not_found"),
        ("{a: 5} | reject a.b", "column_not_found"),
        ("[[a]; [1]] | reject 5", "access_beyond_end"),
        ("[[a]; [1]] | reject 0.a", "error"),
        ("[[a]; [1]] | select 0.a", "error"),
        ("{r: {x: 1}} | reject r.0", "not_a_list"),
        ("[1 2] | reject a", "column_not_found"),
        ("[1 2] | any { 5 }", "type_mismatch"),
        ("[1 2] | all { 'true' }", "type_mismatch"),
        ("[1 2] | filter { 5 }", "type_mismatch"),
        ("[1 2] | skip until { [] }", "type_mismatch"),
        ("[1 2] | take while {|n| $n.a }", "incompatible_path_access"),
    ],
)
def test_what_cannot_be_chosen_is_an_error(pure: Shell, program: str, code: str) -> None:
    assert pure.error(program).code == f"stk::run::{code}"


def test_a_missing_row_is_told_once_the_source_has_ended(pure: Shell) -> None:
    assert pure.value("[a b] | each { $in } | reject 7 | first") == "a"
    assert pure.error("[a b] | each { $in } | reject 7").help is not None


@pytest.mark.parametrize(
    "stage", ["skip 1", "drop", "find login", "sort", "uniq", "any { false }", "compact", "is-empty"]
)
def test_what_depends_on_all_rows_says_that_the_source_was_cut(pure: Shell, stage: str) -> None:
    rows: list[Value] = [{"name": "login"}, {"name": "note"}]
    pure.run(stage, Stream(rows, lambda: "there are more"))
    assert pure.output.notes == ["there are more"]


def test_find_reads_piped_text_line_by_line(pure: Shell) -> None:
    def pieces() -> Iterator[str]:
        yield "an err"
        yield "or\nfine\nerror 2\nlate"
        raise AssertionError("nobody wants this")

    assert pure.value("find error | first 2", TextStream(pieces())) == ["an error", "error 2"]
