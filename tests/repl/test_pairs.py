"""Brackets and quotes in pairs, and indentation, while an entry is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import scan
from stk_shell.repl import pairs

CASES = Path(__file__).parents[1] / "conformance" / "cases.jsonl"
PROGRAMS = [json.loads(line)["program"] for line in CASES.read_text().splitlines()]


def press(buffer: Buffer, key: str) -> None:
    """Press a key as somebody who types; a new line is Alt-Enter."""
    if key in pairs.SIGNS:
        pairs.type_sign(buffer, key, alone=True)
    elif key == "\n":
        pairs.new_line(buffer)
    elif key == "\b":
        pairs.erase(buffer, buffer.delete_before_cursor)
    else:
        buffer.insert_text(key)


def after(start: str, keys: str) -> str:
    """What is there after some keys; `^` is the cursor."""
    at = start.index("^")
    buffer = Buffer(document=Document(start.replace("^", ""), at))
    for key in keys:
        press(buffer, key)
    return f"{buffer.text[: buffer.cursor_position]}^{buffer.text[buffer.cursor_position :]}"


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("^", "(", "(^)"),
        ("a ^", "{[", "a {[^]}"),
        ("^ | b", "(", "(^) | b"),
        ("^", '"', '"^"'),
        ("a ^", "'", "a '^'"),
        ("^", "`", "`^`"),
        ("$^", '"', '$"^"'),
        ("f --x=^", "'", "f --x='^'"),
    ],
)
def test_what_opens_puts_its_partner_behind_the_cursor(start: str, keys: str, end: str) -> None:
    assert after(start, keys) == end


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("^word", "(", "(^word"),
        ("^$x", "(", "(^$x"),
        ("^(1)", "[", "[^(1)"),
        ("^word", '"', '"^word'),
        ("it^", "'", "it'^"),
        ('"a ^', "(", '"a (^'),
        ('"a ^"', "'", '"a \'^"'),
        ("# it ^", "(", "# it (^"),
        ("r#^", "'", "r#'^"),
    ],
)
def test_nothing_is_paired_before_words_behind_words_in_strings_and_in_comments(
    start: str, keys: str, end: str
) -> None:
    assert after(start, keys) == end


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("^", "()", "()^"),
        ("^", "[1 (2)]", "[1 (2)]^"),
        ("^", '"a"', '"a"^'),
        ("^", '"a\\"b"', '"a\\"b"^'),
        ("((^)", ")", "(()^"),
        ("(1^", ")", "(1)^"),
        ("(1)^)", ")", "(1))^)"),
        ("x {^\n}", "1}", "x {1}^"),
        ("x {\n  1\n  ^\n}", "}", "x {\n  1\n}^"),
    ],
)
def test_what_closes_is_typed_over_its_partner(start: str, keys: str, end: str) -> None:
    assert after(start, keys) == end


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("^", "([\b\b", "^"),
        ("a ^", '"\b', "a ^"),
        ("(^ )", "\b", "^ )"),
        ("((^)", "\b", "(^"),
        ('"(^)"', "\b", '"^)"'),
        ('a"^"', "\b", "a^"),
        ('"a"^"b"', "\b", '"a^"b"'),
    ],
)
def test_backspace_deletes_an_empty_pair(start: str, keys: str, end: str) -> None:
    assert after(start, keys) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("a | b {|x| (1^)}", "^"),
        ("a [(1^)] | b", "^ | b"),
        ("'a^' b", "^ b"),
        ("(1)^)", "^)"),
        ("(1^ )", "^ )"),
    ],
)
def test_with_what_opens_what_closes_right_behind_the_cursor_is_deleted(start: str, end: str) -> None:
    buffer = Buffer(document=Document(start.replace("^", ""), start.index("^")))
    pairs.erase(buffer, lambda: buffer.delete_before_cursor(buffer.cursor_position))
    assert buffer.text == end.removeprefix("^")


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("x {^}", "\n", "x {\n  ^\n}"),
        ("x {^", "\n1\n}", "x {\n  1\n}^"),
        ("^", "x {|a|\ny [\n1\n]\n}", "x {|a|\n  y [\n    1\n  ]\n}^"),
        ("^", "a |\nb |\nc\nd", "a |\n  b |\n  c\nd^"),
        ("^", "x {\na |\nb\nc\n}", "x {\n  a |\n    b\n  c\n}^"),
        ("  a^", "\n", "  a\n  ^"),
        ('x {\n  "a^', "\nb", 'x {\n  "a\nb^'),
    ],
)
def test_lines_are_indented(start: str, keys: str, end: str) -> None:
    assert after(start, keys) == end


@pytest.mark.parametrize(
    ("goes_on", "texts"),
    [
        (True, ("x {^}", "x {|a b|^}", "x '^'", "x {\n  a^\n}", 'x {\n  "a^"\n}')),
        (False, ("x (1^)", "x 'a^'", "a^b", "# a^", "#^", "x {^} | y", "x^")),
    ],
)
def test_enter_goes_on_in_brackets_that_were_just_opened_or_in_a_line_above(
    texts: tuple[str, ...], *, goes_on: bool
) -> None:
    buffers = [Buffer(document=Document(text.replace("^", ""), text.index("^"))) for text in texts]
    assert {pairs.goes_on(buffer) for buffer in buffers} == {goes_on}


def test_what_comes_with_many_other_keys_puts_nothing_behind_the_cursor() -> None:
    buffer = Buffer()
    for sign in "([{\"'":
        pairs.type_sign(buffer, sign, alone=False)
    assert (buffer.text, buffer.cursor_position) == ("([{\"'", 5)


def test_every_program_can_be_typed_key_by_key() -> None:
    for program in PROGRAMS:
        lines = [line.strip() for line in program.split("\n")]
        typed, _, left = after("^", "\n".join(lines)).rpartition("^")
        assert [line.strip() for line in typed.split("\n")] == lines
        assert not left.strip() or scan(Source(program)).problems, program
