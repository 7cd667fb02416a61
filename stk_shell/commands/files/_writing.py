"""Writing files: all of what there is to write, or nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import IO

from stk_shell.commands.files._paths import failure
from stk_shell.model.errors import Label, RunError
from stk_shell.model.span import Span


def refuse(path: str, place: Span, *, allowed: bool, hint: str) -> None:
    """Refuse a folder, and a file that is there already unless it may be changed; the hint says how it may.

    Raises:
        RunError: it is one of these.
    """
    if os.path.isdir(path):
        raise failure(IsADirectoryError(errno.EISDIR, ""), path, place)
    if os.path.lexists(path) and not allowed:
        label = Label(place, "it stays as it is")
        raise RunError(f"`{path}` is there already", "already_exists", (label,), hint)


def writing(path: str, *, append: bool) -> AbstractContextManager[IO[bytes]]:
    """A file to write to, as a context: what is written reaches the path when the context ends without an error.

    Raises:
        OSError: it cannot be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        return _directly(path)
    # Behind a link, the file that it leads to is replaced, and the link stays.
    path = os.path.realpath(path)
    return _appending(path) if append else _replacing(path)


@contextmanager
def _directly(path: str) -> Iterator[IO[bytes]]:
    """A device or pipe, which nothing can take the place of."""
    with open(path, "wb") as file:
        yield file


@contextmanager
def _appending(path: str) -> Iterator[IO[bytes]]:
    """What is to go behind the file's end waits elsewhere until there is all of it."""
    import shutil
    import tempfile

    with tempfile.SpooledTemporaryFile(max_size=1 << 20) as waiting:
        yield waiting
        waiting.seek(0)
        with open(path, "ab") as file:
            shutil.copyfileobj(waiting, file)


@contextmanager
def _replacing(path: str) -> Iterator[IO[bytes]]:
    """A new file beside the old one, which takes its place."""
    part = os.path.join(os.path.dirname(path), f".stk-{os.urandom(8).hex()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
            with suppress(FileNotFoundError):
                _take_after(descriptor, os.stat(path))
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def _take_after(descriptor: int, old: os.stat_result) -> None:
    """Give the new file the owner and the rights of the old one, as far as we may."""
    with suppress(OSError):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, old.st_mode & 0o7777)
