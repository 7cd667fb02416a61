"""Who gets in to the embedded server: the users of the system that own the store, and nobody else.

The first line of defence is that only they can enter the directory of the socket; this is the second, and the server's
own: it asks the system who is at the other end of the socket.
"""

from __future__ import annotations

import os
import pwd
import tempfile
from contextlib import suppress

from stk_shell.model.errors import StoreError
from stk_shell.store.account import Account

ROOT = 0

HEADER = "# Written by stk: what is changed here is gone when it comes to the server again.\n"

RULES_FILE = "pg_hba.conf"

RULES = f"{HEADER}local all all peer map=stk\n"
"""There is no line for networks, and none that trusts anybody."""


def close_to_others(data: str) -> None:
    """Let into the server of a data directory those who own it, under any name of the database, and nobody else.

    Raises:
        OSError: the system does not allow it.
    """
    owner = os.stat(data)
    names = sorted(filter(None, map(_user_name, {owner.st_uid, os.geteuid(), ROOT})))
    _write(os.path.join(data, "pg_ident.conf"), HEADER + "".join(f"stk {_quoted(name)} all\n" for name in names), owner)
    _write(os.path.join(data, RULES_FILE), RULES, owner)


def is_closed(data: str) -> bool:
    """Whether the rules are in place: a server that has been running for long may not have them."""
    with open(os.path.join(data, RULES_FILE), encoding="utf-8", errors="replace") as file:
        return file.read() == RULES


def owner_name(path: str) -> str | None:
    """The name of the user to whom a file belongs, if he has one."""
    return _user_name(os.stat(path).st_uid)


def _user_name(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _write(path: str, text: str, owner: os.stat_result) -> None:
    """Put a file in the place of another, whole; where a link is in its place, what it leads to stays as it is."""
    scratch = f"{path}.new"
    with suppress(FileNotFoundError):
        os.unlink(scratch)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
        if os.geteuid() == ROOT:
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        file.write(text)
    os.replace(scratch, path)


SOCKET_PATH_BYTES = 100
"""The longest path of a socket; systems allow 104 to 108."""

SOCKET = "/.s.PGSQL.5432"

OTHERS = ("/tmp", "/var/tmp")  # noqa: S108
"""Where a socket can be if the directory for temporary files cannot hold one."""


def socket_directory(data: str, account: Account | None) -> str:
    """The data directory, which only the server's user can enter; a new such one where it cannot hold a socket.

    Raises:
        StoreError: there is no place for one.
    """
    if _can_hold(data):
        return data
    for parent in (tempfile.gettempdir(), *OTHERS):
        if _can_hold(os.path.join(parent, _prefix() + "12345678")) and (account is None or account.reaches(parent)):
            # The name cannot be known before, so nobody can be there first.
            directory = tempfile.mkdtemp(prefix=_prefix(), dir=parent)
            if account is not None:
                os.chown(directory, account.uid, account.gid)
            return directory
    raise StoreError(
        f"no directory for the server's socket: the path of {data} is too long for one",
        "directory",
        help="Choose a shorter --data-dir, or a shorter TMPDIR.",
    )


def remove_socket_directory(directory: str) -> None:
    """Remove the directory that was made for a socket, once the server has left; the data directory stays."""
    if os.path.basename(directory).startswith("stk-"):
        with suppress(OSError):
            os.rmdir(directory)


def _prefix() -> str:
    return f"stk-{os.geteuid()}-"


def _can_hold(directory: str) -> bool:
    """Whether a socket can be there: its path is short enough, and is the UTF-8 that psycopg makes of it."""
    path = os.fsencode(directory)
    return len(path) + len(SOCKET) <= SOCKET_PATH_BYTES and path == directory.encode(errors="replace")
