"""Operators without blanks around them: they and their operands make up one word."""

from __future__ import annotations

import re

from stk_shell.model.span import Span
from stk_shell.model.spellings import with_dots
from stk_shell.model.syntax import Garbage
from stk_shell.parse.state import State

SIGNS = {"%": "mod", "^": "**"}
"""Operators of other languages."""

COMPARISON = re.compile(r"(?P<left>[^=!<>~]+)(?P<sign>[=!]=|[<>]=?|[=!]~)(?P<right>[^=<>~]+)")
ARITHMETIC = re.compile(r"(?P<left>\$?[\w.]+?)(?P<sign>\*\*|//|[-+*/%^])(?P<right>[\w.$].*)")
SUM = re.compile(r"(?P<left>\d[\d.]*)(?P<sign>\*\*|//|[+*/%^])(?P<right>[\d$].*)")


def note(state: State, span: Span, *patterns: re.Pattern[str]) -> Garbage | None:
    """Note that blanks are missing around an operator that one of the patterns finds in the word; None if none does."""
    match = next((match for pattern in patterns if (match := pattern.fullmatch(span.text))), None)
    if match is None or with_dots(span.text) is not None:
        return None
    meant = f"{match['left']} {SIGNS.get(match['sign'], match['sign'])} {match['right']}"
    headline, instead = "an operator needs blanks around it", span.replaced(meant)
    return state.problem(headline, "missing_blanks", span, f"write `{meant}`", instead=instead)
