"""Words into stages and pipelines."""

from __future__ import annotations

import pytest

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import scan
from stk_shell.parse.lex import tokens
from stk_shell.parse.stages import LitePipeline, group


def lite(text: str) -> list[LitePipeline]:
    """The pipelines of a text."""
    source = Source(text)
    return group(tokens(source, scan(source), 0, len(text)))


def shape(text: str) -> list[list[list[str]]]:
    """The words of each stage of each pipeline."""
    return [
        [[text[word.start : word.end] for word in stage.words] for stage in pipeline.stages] for pipeline in lite(text)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a b | c", [[["a", "b"], ["c"]]]),
        ("a; b\nc", [[["a"]], [["b"]], [["c"]]]),
        ("a\n| b\n| c", [[["a"], ["b"], ["c"]]]),
        ("a |\nb", [[["a"], ["b"]]]),
        ("a\n# between\n| b", [[["a"], ["b"]]]),
        ("a\n\n\n| b", [[["a"], ["b"]]]),
        ("\n\na\n\n", [[["a"]]]),
        ("a # comment\nb", [[["a"]], [["b"]]]),
        ("a\r\nb\r\n", [[["a"]], [["b"]]]),
        ("a (b | c) {d; e}", [[["a", "(b | c)", "{d; e}"]]]),
        ("a b\\c", [[["a", "b\\c"]]]),
        ("a\tb\u00a0c", [[["a", "b", "c"]]]),
        ("# only this", []),
        ("", []),
    ],
)
def test_words_are_grouped(text: str, words: list[list[list[str]]]) -> None:
    assert shape(text) == words


def test_a_semicolon_drops_the_value_a_newline_shows_it() -> None:
    assert [pipeline.shown for pipeline in lite("a; b\nc")] == [False, True, True]


@pytest.mark.parametrize("text", ["| a", "a |", "a | | b", "a || b", "a |;"])
def test_a_pipe_that_joins_nothing_is_noted(text: str) -> None:
    assert any(pipeline.dangling for pipeline in lite(text))


def test_comment_lines_above_a_stage_belong_to_it() -> None:
    text = "# far\n\n# near\n# nearer\na # beside\nb"
    first, second = lite(text)
    comments = [text[token.start : token.end] for token in first.stages[0].comments]
    assert comments == ["# near", "# nearer"]
    assert second.stages[0].comments == []
