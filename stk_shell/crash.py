"""A report of a bug of ours, for the file that the user is asked to send."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback

from stk_shell import __version__
from stk_shell.model.secret import masked
from stk_shell.render.cells import harmless


def write_report(error: Exception) -> str:
    """Write what happened to a file that only its owner can read; gives the path."""
    descriptor, path = tempfile.mkstemp(prefix="stk-crash-", suffix=".txt")
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"stk {__version__}, Python {sys.version}, {platform.platform()}\n\n")
        file.write(harmless(masked("".join(traceback.format_exception(error)))))
    return path
