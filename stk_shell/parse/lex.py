"""The first pass: text into words, with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import Delimiters

PLAIN = re.compile(r"""[^\s|;"'`#()\[\]{}]+""")
PLAIN_IN_LIST = re.compile(r"""[^\s|;,"'`#()\[\]{}]+""")
PLAIN_KEY = re.compile(r"""[^\s|;,:"'`#()\[\]{}]+""")
BLANK = re.compile(r"[ \t\r\f\v\u00a0]+")
BLANK_IN_LIST = re.compile(r"[\s,]+")
BLANK_IN_PARENTHESES = re.compile(r"\s+")


JOINS = frozenset("\"'`#()[]{}")
"""What may belong to the word before it."""


class Kind:
    """What a token is."""

    WORD = "word"
    PIPE = "pipe"
    SEMICOLON = "semicolon"
    NEWLINE = "newline"
    COMMENT = "comment"


class Token:
    """A word or sign, from start up to, not including, end."""

    __slots__ = ("end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end


class Mode:
    """What separates words, and what is part of one."""

    __slots__ = ("blank", "plain")

    def __init__(self, blank: re.Pattern[str], plain: re.Pattern[str]) -> None:
        self.blank = blank
        self.plain = plain


COMMAND = Mode(BLANK, PLAIN)
"""In pipelines: lines end at newlines."""
PARENTHESES = Mode(BLANK_IN_PARENTHESES, PLAIN)
"""In subexpressions: newlines are blanks."""
LIST = Mode(BLANK_IN_LIST, PLAIN_IN_LIST)
"""In lists and records: commas and newlines are blanks."""
KEY = Mode(BLANK_IN_LIST, PLAIN_KEY)
"""For the keys of records, which end at a colon."""


def tokens(source: Source, delimiters: Delimiters, start: int, end: int, mode: Mode = COMMAND) -> Iterator[Token]:
    """The tokens between two offsets."""
    text, at = source.text, start
    blanks, plain, comments, ends = mode.blank.match, mode.plain.match, delimiters.comments, delimiters.ends
    while at < end:
        if blank := blanks(text, at, end):
            at = blank.end()
            continue
        char = text[at]
        if at not in ends and (found := plain(text, at, end)) and text[found.end() : found.end() + 1] not in JOINS:
            token = Token(Kind.WORD, at, found.end())
        elif at in comments:
            token = Token(Kind.COMMENT, at, min(comments[at], end))
        elif char == "\n":
            token = Token(Kind.NEWLINE, at, at + 1)
        elif char == "|":
            token = Token(Kind.PIPE, at, at + (2 if text.startswith("||", at) else 1))
        elif char == ";":
            token = Token(Kind.SEMICOLON, at, at + 1)
        else:
            token = word(source, delimiters, at, end, mode)
        yield token
        at = token.end


def word(source: Source, delimiters: Delimiters, start: int, end: int, mode: Mode) -> Token:
    """The word that begins at an offset: up to a blank or sign outside of its strings and brackets.

    A lone sign that ends words, such as the colon of a record, is a word of its own.
    """
    text, ends, at = source.text, delimiters.ends, start
    while at < end:
        if at in ends:
            at = min(ends[at], end)
        elif plain := mode.plain.match(text, at, end):
            at = plain.end()
        elif text[at] in "#)]}'\"`" and at not in delimiters.comments:
            at += 1
        else:
            break
    return Token(Kind.WORD, start, max(at, start + 1))
