"""How many columns a text takes on a terminal, and cutting it to fit."""

from __future__ import annotations

from functools import lru_cache


def display_width(text: str) -> int:
    """The columns that the text takes; wide characters take two, marks none."""
    return len(text) if text.isascii() else _measured(text)


@lru_cache(maxsize=8192)
def _measured(text: str) -> int:
    # Only text beyond ASCII pays for this import.
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


def clip(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where something is cut."""
    if display_width(text) <= width:
        return text
    if width <= 0:
        return ""
    return take(text, width - 1) + "…"


def take(text: str, width: int) -> str:
    """The longest beginning of the text that takes at most `width` columns; what belongs together is not parted."""
    if text.isascii():
        return text[:width]
    kept, before, used = "", "", 0
    for cluster in clusters(text):
        # Some marks are characters of their own, but take a column behind another one alone.
        used += display_width(before + cluster) - display_width(before)
        if used > width:
            break
        kept, before = kept + cluster, cluster
    return kept


def drop(text: str, width: int) -> str:
    """The text without its first `width` columns; half of a wide character that is left is a blank."""
    if text.isascii():
        return text[width:]
    used = 0
    parts = iter(clusters(text))
    while used < width and (cluster := next(parts, "")):
        used += display_width(cluster)
    return " " * (used - width) + "".join(parts)


def clusters(text: str) -> list[str]:
    """The text in pieces that one sees as characters: a letter with its marks, an emoji with its modifiers."""
    from wcwidth import iter_graphemes

    return list(iter_graphemes(text))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks where there are any."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(_wrap_line(line, max(width, 1)))
    return lines


def _wrap_line(line: str, width: int) -> list[str]:
    lines: list[str] = []
    while display_width(line) > width:
        head = take(line, width) or line[0]
        blank = head.rfind(" ")
        if head[: max(blank, 0)].strip() and line[len(head) : len(head) + 1] != " ":
            head = head[:blank]
        lines.append(head)
        line = line[len(head) :].removeprefix(" ")
    return [*lines, line]
