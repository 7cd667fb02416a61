"""The lexer `stk` of pygments: documents show programs and sessions in the colours that they have in the shell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.token import Generic, Punctuation, Text, Whitespace, _TokenType, string_to_tokentype

from stk_shell.commands import Registry
from stk_shell.parse.highlight import highlight
from stk_shell.parse.scope import Scope
from stk_shell.render.theme import ROLES

PROMPT = "> "

ENTRY = re.compile(r"^> .*\n?(?:^· .*\n?)*", re.MULTILINE)
"""A line behind a prompt, which no program has, and those that go on with it."""

LINE = re.compile(r"[^\n]*\n|[^\n]+")

ERROR = re.compile(r"^Error: ", re.MULTILINE)

PARTS = re.compile(r"(?P<blank>\s+)|(?P<sign>[|;:,()\[\]{}]+)|(?P<word>[^\s|;:,()\[\]{}]+)")
PART_TOKENS = {"blank": Whitespace, "sign": Punctuation, "word": Text}

Tokens = Iterator[tuple[int, _TokenType, str]]
"""The offset, the token and the text of each stretch."""


class StkLexer(Lexer):
    """Programs of stk, and sessions: entries behind prompts, what they show, and errors."""

    name = "stk"
    url = "https://pypi.org/project/stk-shell/"
    aliases = ("stk",)
    filenames = ("*.stk",)

    def get_tokens_unprocessed(self, text: str) -> Tokens:
        """The tokens of a program, or of a session where a line begins with a prompt."""
        scope, commands = Scope(), Registry()
        return _session(text, scope, commands) if ENTRY.search(text) else _program(text, scope, commands)


def _program(text: str, scope: Scope, commands: Registry) -> Tokens:
    at = 0
    for piece in highlight(text, scope, commands):
        yield from _between(text, at, piece.start)
        yield piece.start, string_to_tokentype(ROLES[piece.kind].token), text[piece.start : piece.end]
        at = piece.end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Tokens:
    """What the parser gives no colour."""
    for part in PARTS.finditer(text, start, end):
        yield part.start(), PART_TOKENS[part.lastgroup or "word"], part.group()


def _session(text: str, scope: Scope, commands: Registry) -> Tokens:
    """Entries, each of which knows the names that those before it have defined, and what they show."""
    at = 0
    for entry in ENTRY.finditer(text):
        yield from _shown(text, at, entry.start())
        yield from _entry(entry.group(), entry.start(), scope, commands)
        at = entry.end()
    yield from _shown(text, at, len(text))


def _entry(text: str, start: int, scope: Scope, commands: Registry) -> Tokens:
    """The prompts of an entry, and behind them the program that its lines make up."""
    lines = LINE.findall(text)
    prompts = [line[: len(PROMPT)] for line in lines]
    tokens = _program("".join(line[len(PROMPT) :] for line in lines), scope, commands)
    at, begins = start, True
    for token, part in ((token, part) for _, token, whole in tokens for part in LINE.findall(whole)):
        if begins:
            yield at, Generic.Prompt, prompts[0]
            at += len(prompts.pop(0))
        yield at, token, part
        at, begins = at + len(part), part.endswith("\n")
    if prompts:
        yield at, Generic.Prompt, prompts[0]


def _shown(text: str, start: int, end: int) -> Tokens:
    """What an entry has shown; an error is the last of it."""
    error = ERROR.search(text, start, end)
    middle = error.start() if error else end
    for at, stop, token in ((start, middle, Generic.Output), (middle, end, Generic.Error)):
        if at < stop:
            yield at, token, text[at:stop]
