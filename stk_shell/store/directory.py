"""The directory of an embedded store: what is in it, and what to say when it cannot be used."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from stk_shell.model.errors import StoreError

ANOTHER = "`--data-dir DIR` or STK_DATA_DIR names another one."


class StoreDirectory:
    """The paths in the directory of a store, which need not be there yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.data = os.path.join(path, "postgres")
        self.log = os.path.join(path, "server.log")
        self.users = os.path.join(path, "users")
        self.starting = os.path.join(path, "starting")
        self.keep = os.path.join(path, "keep")
        # Whether the database is complete: a failed connection would tell only in words.
        self.made = os.path.join(path, "made")

    def version(self) -> int | None:
        """The PostgreSQL version of the store; None where there is none yet.

        Raises:
            StoreError: there was a store, and some of it is missing.
        """
        try:
            with open(os.path.join(self.data, "PG_VERSION"), encoding="utf-8", errors="replace") as file:
                text = file.read().strip()
        except FileNotFoundError:
            if os.path.exists(self.data) and os.listdir(self.data):
                raise self._damaged("`postgres/PG_VERSION` is missing") from None
            if os.path.exists(self.made):
                raise self._damaged("`postgres` is missing") from None
            return None
        if not text.isdecimal():
            raise self._damaged("`postgres/PG_VERSION` holds no version")
        return int(text)

    def _damaged(self, what: str) -> StoreError:
        return StoreError(
            f"the store in {self.path} is damaged: {what}",
            "damaged",
            help="Put a backup of the directory in its place, or move it away to begin with a new store.",
        )

    def nearest(self) -> str:
        """The directory itself, or the nearest one above it that is there.

        Raises:
            StoreError: what is there is no directory.
        """
        path = self.path
        while not os.path.lexists(path):
            path = os.path.dirname(path)
        if not os.path.isdir(path):
            raise StoreError(f"{path} is not a directory", "directory", help=ANOTHER)
        return path

    def make(self, mode: int) -> None:
        """Make the directory and those above it, or none of them.

        Raises:
            OSError: the system does not allow it.
        """
        there, path, missing = self.nearest(), self.path, []
        while path != there:
            missing.append(path)
            path = os.path.dirname(path)
        made: list[str] = []
        try:
            for path in reversed(missing):
                # Another stk may be faster.
                with suppress(FileExistsError):
                    os.mkdir(path)
                    made.append(path)
                    os.chmod(path, mode)
        except OSError:
            for path in reversed(made):
                with suppress(OSError):
                    os.rmdir(path)
            raise

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Work with the directory; what the system refuses comes out as StoreError."""
        try:
            yield
        except OSError as error:
            what = error.strerror or str(error)
            if error.filename and error.filename != self.path:
                what = f"{what}: {os.fsdecode(error.filename)}"
            owner = f"It belongs to `{self._owner()}`. " if isinstance(error, PermissionError) else ""
            raise StoreError(
                f"cannot use the store in {self.path}: {what}", "directory", help=f"{owner}{ANOTHER}"
            ) from None

    def _owner(self) -> str:
        """Whose directory it is, or would be."""
        uid = os.stat(self.nearest()).st_uid
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)
