"""The file of what was typed, readable by its owner only."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING

from stk_shell.config import user_directory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit.history import History

    from stk_shell.model.values import Record

TIME, LINE = "# ", "+"
"""What the lines of prompt_toolkit's file begin with: the time of an entry, and each line of it."""


def _path() -> str:
    return os.path.join(user_directory("state"), "history")


def open_history() -> History:
    """The user's history; one in memory where the file cannot be made."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    path = _path()
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)


def entries() -> list[Record]:
    """What was typed, the oldest first, and when; nothing where there is no file."""
    try:
        with open(_path(), encoding="utf-8", errors="replace", newline="\n") as file:
            return _read(line.removesuffix("\n") for line in file)
    except OSError:
        return []


def _read(lines: Iterable[str]) -> list[Record]:
    found: list[Record] = []
    moment: datetime.datetime | None = None
    typed: list[str] = []
    for line in [*lines, ""]:
        if line.startswith(LINE):
            typed.append(line.removeprefix(LINE))
            continue
        if typed:
            found.append({"start_timestamp": moment, "command": "\n".join(typed)})
            typed = []
        if line.startswith(TIME):
            moment = _moment(line.removeprefix(TIME))
    return found


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text).astimezone()
    except ValueError:
        return None
