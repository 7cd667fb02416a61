"""The user that runs the server when stk runs as root: PostgreSQL refuses to run as root itself."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess

from stk_shell.model.errors import StoreError

NAME = "pgserver"
"""The name of the account; the wheel's own start-up uses the same."""


class Account:
    """A user of the system other than root."""

    def __init__(self, name: str, uid: int, gid: int) -> None:
        self.name = name
        self.uid = uid
        self.gid = gid

    def reaches(self, path: str) -> bool:
        """Whether the user can go through every folder down to the path, and run or read what is there."""
        while True:
            status = os.stat(path)
            if not self._may_pass(status):
                return False
            above = os.path.dirname(path)
            if above == path:
                return True
            path = above

    def _may_pass(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account() -> Account | None:
    """The user to run the server as; None where it is the one that runs stk. Root's is made when it is not there.

    Raises:
        StoreError: it cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _made()
    return Account(NAME, entry.pw_uid, entry.pw_gid)


def _made() -> pwd.struct_passwd:
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(NAME)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise StoreError(
            f"as root, the server needs a user `{NAME}`, which cannot be made: {error}",
            "no_account",
            help=f"Make it with `useradd --system {NAME}`, or run stk as a user other than root.",
        ) from None
