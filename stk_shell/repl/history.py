"""The file of what was typed, readable by its owner only."""

from __future__ import annotations

import os

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from stk_shell.config import user_directory


def open_history() -> History:
    """The user's history; one in memory where the file cannot be made."""
    directory = user_directory("state")
    path = os.path.join(directory, "history")
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
