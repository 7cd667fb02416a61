"""Where strings, comments and brackets begin and end."""

from __future__ import annotations

import random

import pytest

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import MAX_DEPTH, _Scanner, scan


def ends(text: str) -> dict[str, str]:
    """What each delimiter encloses, by the delimiter and its place."""
    found = scan(Source(text))
    assert found.problems == ()
    return {f"{text[start]}{start}": text[start:end] for start, end in found.ends.items()}


def codes(text: str) -> list[tuple[str, bool]]:
    """The code of each problem, and whether more text could mend it."""
    return [(problem.code, problem.incomplete) for problem in scan(Source(text)).problems]


def test_brackets_know_their_ends() -> None:
    assert ends("a [b (c)] {d}") == {"[2": "[b (c)]", "(5": "(c)", "{10": "{d}"}


def test_what_stands_in_a_string_is_text() -> None:
    assert ends("\"(\" '[' `{`") == {'"0': '"("', "'4": "'['", "`8": "`{`"}


def test_an_escaped_quote_does_not_end_a_double_quoted_string() -> None:
    assert ends(r'"a\"b" c') == {'"0': r'"a\"b"'}
    assert ends(r"'a\' c") == {"'0": r"'a\'"}


def test_a_raw_string_ends_with_as_many_hashes_as_it_began() -> None:
    assert ends("r#'it's'#")["r0"] == "r#'it's'#"
    assert ends("r##'a'# b'##")["r0"] == "r##'a'# b'##"


def test_a_comment_begins_behind_a_blank() -> None:
    found = scan(Source("a # (\nb a#b"))
    assert found.comments == {2: 5}
    assert found.problems == ()


@pytest.mark.parametrize("text", ["(1", "[1 2", "{a", '"abc', "'abc", "`abc", "r#'abc", '(("a"', "{ [ ( "])
def test_what_is_not_closed_may_still_be(text: str) -> None:
    assert codes(text)
    assert all(incomplete for _, incomplete in codes(text))


@pytest.mark.parametrize("text", [")", "1 + 2)", "]", "(]", "{ ( }", "[1 2)"])
def test_what_closes_the_wrong_bracket_is_wrong_for_good(text: str) -> None:
    assert ("unbalanced_delimiter", False) in codes(text)


def test_nesting_has_an_end() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert ("nested_too_deeply", False) in codes("[" * 10_000)
    assert ("nested_too_deeply", False) in codes("(" * 10_000 + ")" * 10_000)


def test_quotes_in_the_parentheses_of_a_string_are_texts_of_their_own() -> None:
    text = '$"a (f "b c") d" "e"'
    assert ends(text) == {'"1': text[1:16], "(4": '(f "b c")', '"7': '"b c"', '"17': '"e"'}
    inner = """$"(1 + ($"(2)" | f '"'))" x"""
    assert ends(inner)['"1'] == inner[1:-2]
    assert ends("$'(\"'\")' x")["'1"] == "'(\"'\")'"


def test_an_escaped_parenthesis_begins_no_expression() -> None:
    assert ends(r'$"a \(" "b"') == {'"1': r'"a \("', '"8': '"b"'}


def test_a_string_with_a_broken_parenthesis_ends_where_it_looks_like_it() -> None:
    assert ends('$"a (b" [1]') == {'"1': '"a (b"', "[8": "[1]"}
    lines = 'let x = $"a (b"\nlet y = $"c) d"'
    assert scan(Source(lines)).ends[9] == lines.index("\n")


def test_many_broken_strings_take_no_time() -> None:
    assert codes('$"(' * 3_000)[0][0] in ("unexpected_eof", "unbalanced_delimiter", "nested_too_deeply")


def test_parts_in_order_are_taken_as_those_that_need_a_closer_look(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [*" \n;#\"'`()[]{}$\\-’“a", "r#'", "'#", '$"', "r##'", " #"]
    chance = random.Random(7)
    texts = [Source("".join(chance.choices(parts, k=chance.randrange(1, 14)))) for _ in range(5000)]
    found = [scan(text) for text in texts]
    monkeypatch.setattr(_Scanner, "in_order", lambda _, at: at)
    for text, each in zip(texts, found, strict=True):
        closer = scan(text)
        assert (each.ends, each.comments, each.problems) == (closer.ends, closer.comments, closer.problems), text.text
