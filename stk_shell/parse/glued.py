"""Operators without blanks around them: they and their operands make up one word."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

COMPARISON = re.compile(r"(?P<left>[^=!<>~]+)(?P<sign>[=!]=|[<>]=?|[=!]~)(?P<right>[^=<>~]+)")
ARITHMETIC = re.compile(r"(?P<left>\$?[\w.]+?)(?P<sign>\*\*|//|[-+*/])(?P<right>[\w.$].*)")
SUM = re.compile(r"(?P<left>\d[\d.]*)(?P<sign>\*\*|//|[+*/])(?P<right>[\d$].*)")


def spaced(pattern: re.Pattern[str], word: str) -> str | None:
    """The word with blanks around the operator that the pattern finds in it; None where there is none."""
    match = pattern.fullmatch(word)
    return f"{match['left']} {match['sign']} {match['right']}" if match else None


def note(state: State, span: Span, meant: str) -> Garbage:
    """Note that blanks are missing."""
    return state.problem("an operator needs blanks around it", "missing_blanks", span, f"write `{meant}`")
