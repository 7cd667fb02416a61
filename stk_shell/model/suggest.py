"""The nearest name to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

LETTERS_PER_MISTAKE = 3
"""Of so many letters, one may be wrong: `lenght` is `length` (two have changed places), `limit` is not `timeit`."""

SHORT = 4
"""In words shorter than this, another letter makes another word: `foo` is not `for`."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name that the word was probably meant to be, or None where none is near enough to be worth saying."""
    typed, best = word.lower(), None
    letters, fewest = set(typed), max(1, len(word) // LETTERS_PER_MISTAKE) + 1
    for name in names:
        meant = name.lower()
        # Lengths and letters tell at once that most names are too far away.
        if len(word) < 2 or abs(len(meant) - len(typed)) >= fewest or len(letters.difference(meant)) >= fewest:
            continue
        if len(typed) < SHORT and len(meant) == len(typed) and letters != set(meant):
            continue
        count = mistakes(typed, meant)
        if count < fewest and name != word:
            best, fewest = name, count
    return best


def mistakes(typed: str, meant: str) -> int:
    """How many letters are wrong, missing, too many, or have changed places with the next."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, 1):
        two_before, before, row = before, row, [at]
        for to, wanted in enumerate(meant, 1):
            fewest = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            swapped = at > 1 and to > 1 and letter == meant[to - 2] and typed[at - 2] == wanted
            row.append(min(fewest, two_before[to - 2] + 1) if swapped else fewest)
    return row[-1]
