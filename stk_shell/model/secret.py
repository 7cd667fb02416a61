"""Passwords in texts: where they stand, and the text without them; and one that was typed for a server."""

from __future__ import annotations

import re
from collections.abc import Callable

HIDDEN = "***"

PASSWORD = re.compile(
    r"(?P<url>://[^\s:/@\"']*:)[^@\"'\n]+(?=@)"
    r"|(?P<name>password(?:[\"']?\s*[:=](?!=)\s*|\s+(?=['\"])))(?:'(?:[^'\\\n]|\\.|'')*'?|\"(?:[^\"\\\n]|\\.)*\"?|[^\s'\"&]+)",
    re.IGNORECASE,
)
"""A password in a DSN, of either kind, in SQL, or for a variable: PGPASSWORD, sslpassword and the like."""

BEGUN = re.compile(r"password(?:[\"']?\s*[:=](?!=)|\s+['\"])", re.IGNORECASE)
"""Where one may only be on its way."""


def has_password(text: str) -> bool:
    """Whether a password stands in a text, or may."""
    return PASSWORD.search(text) is not None or BEGUN.search(text) is not None


def masked(text: str) -> str:
    """The text with asterisks in the place of each password."""
    return PASSWORD.sub(lambda found: (found["url"] or found["name"]) + HIDDEN, text)


def starred(text: str) -> str:
    """The text with as many asterisks as a password has characters, so that all else stays in its place."""

    def stars(found: re.Match[str]) -> str:
        before = found["url"] or found["name"]
        return before + "*" * (len(found[0]) - len(before))

    return PASSWORD.sub(stars, text)


def passwords(text: str) -> list[str]:
    """The passwords in a text, as they stand there, quotes included."""
    return [found[0].removeprefix(found["url"] or found["name"]) for found in PASSWORD.finditer(text)]


class TypedPassword:
    """The password of a server, which is asked for once in a session, however often it connects."""

    def __init__(self, ask: Callable[[str], str | None]) -> None:
        """`ask` shows a prompt to somebody who types, and gives None where there is nobody."""
        self.ask = ask
        self.known: str | None = None
