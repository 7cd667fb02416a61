"""Which problems of a text are no mistakes yet, because more will be typed at the cursor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from stk_shell.model.errors import Problem
from stk_shell.model.span import Span
from stk_shell.parse.delimiters import OPENERS

OF_WORDS = frozenset({"unknown_flag", "unknown_operator", "extra_positional", "redirection", "shell_or"})
"""The problems with a word that are there as soon as it is left."""

SEPARATOR = re.compile(r"[|;\n]")
END_OF_STAGE = re.compile(r"[\s)\]}\"']*(?:$|[|;])")
"""What may stand behind the cursor at the end of a stage: what closes it may be there already."""

SIGNS = frozenset("+-.0123456789")
"""What numbers, dates and ranges begin with."""

EXPORTS = ("export def", "export alias", "export const", "export use")
"""What begins with a word that is no command by itself."""

DEFINITION = re.compile(r"""\b(?:def|alias)\s+(?:--[\w-]+\s+)*("[^"]*"|'[^']*'|`[^`]*`|[^\s\[({]+)""")
"""What gives a command its name, also inside another definition."""

LITERALS = ("true", "false", "null", "not", "infinity", "nan")
VARIABLES = ("$in", "$env", "$nu", "$it")


def is_unfinished(
    problem: Problem, text: str, cursor: int, known: Callable[[], Iterable[str]], *, in_string: bool
) -> bool:
    """Whether the problem may go away with what is typed next.

    `known` gives the names of commands, and of variables with their sign. `in_string` says that one is still open.
    """
    span = problem.labels[0].span
    if problem.code == "unbalanced_delimiter" and (in_string or text[span.start] in OPENERS):
        return in_string
    if problem.code == "unbalanced_delimiter" and not problem.incomplete and text[cursor - 1 : cursor] in ("'", '"'):
        # The quote that seems to end the string around the parenthesis may begin another inside.
        return True
    if not span.start <= cursor or (cursor > span.end and SEPARATOR.search(text, span.end, cursor)):
        return False
    if problem.code in ("unknown_command", "unknown_subcommand"):
        return _begins_a_command(span, text, cursor, known())
    if problem.code == "variable_not_found":
        return cursor <= span.end and _begins_a_variable(span, known())
    if problem.code in OF_WORDS:
        return cursor <= span.end
    return END_OF_STAGE.match(text, cursor) is not None


def _begins_a_command(span: Span, text: str, cursor: int, known: Iterable[str]) -> bool:
    """Whether the words up to the cursor can become the name of a command, a value, or the key of a record."""
    words, before = re.sub(r"\s+", " ", text[span.start : cursor]), text[: span.start]
    if cursor <= span.end and words[:1] in SIGNS:
        return True
    if before.rstrip().endswith("{") and not text[span.end : cursor].strip():
        return True
    defined = (match[1].strip("\"'`") for match in DEFINITION.finditer(before))
    names = (*known, *EXPORTS, *defined)
    return any(name.startswith(words) or f" {words}" in name for name in names) or _begins_a_literal(words)


def _begins_a_literal(word: str) -> bool:
    return any(literal.startswith(word.lower()) for literal in LITERALS)


def _begins_a_variable(span: Span, known: Iterable[str]) -> bool:
    """Whether a variable, or a parameter in what stands before, begins so."""
    begin = span.text
    bare = re.escape(begin[1:]).replace("_", "[_-]")
    mentioned = re.search(rf"(?<!\w){bare}", span.source.text[: span.start])
    return mentioned is not None or any(name.startswith(begin) for name in (*known, *VARIABLES))
