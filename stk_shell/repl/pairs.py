"""Brackets and quotes in pairs, and lines indented by them, while an entry is typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from prompt_toolkit.buffer import Buffer

from stk_shell.model.span import Source
from stk_shell.parse.delimiters import OPENERS, Delimiters, scan
from stk_shell.parse.unclosed import CLOSERS

QUOTES = "\"'`"
SIGNS = "".join([*CLOSERS, *OPENERS, QUOTES])

INDENT = "  "

MAY_FOLLOW = re.compile(r"$|[\s)\]}|;,\"'`]")
"""What may stand behind the cursor where a pair is put: never a word, which would have to be moved into it."""

MAY_PRECEDE = re.compile(r"(?:^|[\s(\[{$|,:;=])\Z")
"""What may stand before a quote that begins a string: behind a word, it is an apostrophe."""

OPENS = re.compile(r"(?:[(\[{]|\{\s*\|[^|]*\|)\s*\Z")
"""The end of a line that opens a bracket, or a closure with its parameters."""

ONLY_CLOSERS = re.compile(r"[\s)\]}\"'`]*")

ADJACENT = re.compile(r"[)\]}\"'`]+")

COMMENT = "#"


def place(before: str) -> tuple[str, int]:
    """What is open at the end of a text, and where it begins: a bracket, a quote, a comment or nothing."""
    found = scan(Source(before))
    comment = next((start for start, end in found.comments.items() if end == len(before)), None)
    if comment is not None:
        return COMMENT, comment
    start = max(_open(found), default=None)
    return ("", 0) if start is None else (before[start], start)


def _open(found: Delimiters) -> list[int]:
    """Where each string or bracket begins that is still open at the end."""
    return [problem.labels[0].span.start for problem in found.problems if problem.incomplete]


def _ends(text: str) -> dict[int, int]:
    """Where the string or bracket ends that begins at an offset."""
    return scan(Source(text)).ends


def type_sign(buffer: Buffer, sign: str, *, alone: bool) -> None:
    """Type a bracket or a quote; only where that is typed `alone`, something is put behind the cursor for it."""
    if sign in OPENERS:
        close_bracket(buffer, sign)
    elif sign in CLOSERS:
        open_bracket(buffer, sign, alone=alone)
    else:
        type_quote(buffer, sign, alone=alone)


def open_bracket(buffer: Buffer, opener: str, *, alone: bool) -> None:
    """Type an opening bracket, with its partner behind the cursor where that can be meant."""
    document = buffer.document
    kind, _ = place(document.text_before_cursor)
    paired = alone and kind in ("", *CLOSERS) and MAY_FOLLOW.match(document.text_after_cursor)
    _insert(buffer, opener, CLOSERS[opener] if paired else "")


def type_quote(buffer: Buffer, quote: str, *, alone: bool) -> None:
    """Type a quote: over the one that ends the string, with a partner where it begins one, or as it is."""
    before, after = buffer.document.text_before_cursor, buffer.document.text_after_cursor
    kind, start = place(before)
    if kind == quote and after.startswith(quote) and place(before + quote) != (kind, start):
        buffer.cursor_position += 1
        return
    begins = kind in ("", *CLOSERS) and MAY_PRECEDE.search(before) and MAY_FOLLOW.match(after)
    _insert(buffer, quote, quote if alone and begins else "")


def close_bracket(buffer: Buffer, closer: str) -> None:
    """Type a closing bracket: over the partner of what is open, if it is next, or as it is.

    First in its line, it stands below the line that it closes.
    """
    document = buffer.document
    before, after = document.text_before_cursor, document.text_after_cursor
    kind, start = place(before)
    blanks = len(after) - len(after.lstrip())
    at = len(before) + blanks
    if kind in CLOSERS and after[blanks:].startswith(closer) and _ends(document.text).get(start) == at + 1:
        buffer.delete(blanks)
        _fit_line(buffer, before, start)
        buffer.cursor_position += 1
        return
    if kind in CLOSERS:
        _fit_line(buffer, before, start)
    buffer.insert_text(closer)


def _fit_line(buffer: Buffer, before: str, start: int) -> None:
    """Let a line without any text yet begin where the one begins that has opened a bracket."""
    line = buffer.document.current_line_before_cursor
    if not line.strip() and "\n" in before:
        buffer.delete_before_cursor(max(len(line) - len(_margin(before, start)), 0))


def erase(buffer: Buffer, delete: Callable[[], object]) -> None:
    """Delete something before the cursor, and with what opened there what closes it right behind the cursor."""
    ends, end = _ends(buffer.text), buffer.cursor_position
    delete()
    start = buffer.cursor_position
    partners = {ends[at] - 1 - end for at in range(start, end) if at in ends}
    closers = ADJACENT.match(buffer.document.text_after_cursor)
    if closers and partners:
        kept = "".join(char for at, char in enumerate(closers.group()) if at not in partners)
        buffer.delete(closers.end())
        buffer.insert_text(kept, move_cursor=False, fire_event=False)


def new_line(buffer: Buffer) -> None:
    """Begin a line below, indented as the one above or, behind an opening bracket, one step more.

    The partner of that bracket, if it is next, gets a line of its own. In a string nothing is indented: the blanks
    would be part of the text.
    """
    document = buffer.document
    before, after = document.text_before_cursor, document.text_after_cursor
    kind, start = place(before)
    if kind and kind not in (*CLOSERS, COMMENT):
        buffer.insert_text("\n")
        return
    if kind in CLOSERS and OPENS.search(before) and after.startswith(CLOSERS[kind]):
        buffer.insert_text(f"\n{_margin(before, start)}", move_cursor=False, fire_event=False)
    buffer.insert_text(f"\n{_indent(before.split(chr(10)))}")


def goes_on(buffer: Buffer) -> bool:
    """Whether Enter begins a line at a cursor before what closes: right behind what opens, or below it."""
    before = buffer.document.text_before_cursor
    if not ONLY_CLOSERS.fullmatch(buffer.document.text_after_cursor):
        return False
    kind, start = place(before)
    if OPENS.search(before) if kind in CLOSERS else kind not in ("", COMMENT) and start == len(before) - 1:
        return True
    # The brackets around a string that is open are known from what stands before it.
    around = _open(scan(Source(before if kind in CLOSERS else before[:start])))
    return "\n" in before[min([*around, start]) if kind else len(before) :]


def _indent(lines: list[str]) -> str:
    """The blanks that a line below begins with. Those of a pipeline are one step behind its first."""
    first = len(lines) - 1
    while first and _ends_in_pipe(lines[first - 1]):
        first -= 1
    if OPENS.search(lines[-1]):
        return _blanks(lines[-1]) + INDENT
    return _blanks(lines[first]) + (INDENT if _ends_in_pipe(lines[-1]) else "")


def _ends_in_pipe(line: str) -> bool:
    return line.rstrip().endswith("|") and not OPENS.search(line)


def _margin(text: str, at: int) -> str:
    """What the line of an offset begins with."""
    return _blanks(text[text.rfind("\n", 0, at) + 1 :])


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _insert(buffer: Buffer, text: str, behind: str) -> None:
    buffer.insert_text(behind, move_cursor=False, fire_event=False)
    buffer.insert_text(text)
