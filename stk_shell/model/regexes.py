"""Regular expressions that take time in proportion to the text, whatever the pattern and whoever wrote the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, TypeAlias

from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span

HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON may leave in a text, and which UTF-8 has no bytes for."""


class Found(Protocol):
    """A place where a pattern is found; groups are asked for by number."""

    def span(self, group: int = 0, /) -> tuple[int, int]:
        """Where it begins and ends; -1 twice for a group that is not there."""

    def group(self, group: int, /) -> str | None:
        """What is there; None for a group that is not."""


class InAscii:
    """A place in a text of ASCII, where bytes are characters."""

    __slots__ = ("_found", "span")

    def __init__(self, found: re.Match[bytes]) -> None:
        self._found = found
        self.span = found.span

    def group(self, group: int, /) -> str | None:
        """What is there; None for a group that is not."""
        content: bytes | None = self._found.group(group)
        return None if content is None else content.decode()


class Linear:
    """A pattern of RE2.

    It is three times as fast with bytes as with texts. A half of a character is as good as a sign that stands for an
    unknown one.
    """

    def __init__(self, of_texts: re.Pattern[str], of_bytes: re.Pattern[bytes]) -> None:
        """The same pattern twice: RE2 does not care what it is given."""
        self._of_texts = of_texts
        self._of_bytes = of_bytes
        self.groups = of_texts.groups
        self.groupindex = of_texts.groupindex

    def search(self, text: str) -> Found | None:
        """The first place where the pattern is found."""
        if not text.isascii():
            return self._of_texts.search(HALVES.sub("\ufffd", text))
        found = self._of_bytes.search(text.encode())
        return None if found is None else InAscii(found)

    def finditer(self, text: str) -> Iterator[Found]:
        """All places; `places` leaves out those that are none for nushell."""
        if not text.isascii():
            return self._of_texts.finditer(HALVES.sub("\ufffd", text))
        return map(InAscii, self._of_bytes.finditer(text.encode()))


Regex: TypeAlias = "re.Pattern[str] | Linear"
"""A compiled pattern."""

LITERAL = re.compile(r"[^\\.*+?()\[\]{}|^$]*")
"""A pattern that means itself: Python's own search is forty times as fast there, and as linear."""

LOOKS_AROUND = re.compile(r"\(\?<?[=!]|\\[1-9]|\(\?>")
"""What no linear engine can do: look-around, back references, atomic groups."""

CLASSES = {
    r"\w": r"\p{L}\p{M}\p{N}\p{Pc}",
    r"\d": r"\p{Nd}",
    r"\s": r"\s\x{85}\p{Z}\v",
}
"""The classes as nushell knows them, for all scripts; RE2 takes them for ASCII alone."""

ESCAPE = re.compile(r"\\[\s\S]|\[\^?\]?|\]")


def regex(pattern: str, span: Span, code: str = "regex") -> Regex:
    """The compiled pattern, in the syntax that RE2 and Rust's regex share.

    Look-around and back references are left to Python's own engine: nushell knows them, too.

    Raises:
        RunError: it is no regular expression; `span` is where it stands, `code` that of the error.
    """
    try:
        return compiled(pattern)
    except ValueError as error:
        label = Label(span, str(error))
        raise RunError(f"`{pattern}` is no regular expression", code, (label,), HELP) from None


def places(pattern: Regex, text: str) -> Iterator[Found]:
    """Where the pattern is found, from left to right; nothing is found right behind another place, as in nushell."""
    end = -1
    for found in pattern.finditer(text):
        start, stop = found.span()
        if not start == stop == end:
            yield found
        end = stop


HELP = r"A character with a meaning of its own is taken as it is behind a backslash: `'\.'`, `'\('`."


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Regex:
    """The compiled pattern, for one who knows no place.

    Raises:
        ValueError: it is no regular expression.
    """
    if LITERAL.fullmatch(pattern):
        return re.compile(re.escape(pattern))
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        found = re2.compile(_for_all_scripts(pattern), options)
        return Linear(found, found)
    except re2.error as error:
        reason = error.args[0]
    if LOOKS_AROUND.search(pattern):
        try:
            return re.compile(re.sub(r"\(\?<(?=[^=!])", "(?P<", pattern))
        except re.error as error:
            raise ValueError(str(error)) from None
    raise ValueError(reason.decode() if isinstance(reason, bytes) else str(reason))


TYPED = 200
"""The longest pattern that somebody may have typed."""


def mended(pattern: str) -> str:
    """A pattern that is no regular expression, with a backslash before the signs that keep it from being one.

    Where these cannot be told, and in what nobody has typed by hand, it stands before every sign.
    """
    if len(pattern) > TYPED:
        return re.escape(pattern)
    text = _balanced(re.sub(r"^[*+?]|(?<=[*+?])[*+]|(?<=[(|])[*+?](?![:=!<P])", r"\\\g<0>", pattern))
    try:
        compiled(text)
    except ValueError:
        return re.escape(pattern)
    return text


def _balanced(pattern: str) -> str:
    """The pattern with a backslash before each bracket that has no other, and before a backslash at the end."""
    escapes: set[int] = set()
    opened: list[int] = []
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            escapes |= {at} if at + 1 == len(pattern) else set()
            at += 1
        elif sign == "[":
            end = CLASS.match(pattern, at)
            escapes |= {at} if end is None else set()
            at = at if end is None else end.end() - 1
        elif sign == "(":
            opened.append(at)
        elif sign == ")":
            escapes |= set() if opened else {at}
            del opened[-1:]
        at += 1
    escapes |= set(opened)
    return "".join(f"\\{sign}" if at in escapes else sign for at, sign in enumerate(pattern))


CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
"""A class of characters, from bracket to bracket."""


def _for_all_scripts(pattern: str) -> str:
    r"""The pattern with `\w`, `\d` and `\s` written out, in brackets where they stand alone."""
    within = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal within
        text = found.group()
        if text[0] in "[]":
            within = text[0] == "["
            return text
        letter = text.lower()
        if letter not in CLASSES or (within and text != letter):
            return text
        return CLASSES[letter] if within else f"[{'' if text == letter else '^'}{CLASSES[letter]}]"

    return ESCAPE.sub(replaced, pattern)
