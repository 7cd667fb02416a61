"""The words of a name, in whatever way it is written, and other ways to write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from stk_shell.commands.strings._texts import change_texts
from stk_shell.model.command import Call
from stk_shell.model.stream import Data

RUN = re.compile(r"[^\W_]+")
"""Letters and digits with nothing between."""


def change_words(call: Call, data: Data, joined: Callable[[list[str]], str]) -> Data:
    """The data with each name written anew from its words."""
    return change_texts(call, data, lambda text: joined(words_of(text)))


def words_of(text: str) -> list[str]:
    """The words: `XMLHttpRequest_2 done` has `XML`, `Http`, `Request`, `2` and `done`."""
    return [word for run in RUN.findall(text) for word in _humps(run)]


def title(word: str) -> str:
    """The word with a capital letter at its beginning."""
    return word[:1].upper() + word[1:].lower()


def _humps(run: str) -> list[str]:
    """The words of a run: one begins at a capital letter behind a small one, or at the last before a small one."""
    words, start, case = [], 0, ""
    for at, (char, after) in enumerate(pairwise(run)):
        new = "small" if char.islower() else "capital" if char.isupper() else case
        if new == "small" and after.isupper():
            words.append(run[start : at + 1])
            start, case = at + 1, ""
        elif case == "capital" and char.isupper() and after.islower():
            words.append(run[start:at])
            start, case = at, ""
        else:
            case = new
    return [*words, run[start:]]
