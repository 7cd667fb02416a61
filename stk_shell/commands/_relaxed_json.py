"""Reading what people write for JSON, as `from json` does: Hjson, but for keys and texts in single quotes.

Keys and texts need no quotes, a comma may be missing at the end of a line or stand behind the last item, and there may
be comments. A text without quotes ends with its line.
"""

from __future__ import annotations

import json
import re

from stk_shell.model.literals import whole_number
from stk_shell.model.values import Record, Value

GAP = re.compile(r"(?:[ \t\r\n]+|(?:#|//)[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
"""Blanks, line ends and comments."""

QUOTED = json.JSONDecoder(strict=False)
KEY = re.compile(r"[^\s{}\[\],:]+")
PUNCTUATION = frozenset("{}[],:")
INT = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
CONSTANTS = {"true": True, "false": False, "null": None}
WORD = re.compile(r"[^\r\n,}\]#/]*")
"""A text without quotes, up to where a number or constant may end."""
LONGEST = 1000
"""The characters of a number; to look whether more are one, at each sign of a long text, would take too long."""


def read_relaxed(text: str) -> Value:
    """The value of the text.

    Raises:
        ValueError: it cannot be read.
        RecursionError: it is nested too deeply.
    """
    reader = _Reader(text)
    value = reader.value()
    if reader.next():
        raise ValueError
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def next(self) -> str:
        """The next character that counts; empty at the end."""
        found = GAP.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def skip(self, char: str) -> bool:
        """Go on behind the character, if it is the next one."""
        found = self.next() == char
        self.at += found
        return found

    def value(self) -> Value:
        first = self.next()
        if first == "{":
            return self.record()
        if first == "[":
            return self.list()
        if first == '"':
            return self.quoted()
        if not first or first in PUNCTUATION or self.text.startswith("/*", self.at):
            raise ValueError
        return self.block() if self.text.startswith("'''", self.at) else self.word()

    def record(self) -> Record:
        self.at += 1
        record: Record = {}
        while not self.skip("}"):
            key = self.key()
            if not self.skip(":"):
                raise ValueError
            record[key] = self.value()
            self.skip(",")
        return record

    def list(self) -> list[Value]:
        self.at += 1
        items: list[Value] = []
        while not self.skip("]"):
            items.append(self.value())
            self.skip(",")
        return items

    def key(self) -> str:
        if self.next() == '"':
            return self.quoted()
        found = KEY.match(self.text, self.at)
        if found is None:
            raise ValueError
        self.at = found.end()
        return found[0]

    def quoted(self) -> str:
        text, self.at = QUOTED.raw_decode(self.text, self.at)
        return str(text)

    def block(self) -> str:
        """A text over several lines; what they are indented by, up to the quotes, is no part of it."""
        end = self.text.find("'''", self.at + 3)
        if end < 0:
            raise ValueError
        indent = self.at - self.text.rfind("\n", 0, self.at) - 1
        first, *lines = self.text[self.at + 3 : end].replace("\r", "").split("\n")
        self.at = end + 3
        lines = [re.sub(rf"^[ \t]{{0,{indent}}}", "", line) for line in lines]
        text = "\n".join([first.lstrip(), *lines] if first.strip() else lines)
        return text.removesuffix("\n")

    def word(self) -> Value:
        """A number or constant up to a sign that ends it, or a text up to the end of the line."""
        start = self.at
        while True:
            found = WORD.match(self.text, self.at)
            self.at = found.end() if found else self.at
            sign = self.text[self.at : self.at + 1]
            comment = sign == "/" and self.text[self.at + 1 : self.at + 2] in ("/", "*")
            if self.at - start <= LONGEST and (comment or sign != "/"):
                word = self.text[start : self.at].strip()
                if word in CONSTANTS:
                    return CONSTANTS[word]
                if FLOAT.match(word):
                    return whole_number(word) if INT.match(word) else float(word)
            if sign in ("", "\r", "\n"):
                return self.text[start : self.at].strip()
            self.at += 1
