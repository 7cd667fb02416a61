"""The nearest name to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

LIKENESS = 0.7
"""The least likeness (difflib's ratio, 0 to 1) that makes a name worth suggesting: `lenght` yes, `ls` for `last` no."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name that the word was probably meant to be, or None where none is near enough to be worth saying."""
    # Only a mistake pays for this import.
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in names if name != word}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=LIKENESS)
    return by_lower[found[0]] if found else None
