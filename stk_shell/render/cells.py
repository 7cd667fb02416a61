"""One value into the one line of a cell."""

from __future__ import annotations

import datetime
import re

from stk_shell.model.local_time import local
from stk_shell.model.text import scalar
from stk_shell.model.values import Value

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What moves the cursor or does worse, what turns the direction, what hides, and what is no character. Joiners are not
among them: emoji and several scripts need them.
"""
SHOWN = {"\n": "⏎", "\t": " "}
UNDECODED = range(0xDC80, 0xDD00)
"""The characters that stand for bytes that were no UTF-8, by Python's `surrogateescape`: byte + 0xdc00."""


def cell(value: Value, limit: int = 1_000_000) -> str:
    """The value in one line: `{text: Login failed, user_id: 7}`, `[1, 2]`, `2026-11-22 22:39:50`.

    What would move the cursor is made visible. More than `limit` characters are not looked at.
    """
    if isinstance(value, str):
        return visible(value[:limit])
    if isinstance(value, (dict, list)):
        return visible("".join(_pieces(value, limit))[:limit])
    return moment(value) if isinstance(value, datetime.datetime) else scalar(value)


def moment(value: datetime.datetime) -> str:
    """A time in the local zone, to the second."""
    return local(value).strftime("%Y-%m-%d %H:%M:%S")


def visible(text: str) -> str:
    """The text in one line, with a sign in the place of each control character and each mark that turns direction."""
    if not text.isascii():
        text = _with_base(text)
    return text if text.isprintable() else CONTROL.sub(_sign, text)


def _with_base(text: str) -> str:
    """The text, with Unicode's dotted circle before a mark at its beginning: it would join the border of its cell."""
    # Only text beyond ASCII pays for this import.
    from wcwidth import wcwidth

    return f"◌{text}" if wcwidth(text[0]) == 0 and not CONTROL.match(text) else text


def harmless(text: str) -> str:
    """The text with its lines and tabs, but without what would make a terminal do anything else."""
    return CONTROL.sub(lambda match: match[0] if match[0] in "\n\t" else _sign(match), text)


def escaped(text: str, escape: str) -> str:
    """The text with its lines and tabs; the rest of what a terminal might obey as escapes: `escape` with its number."""
    return CONTROL.sub(lambda match: match[0] if match[0] in "\n\t" else escape.format(ord(match[0])), text)


def _sign(match: re.Match[str]) -> str:
    char = match[0]
    if char in SHOWN:
        return SHOWN[char]
    if ord(char) in UNDECODED:
        return f"\\x{ord(char) - 0xDC00:x}"
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else f"\\u{{{ord(char):x}}}"


def _pieces(value: Value, limit: int) -> list[str]:
    """The text of a nested value in pieces, no more than are needed for `limit` characters."""
    pieces: list[str] = []
    waiting: list[str | tuple[Value]] = [(value,)]
    length = 0
    while waiting and length < limit:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
        else:
            waiting.extend(reversed(_parts(item[0], limit)))
    return pieces


def _parts(value: Value, limit: int) -> list[str | tuple[Value]]:
    if isinstance(value, dict):
        parts: list[str | tuple[Value]] = ["{"]
        for at, (name, item) in enumerate(value.items()):
            parts += [f"{', ' if at else ''}{name}: ", (item,)]
        return [*parts, "}"]
    if isinstance(value, list):
        parts = ["["]
        for at, item in enumerate(value[: limit + 1]):
            parts += [", ", (item,)] if at else [(item,)]
        return [*parts, "]"]
    if isinstance(value, str):
        return [value[:limit] or '""']
    return ["null" if value is None else cell(value)]
