"""Colours for what is being typed."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import BaseStyle, style_from_pygments_dict
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, Token

from stk_shell.model.command import CommandTable
from stk_shell.parse.highlight import Piece, highlight
from stk_shell.parse.scope import Scope

TOKENS = {
    "command": Name.Function,
    "keyword": Keyword,
    "flag": Name.Attribute,
    "string": String,
    "number": Number,
    "constant": Keyword.Constant,
    "variable": Name.Variable,
    "column": Name.Property,
    "operator": Operator,
    "comment": Comment,
    "error": Error,
}
"""The pygments token for each kind of stretch."""

COLORS = {
    Token: "",
    Name.Function: "ansicyan",
    Keyword: "ansiblue",
    Keyword.Constant: "ansimagenta",
    Name.Attribute: "ansiblue",
    Name.Variable: "ansimagenta",
    Name.Property: "ansigreen",
    String: "ansigreen",
    Number: "ansimagenta",
    Operator: "ansiyellow",
    Comment: "ansibrightblack",
    Error: "ansired underline",
}
"""The terminal's own colours, which are readable on dark and on light."""


def style() -> BaseStyle:
    """The colours of tokens, for prompt_toolkit."""
    return style_from_pygments_dict(COLORS)


class ProgramLexer(Lexer):
    """Asks the parser what each stretch of the line is."""

    def __init__(self, scope: Scope, commands: CommandTable) -> None:
        self.scope = scope
        self.commands = commands

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The function that gives the coloured pieces of a line by its number."""
        lines = coloured_lines(document.text, highlight(document.text, self.scope, self.commands))
        return lambda number: lines[number] if number < len(lines) else []


def coloured_lines(text: str, pieces: list[Piece]) -> list[StyleAndTextTuples]:
    """The lines of the text, each as pairs of style and text."""
    fragments: StyleAndTextTuples = []
    at = 0
    for piece in pieces:
        fragments.append(("", text[at : piece.start]))
        fragments.append((_class_name(piece.kind), text[piece.start : piece.end]))
        at = piece.end
    fragments.append(("", text[at:]))
    lines: list[StyleAndTextTuples] = [[]]
    for style_name, content in (fragment[:2] for fragment in fragments):
        first, *more = content.split("\n")
        lines[-1].append((style_name, first))
        lines += [[(style_name, line)] for line in more]
    return lines


def _class_name(kind: str) -> str:
    token = TOKENS[kind]
    return "class:" + ".".join(("pygments", *token)).lower()
