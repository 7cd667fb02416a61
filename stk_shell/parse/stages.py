"""The second pass: words into stages of pipelines, which have no meaning yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import Delimiters
from stk_shell.parse.lex import BLANK, Kind, Token

WORDS = re.compile(rf"""(?:{BLANK.pattern})?+([^\n|;"'`#()\[\]{{}}]*+)""")
"""What is between two signs of a line: blanks, and then words."""

SIGNS = frozenset(["\n", "|", ";", ""])
"""What is no word; in the end, nothing is."""


class LiteStage:
    """The words of one stage, and the comment lines right above it."""

    __slots__ = ("comments", "words")

    def __init__(self, comments: list[Token]) -> None:
        self.words: list[Token] = []
        self.comments = comments


class LitePipeline:
    """Stages; `shown` unless a semicolon ends it; `dangling` is a pipe that joins nothing, or `||`."""

    __slots__ = ("dangling", "shown", "stages")

    def __init__(self) -> None:
        self.stages: list[LiteStage] = []
        self.shown = True
        self.dangling: Token | None = None


def group(tokens: Iterable[Token]) -> list[LitePipeline]:
    """The pipelines that the tokens make up.

    A newline ends a pipeline unless a pipe stands right before it or begins the next line.
    """
    every = list(tokens)
    followers = _followers(every)
    grouper = _Grouper()
    for token, follower in zip(every, followers, strict=True):
        if token.kind == Kind.WORD:
            grouper.word(token)
        elif token.kind == Kind.PIPE:
            grouper.bar(token)
        elif token.kind == Kind.NEWLINE:
            grouper.newline(goes_on=follower == Kind.PIPE)
        elif token.kind == Kind.COMMENT:
            grouper.comment(token)
        else:
            grouper.finish(shown=False)
    grouper.finish(shown=True)
    return grouper.pipelines


def ends_of_pipelines(source: Source, delimiters: Delimiters) -> Iterator[int]:
    """The offsets behind the newlines and semicolons that end pipelines."""
    text, comments, ends = source.text, delimiters.comments, delimiters.ends
    behind_word, newline, at = False, 0, 0
    while at < len(text):
        words = WORDS.match(text, at)
        at = words.end() if words else at
        sign, is_comment = text[at : at + 1], at in comments
        if (words and words[1]) or not (is_comment or sign in SIGNS):
            if newline:
                yield newline
            behind_word, newline = True, 0
        at = comments[at] if is_comment else ends.get(at, at + 1)
        if sign == "\n":
            newline = newline or (at if behind_word else 0)
        elif sign == "|":
            behind_word, newline = False, 0
        elif sign == ";":
            if newline:
                yield newline
            yield at
            behind_word, newline = False, 0
    if newline:
        yield newline


def _followers(tokens: list[Token]) -> list[str | None]:
    """For each token, the kind of the next one that is neither newline nor comment."""
    followers: list[str | None] = []
    following: str | None = None
    for token in reversed(tokens):
        followers.append(following)
        if token.kind not in (Kind.NEWLINE, Kind.COMMENT):
            following = token.kind
    return followers[::-1]


class _Grouper:
    def __init__(self) -> None:
        self.pipelines: list[LitePipeline] = []
        self.pipeline = LitePipeline()
        self.stage: LiteStage | None = None
        self.open_bar: Token | None = None
        self.comments: list[Token] = []
        self.line_is: str | None = None

    def word(self, token: Token) -> None:
        if self.stage is None:
            self.stage = LiteStage(self.comments)
            self.pipeline.stages.append(self.stage)
            self.comments = []
        self.stage.words.append(token)
        self.open_bar = None
        self.line_is = Kind.WORD

    def bar(self, token: Token) -> None:
        doubled = token.end - token.start > 1
        if self.stage is None or doubled:
            self.pipeline.dangling = self.pipeline.dangling or token
        self.stage, self.open_bar, self.line_is = None, token, Kind.WORD

    def comment(self, token: Token) -> None:
        # A comment behind words belongs to them, not to what comes below.
        if self.line_is is None:
            self.comments.append(token)
            self.line_is = Kind.COMMENT

    def newline(self, *, goes_on: bool) -> None:
        if self.line_is is None:
            self.comments = []
        self.line_is = None
        if not goes_on and self.open_bar is None and self.pipeline.stages:
            self.finish(shown=True)

    def finish(self, *, shown: bool) -> None:
        self.pipeline.dangling = self.pipeline.dangling or self.open_bar
        if self.pipeline.stages or self.pipeline.dangling:
            self.pipeline.shown = shown
            self.pipelines.append(self.pipeline)
        self.pipeline, self.stage, self.open_bar = LitePipeline(), None, None
