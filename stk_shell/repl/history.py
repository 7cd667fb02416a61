"""The file of what was typed, readable by its owner only, and shared by all shells of the user."""

from __future__ import annotations

import datetime
import os
import re
from typing import TYPE_CHECKING

from stk_shell.config import user_directory
from stk_shell.model.secret import has_password

if TYPE_CHECKING:
    from stk_shell.model.values import Record

TIME, LINE = "# ", "+"
"""What the lines of the file begin with: the time of an entry, and each line of it."""

ENTRY = re.compile(r"(?:^# (?P<time>.*)\n)?(?P<lines>(?:^\+.*\n?)+)", re.MULTILINE)


def history_path() -> str:
    """Where the history is."""
    return os.path.join(user_directory("state"), "history")


def is_private(text: str) -> bool:
    """Whether an entry is not for the file: it begins with a blank, or has a password in it."""
    return text[:1].isspace() or has_password(text)


class HistoryFile:
    """The file, to which shells append at the same time: each entry in one write, which no other comes between."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._read_to = 0

    def append(self, text: str) -> bool:
        """Write an entry; gives whether that was possible."""
        moment = datetime.datetime.now().astimezone()
        lines = "".join(f"{LINE}{line}\n" for line in text.split("\n"))
        entry = f"\n{TIME}{moment}\n{lines}".encode(errors="replace")
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            os.fchmod(file, 0o600)
            return os.write(file, entry) == len(entry)
        except OSError:
            return False
        finally:
            os.close(file)

    def news(self, at_most: int) -> list[str]:
        """The entries since the last call, the oldest first; of many bytes only the last."""
        try:
            with open(self.path, "rb") as file:
                end = file.seek(0, os.SEEK_END)
                start = max(self._read_to if self._read_to <= end else 0, end - at_most)
                file.seek(start)
                content = file.read(end - start)
        except OSError:
            return []
        if start > self._read_to:
            content = content[content.find(f"\n{TIME}".encode()) :]
        self._read_to = end
        return [_typed(found) for found in ENTRY.finditer(content.decode(errors="replace"))]


def entries() -> list[Record]:
    """What was typed, the oldest first, and when; nothing where there is no file."""
    try:
        with open(history_path(), encoding="utf-8", errors="replace", newline="\n") as file:
            return [
                {"start_timestamp": _moment(found["time"]), "command": _typed(found)}
                for found in ENTRY.finditer(file.read())
            ]
    except OSError:
        return []


def _typed(entry: re.Match[str]) -> str:
    return "\n".join(line.removeprefix(LINE) for line in entry["lines"].removesuffix("\n").split("\n"))


def _moment(text: str | None) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text or "").astimezone()
    except ValueError:
        return None
