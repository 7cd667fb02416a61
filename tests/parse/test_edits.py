"""Changes of a text: where they are, and which of them leave everything else as it was."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stk_shell.model.piece import Piece
from stk_shell.model.span import Source
from stk_shell.parse.chunks import cut
from stk_shell.parse.delimiters import OPENERS, scan
from stk_shell.parse.edits import Edit, edit_between, is_within_word, moved, moved_brackets
from stk_shell.parse.unclosed import CLOSERS

SIGNS = [
    "\n",
    ";",
    "|",
    "#",
    " ",
    '"',
    "'",
    "`",
    '$"',
    "$'",
    "r#'",
    "'#",
    "\\",
    "(",
    ")",
    "{",
    "}",
    "“",
    "’",
    "a",
    "u",
    "r",
]
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_outside_of_an_edit_the_texts_are_the_same(old: str, new: str) -> None:
    edit = edit_between(old, new)
    assert old[: edit.start] == new[: edit.start]
    assert old[edit.end :] == new[edit.new_end :]
    assert edit.start <= min(edit.end, edit.new_end)


@settings(max_examples=500)
@given(TEXTS, TEXTS, st.sampled_from(["", "a", "r", "n1"]), st.sampled_from(["b", "r", "n1"]))
@example(" ", "r#'a'#", "a", "a")
@example('"\\', '"b"', "", "n")
@example("$", '"a (1)"', "", "n")
def test_an_edit_within_a_word_begins_and_ends_nothing(left: str, right: str, before: str, after: str) -> None:
    old, new = f"{left}{before}a{right}", f"{left}{after}a{right}"
    edit = edit_between(old, new)
    if not is_within_word(old, new, edit):
        return
    was, now = scan(Source(old)), scan(Source(new))
    for starts, others in ((was.ends, now.ends), (was.comments, now.comments)):
        assert {start if start < edit.start else start + edit.shift for start in starts} == {*others}
    brackets = [(start, end) for start, end in moved_brackets(was.ends, edit).items() if new[start] in CLOSERS]
    assert [pair for pair in brackets if new[pair[1] - 1] in OPENERS] == [
        (start, end) for start, end in now.ends.items() if new[start] in CLOSERS and new[end - 1] in OPENERS
    ]
    assert len(cut(old)[0]) == len(cut(new)[0])


def test_letters_in_a_word_are_within_it_and_what_may_begin_or_end_something_is_not() -> None:
    for old, new in (("ab", "axb"), ("[ab]", "[a]"), ("'ab'x", "'aab'x"), ("where", "wher")):
        assert is_within_word(old, new, edit_between(old, new))
    for old, new in (
        ("a ", "a b"),
        ("a", ""),
        ("ab", "a|b"),
        (" #'", " r#'"),
        ("\\", "\\n"),
        ("a", "a "),
        ("a#", "ra#"),
        ("$'", "$a'"),
    ):
        assert not is_within_word(old, new, edit_between(old, new))


def test_pieces_move_with_the_text_and_the_one_around_an_edit_grows() -> None:
    pieces = [Piece(0, 3, "command"), Piece(4, 9, "string"), Piece(10, 12, "number")]
    old = "get 'abc' 12"
    assert moved(pieces, edit_between(old, "get 'abxc' 12"), "get 'abxc' 12") == [
        Piece(0, 3, "command"),
        Piece(4, 10, "string"),
        Piece(11, 13, "number"),
    ]
    assert moved(pieces, Edit(3, 3, 4), "gets 'abc' 12")[0] == Piece(0, 4, "command")
    assert moved(pieces, Edit(3, 3, 4), "get  'abc' 12")[0] == Piece(0, 3, "command")
    assert moved(pieces, Edit(2, 5, 2), "geabc' 12") == [Piece(7, 9, "number")]
