"""Regular expressions that PostgreSQL understands as we do."""

from __future__ import annotations

import re

from stk_shell.model.regexes import LITERAL, compiled
from stk_shell.model.source import Declined

SHARED = re.compile(
    r"""(?:
        [^\\.*+?()\[\]{}|^$\n]        # a character that means itself
        | \\[.*+?()\[\]{}|^$\\/-]     # or does so behind a backslash
        | \.
        | [|()^$]
        | \[ [A-Za-z0-9_ ,;:@%&=<>!"'~/-]+ \]
        | [*+?] (?![*+?{])
        | \{ [0-9]{1,2} (?:,[0-9]{0,2})? \} (?![*+?{])
    )*""",
    re.VERBOSE,
)
"""What both read alike: characters, groups, alternatives, repetitions, and plain classes of ASCII."""

ODD = re.compile(r"(?:^|[(|^$])[*+?{|)]|^$|\|$")
"""Repetitions of nothing, and alternatives that are empty."""


def translated_pattern(pattern: str) -> tuple[bool, str]:
    """Whether the pattern is a mere text, and that text, or else the pattern for PostgreSQL.

    Whether something is found does not depend on which way through the pattern is preferred.

    Raises:
        Declined: it says something that PostgreSQL may read in another way, or is no regular expression.
    """
    if LITERAL.fullmatch(pattern):
        return True, storable(pattern)
    if not pattern.isascii() or not SHARED.fullmatch(pattern) or _has_odd_class(pattern) or ODD.search(pattern):
        raise Declined
    try:
        compiled(pattern)
    except ValueError:
        raise Declined from None
    return False, re.sub(r"(\\.|\[[^\]]*\])|\.", lambda found: found[1] or r"[^\n]", pattern)


def _has_odd_class(pattern: str) -> bool:
    """Whether a class has a range that is not among letters or digits, which the two may read differently."""
    for inside in re.findall(r"(?<!\\)\[([^\]]*)\]", pattern):
        rest = re.sub("[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]", "", inside)
        if "-" in rest.strip("-") or any(low > high for low, high in re.findall("(.)-(.)", inside)):
            return True
    return False


def storable(text: str) -> str:
    """The text, if PostgreSQL takes it.

    Raises:
        Declined: it holds NUL, or half of a character.
    """
    if "\0" in text or (not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)):
        raise Declined
    return text
