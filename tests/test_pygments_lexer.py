"""The lexer for documents: what it names, and that it loses nothing."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Comment, Error, Generic, Keyword, Literal, Name, Operator, Punctuation, _TokenType

from stk_shell.pygments_lexer import StkLexer

SESSION = """\
> let low = 1 # a border
> [1 2 3]
· | where $it > $low
╭───┬───╮
│ 0 │ 2 │
╰───┴───╯
> 1 / 0
note: nothing is wrong yet
Error: stk::run::division_by_zero

  × division by zero
> $low
1
"""


def tokens(text: str) -> list[tuple[_TokenType, str]]:
    """The tokens of a text that are no blanks."""
    return [(token, part) for token, part in StkLexer().get_tokens(text) if part.strip()]


def test_pygments_finds_the_lexer_by_its_name() -> None:
    (found,) = entry_points(group="pygments.lexers", name="stk")
    assert found.load() is StkLexer


def test_a_program_has_the_tokens_of_what_the_parser_finds() -> None:
    found = tokens('event list --limit 5 | where name == "a" # why\nnosuch $x\n')
    assert found == [
        (Name.Function, "event list"),
        (Name.Tag, "--limit"),
        (Literal.Number, "5"),
        (Punctuation, "|"),
        (Name.Function, "where"),
        (Name.Attribute, "name"),
        (Operator, "=="),
        (Literal.String, '"a"'),
        (Comment, "# why"),
        (Error, "nosuch"),
        (Name.Variable, "$x"),
    ]


def test_in_a_session_prompts_programs_outputs_and_errors_are_told_apart() -> None:
    found = tokens(SESSION)
    assert found[0] == (Generic.Prompt, "> ")
    assert found[1] == (Keyword, "let")
    assert (Generic.Prompt, "· ") in found
    assert (Generic.Output, "╭───┬───╮\n│ 0 │ 2 │\n╰───┴───╯\n") in found
    assert (Generic.Output, "note: nothing is wrong yet\n") in found
    assert (Generic.Error, "Error: stk::run::division_by_zero\n\n  × division by zero\n") in found


def test_an_entry_knows_what_those_before_it_have_defined() -> None:
    assert found_in(SESSION, "$low") == [Name.Variable, Name.Variable]
    assert found_in("> $low\n> let low = 1\n", "$low") == [Error]


def found_in(text: str, part: str) -> list[_TokenType]:
    """The tokens that a part of a text has, in order."""
    return [token for token, content in tokens(text) if content == part]


def test_a_line_in_a_string_of_an_entry_is_no_other_entry() -> None:
    assert tokens('> "one\n· two"\n') == [
        (Generic.Prompt, "> "),
        (Literal.String, '"one\n'),
        (Generic.Prompt, "· "),
        (Literal.String, 'two"'),
    ]


@pytest.mark.parametrize("text", ["", "> ", "> \n", ">", "· 1", "> 1\n· ", "Error: x", "> a\n\n> b"])
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert everything(text) == text


@given(st.lists(st.sampled_from(["> ", "· ", "\n", "Error: ", '"', "'", "{", "}", "a", " | ", "\r", "\u2028", "日"])))
def test_nothing_of_any_text_is_lost(parts: list[str]) -> None:
    assert everything("".join(parts)) == "".join(parts)


def everything(text: str) -> str:
    """What the tokens of a text hold, which have to follow each other."""
    at, whole = 0, ""
    for start, _, part in StkLexer().get_tokens_unprocessed(text):
        assert start == at
        at, whole = at + len(part), whole + part
    return whole
