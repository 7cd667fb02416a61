"""Which names fit what is typed, and how well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

BEGINS, BEGINS_ANY_CASE, BEGINS_WORD, INSIDE, SCATTERED = range(5)
"""How well a name fits: it begins so, one of its words does, it has the letters together, or one after another."""

WORDS = r"(?:^|(?<=[\s._/:-])|(?<=[a-z])(?=[A-Z]))"
"""Where the words of a name begin."""


class Suggestion(NamedTuple):
    """Something that can be put in the place of what is typed, from `start` up to the cursor.

    `shown` stands for it in the menu, with `about` beside it. Nothing goes behind it at once where it `goes_on`.
    """

    text: str
    start: int
    about: str = ""
    shown: str = ""
    goes_on: bool = False

    @property
    def label(self) -> str:
        """What the menu shows."""
        return self.shown or self.text


class Candidate(NamedTuple):
    """A suggestion, and what is compared with what is typed: its name, or else something that it is known by.

    Those of a lower `group` come first where others fit as well.
    """

    suggestion: Suggestion
    name: str
    known_by: str = ""
    group: int = 0


@lru_cache(maxsize=64)
def _pattern(typed: str) -> re.Pattern[str]:
    """Finds the letters one after another, with anything between them."""
    return re.compile(".*?".join(map(re.escape, typed)), re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=64)
def _word_pattern(typed: str) -> re.Pattern[str]:
    return re.compile(f"{WORDS}(?i:{re.escape(typed)})")


def rank(typed: str, name: str) -> tuple[int, int] | None:
    """How well a name fits what is typed, the least the best; None where it does not. Of one letter, a word begins."""
    if name.startswith(typed):
        return BEGINS, 0
    found = _pattern(typed).search(name)
    if found is None:
        return None
    if found.start() == 0 and found.end() == len(typed):
        return BEGINS_ANY_CASE, 0
    if _word_pattern(typed).search(name):
        return BEGINS_WORD, 0
    if len(typed) == 1:
        return None
    gaps = found.end() - found.start() - len(typed)
    return (SCATTERED, gaps) if gaps else (INSIDE, found.start())


def fitting(typed: str, candidates: Iterable[Candidate]) -> list[Suggestion]:
    """The suggestions that fit, the best first; those that fit alike in the order in which they come.

    Letters inside of words count only where no word begins with what is typed.
    """
    ranked = []
    for candidate in candidates:
        fit = rank(typed, candidate.name)
        if fit is None and candidate.known_by:
            fit = rank(typed, candidate.known_by)
        if fit is not None:
            ranked.append((fit[0], candidate.group, fit[1], candidate.suggestion))
    ranked.sort(key=lambda each: each[:3])
    if ranked and ranked[0][0] <= BEGINS_WORD:
        ranked = [each for each in ranked if each[0] <= BEGINS_WORD]
    return [suggestion for *_, suggestion in ranked]


def places(typed: str, name: str) -> set[int]:
    """Which characters of a name are the ones that are typed."""
    start = name.lower().find(typed.lower())
    if start >= 0:
        found = _word_pattern(typed).search(name)
        start = found.start() if found and start else start
        return set(range(start, start + len(typed)))
    at, marked = -1, set()
    for letter in typed.lower():
        at = name.lower().find(letter, at + 1)
        marked.add(at)
    return marked if at >= 0 else set()


def common(texts: list[str]) -> str:
    """What all texts begin with."""
    shortest, longest = min(texts), max(texts)
    same = (at for at, (one, other) in enumerate(zip(shortest, longest, strict=False)) if one != other)
    return shortest[: next(same, len(shortest))]
