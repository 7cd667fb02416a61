"""What is longer than the screen, shown a page at a time by the user's pager."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import chain

OFF = "off"
"""The setting for no pager."""

DEFAULT = "less -RSFX"
"""Keeps colours, scrolls sideways, leaves at once what fits on the screen, and leaves it on the screen."""

ENVIRONMENT = {"LESS": "-RSFX -Ps?e(end) .Space goes on, q leaves, / searches$", "LESSCHARSET": "utf-8"}
"""What less is told unless the user has told it something: PAGER is often no more than its name, and its own prompt, a
colon, tells nobody how to go on.
"""

COLOUR = re.compile(r"\x1b\[[0-9;]*m")

RESERVED = 3
"""The lines of a screen that a result leaves to the prompt and what is below it."""


def pager_command(setting: str) -> list[str] | None:
    """The program and its options; None where there is to be none, or the one named is not there."""
    words = shlex.split(setting or os.environ.get("PAGER") or DEFAULT)
    if setting == OFF or not words or shutil.which(words[0]) is None:
        return None
    return words


def page(
    texts: Iterable[str],
    command: list[str],
    screen: os.terminal_size,
    write: Callable[[str], None],
    watched: Callable[[], AbstractContextManager[None]],
    is_slow: Callable[[], bool] = lambda: False,
) -> None:
    """Write texts, each of which ends a line, or hand them to the pager once they do not fit on the screen.

    The texts are pulled as the pager takes them: who reads the first page of a million rows waits for no more. While
    the user takes his time, the pager is being `watched`. What `is_slow` in coming is written as it comes.
    """
    columns, lines = screen
    source = iter(texts)
    held: list[str] = []
    height = 0
    for text in source:
        if is_slow():
            write("".join([*held, text]))
            held.clear()
            continue
        held.append(text)
        height += sum(_height(line, columns) for line in text.removesuffix("\n").split("\n"))
        if height > lines - RESERVED:
            _hand_over(command, chain(held, source), watched)
            return
    for text in held:
        write(text)


def _height(line: str, columns: int) -> int:
    return max(-(-len(COLOUR.sub("", line)) // max(columns, 1)), 1)


def _hand_over(command: list[str], texts: Iterator[str], watched: Callable[[], AbstractContextManager[None]]) -> None:
    environment = {**ENVIRONMENT, **os.environ}
    reading, writing = os.pipe()
    with open(reading, "rb") as input_, open(writing, "w", encoding="utf-8", errors="backslashreplace") as pipe:
        process = subprocess.Popen(command, stdin=input_, env=environment)
        input_.close()
        try:
            with suppress(BrokenPipeError), pipe:
                for text in texts:
                    with watched():
                        pipe.write(text)
                        pipe.flush()
        finally:
            with watched():
                _wait(process)


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Until the user leaves the pager: Ctrl-C is the pager's there."""
    while True:
        with suppress(KeyboardInterrupt):
            process.wait()
            return
