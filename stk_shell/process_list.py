"""The list of processes, where every user of the machine can read the arguments of every program."""

from __future__ import annotations

from contextlib import suppress

ARGUMENTS = 45
"""The place of the address of the arguments in /proc/self/stat, counted from what follows the program's name."""

FILLER = b"x"


def hide(text: str) -> None:
    """Write over a text among the arguments of this process, where the system allows that: on Linux.

    It was there until now, and the history of the outer shell may have it.
    """
    wanted = text.encode(errors="surrogateescape")
    with suppress(OSError, IndexError, ValueError):
        with open("/proc/self/cmdline", "rb") as file:
            arguments = file.read()
        with open("/proc/self/stat", "rb") as file:
            # The name of the program stands in brackets, and may have blanks and brackets in it.
            start = int(file.read().rpartition(b") ")[2].split()[ARGUMENTS])
        at = arguments.find(wanted)
        while wanted and at >= 0:
            with open("/proc/self/mem", "r+b", buffering=0) as memory:
                memory.seek(start + at)
                memory.write(FILLER * len(wanted))
            at = arguments.find(wanted, at + len(wanted))
