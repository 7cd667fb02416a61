"""The user's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile

from stk_shell.model.errors import UsageError


def run_editor(path: str) -> bool:
    """Let the user edit a file; gives whether the editor says that all is well.

    Raises:
        UsageError: there is no editor.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return subprocess.run([*shlex.split(editor), path], check=False).returncode == 0
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"cannot start {editor}: {reason}", "VISUAL or EDITOR names another.") from None


def edited(text: str) -> str:
    """The text after the user has edited it; as it was where the editor has failed.

    Raises:
        UsageError: there is no editor, or no place for the file.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="stk-") as directory:
            path = os.path.join(directory, "entry.nu")
            with open(path, "w", encoding="utf-8", errors="replace") as file:
                file.write(f"{text}\n")
            if not run_editor(path):
                return text
            with open(path, encoding="utf-8", errors="replace") as file:
                return file.read().rstrip("\n")
    except OSError as error:
        raise UsageError(f"cannot edit the entry: {error.strerror}") from None
