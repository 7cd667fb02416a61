"""How a name is written where it is put in: as it is, or in quotes."""

from __future__ import annotations

import re

from stk_shell.model.literals import number_like

PLAIN_WORD = re.compile(r"[\w./:@%+,~-]+")
PLAIN_MEMBER = re.compile(r"[^\W\d][\w-]*")
CONSTANTS = frozenset({"true", "false", "null"})


def written(text: str, quote: str) -> str:
    """A text as an argument: in the quotes that stand there already, or in double ones where it needs some."""
    if quote and quote not in text and not (quote == '"' and "\\" in text):
        return f"{quote}{text}{quote}"
    plain = PLAIN_WORD.fullmatch(text) and text[0] not in "-." and text not in CONSTANTS and number_like(text) is None
    return text if plain and not quote else _quoted(text)


def member(name: str, quote: str) -> str:
    """A name as the member of a cell path."""
    return name if PLAIN_MEMBER.fullmatch(name) and not quote else _quoted(name)


def path_written(path: str, quote: str) -> str:
    """The name of a file."""
    if quote and quote not in path and not (quote == '"' and "\\" in path):
        # A folder is not the end of it.
        return f"{quote}{path}" if path.endswith("/") else f"{quote}{path}{quote}"
    if not quote and PLAIN_WORD.fullmatch(path):
        return path
    text = _quoted(path)
    return text[:-1] if path.endswith("/") else text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
