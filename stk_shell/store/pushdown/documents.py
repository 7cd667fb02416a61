"""The text of a jsonb as our JSON has it: without blanks, and with the numbers that its values are."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import TypeAlias

from stk_shell.model.literals import whole_number
from stk_shell.model.values import Value
from stk_shell.store.json_values import loaded_jsonb

Write: TypeAlias = "Callable[[Value], str]"
"""Makes JSON of a value."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

SURE_DIGITS = 18
"""Whole numbers of no more characters are the same in both."""

SHALLOW = 500
"""Of how many brackets none can be nested deeper than a value may be."""

INFINITE = (inf, -inf)

MARK = "\x01"
"""What no JSON has as it is."""

SIGNS = ("{", "}", ": ", ", ", ": {", "}, ", ": [", "], ", "}}", "]}", f"}}{MARK}{{")
WORDS = tuple(f": {word}{end}" for word in ("true", "false", "null") for end in (", ", "}"))
PUNCTUATION = {text: text.replace(" ", "") for text in SIGNS + WORDS}
"""What mostly stands between two strings of documents."""

AROUND = f": ,{{}}[]{MARK}"


def compacted(documents: list[str], write: Write) -> list[str]:
    """The JSON that is written for the values of documents."""
    joined = MARK.join(documents)
    if "\\" in joined or max(map(len, documents), default=0) > SHALLOW:
        return [compact(document, write) for document in documents]
    return _compact(joined).split(MARK) if documents else []


def compact(document: str, write: Write) -> str:
    """The JSON that is written for the value of a document."""
    if "\\" in document or (len(document) > SHALLOW and document.count("[") + document.count("{") > SHALLOW):
        return write(loaded_jsonb(document.encode()))
    return _compact(document)


def _compact(text: str) -> str:
    # Without escaped quotes, what is outside of strings is every second part.
    parts = text.split('"')
    known = PUNCTUATION.get
    parts[::2] = [known(part) or _outside(part) for part in parts[::2]]
    return '"'.join(parts)


def _outside(part: str) -> str:
    if "." in part or len(part) > SURE_DIGITS:
        number = part.strip(AROUND)
        try:
            is_final = repr(float(number)) == number
        except ValueError:
            is_final = False
        part = part if is_final else NUMBER.sub(_number, part)
    return part.replace(" ", "")


def _number(match: re.Match[str]) -> str:
    text = match[0]
    number = float(text) if "." in text else whole_number(text)
    return "null" if number in INFINITE else repr(number)
