"""What has changed between two versions of a text, and what that does to what is known of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from stk_shell.model.piece import Piece

LETTERS = re.compile(r"\w*")
WORD = re.compile(r"[\w-]+")

RAW = "#"
"""What makes an `r` before it the beginning of a string, where nothing stands before that."""


class Edit(NamedTuple):
    """A stretch that has another content, from `start` up to, not including, an end in the old and in the new text."""

    start: int
    end: int
    new_end: int

    @property
    def shift(self) -> int:
        """How far what is behind has moved."""
        return self.new_end - self.end


def edit_between(old: str, new: str) -> Edit:
    """The shortest stretch outside of which the texts are the same."""
    start = _common(old, new)
    same = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    return Edit(start, len(old) - same, len(new) - same)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def is_within_word(old: str, new: str, edit: Edit) -> bool:
    """Whether only letters of a word have changed, so that nothing begins or ends elsewhere than before."""
    if not (LETTERS.fullmatch(old, edit.start, edit.end) and LETTERS.fullmatch(new, edit.start, edit.new_end)):
        return False
    letters = LETTERS.match(new, edit.new_end)
    last = letters.end() if letters else edit.new_end
    remains = last > edit.new_end or LETTERS.fullmatch(new[max(edit.start - 1, 0) : edit.start] or " ") is not None
    return remains and not new.startswith(RAW, last)


def moved_brackets(ends: dict[int, int], edit: Edit) -> dict[int, int]:
    """The ends of brackets by their beginnings, after an edit within a word."""
    first, shift = edit.start, edit.shift
    return {
        start if start < first else start + shift: end if end <= first else end + shift for start, end in ends.items()
    }


def moved(pieces: list[Piece], edit: Edit, new: str) -> list[Piece]:
    """The pieces of a text, as far as they are still there after an edit that has made it the new one."""
    grows = WORD.fullmatch(new, edit.start, edit.new_end) is not None
    first, last = bisect_left(pieces, (edit.start,)), bisect_left(pieces, (edit.end,))
    kept = pieces[:first]
    if kept and (kept[-1].end > edit.start or (kept[-1].end == edit.start and grows)):
        around = kept.pop()
        if around.end >= edit.end:
            kept.append(around._replace(end=around.end + edit.shift))
    return [*kept, *(Piece(start + edit.shift, end + edit.shift, kind) for start, end, kind in pieces[last:])]
