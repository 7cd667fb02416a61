"""What a running server writes about itself: the file postmaster.pid."""

from __future__ import annotations

import os

from stk_shell.model.struct import Struct


class Postmaster(Struct):
    """A server that runs, or did when it wrote the file."""

    pid: int
    socket_directory: str
    port: int
    ready: bool


def read_pid_file(data: str) -> Postmaster | None:
    """The server of a data directory; None where there is no file, or not yet a whole one.

    The lines are those of src/include/utils/pidfile.h: pid, data directory, start time, port, socket directory,
    address, shared memory, status.
    """
    try:
        with open(os.path.join(data, "postmaster.pid"), "rb") as file:
            lines = os.fsdecode(file.read()).splitlines()
        return Postmaster(int(lines[0]), lines[4], int(lines[3]), lines[7].strip() == "ready")
    except (FileNotFoundError, IndexError, ValueError):
        return None
