"""Events that wait for a store which is away: a file that outlives crashes, a line for each, the oldest first."""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from stk_shell.model.errors import StoreError
from stk_shell.model.store import NewEvent
from stk_shell.model.struct import Struct
from stk_shell.model.values import Record
from stk_shell.store.json_values import stored_json

CHUNK = 1 << 20
"""How many bytes are written or copied at once."""

FIELDS = ("uu", "name", "record_json", "description", "type", "attach")
"""What a line holds of the event itself."""

CRC = b',"crc":"'


class Entry(Struct):
    """An event that waits: when it was logged (RFC 3339), among which records, and what its session claimed."""

    event: NewEvent
    at: str
    noun: str
    entity: str | None
    session: str

    def line(self) -> bytes:
        """How it is kept: a line of JSON, with a checksum of what stands before it.

        Raises:
            EventError: it holds what JSON or PostgreSQL cannot.
        """
        content: Record = {name: getattr(self.event, name) for name in FIELDS}
        return _sealed({**content, **{name: getattr(self, name) for name in ("at", "noun", "entity", "session")}})


def read_entry(line: bytes) -> Entry | None:
    """The event of a line; None where the line is damaged."""
    content = _opened(line)
    if content is None:
        return None
    event = NewEvent(**{name: content.pop(name) for name in FIELDS})
    return Entry(event, **content)


class Refused(Struct):
    """A line that the store has refused for good, or that is damaged, and why."""

    line: bytes
    reason: str


class Spool:
    """The files of one store. Whoever adds, reads or forgets holds a lock, but never while the store is asked."""

    def __init__(self, path: str) -> None:
        """`path` has no ending; nothing has to be there yet."""
        self.queue = f"{path}.jsonl"
        self.refused = f"{path}.refused.jsonl"
        self._lock = f"{path}.lock"
        self._delivery = f"{path}.delivery"

    def is_empty(self) -> bool:
        """Whether nothing waits, as far as can be seen."""
        try:
            return os.stat(self.queue).st_size == 0
        except OSError:
            return True

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines, all or none; they are on the disk when this returns.

        Raises:
            StoreError: the system does not take them.
        """
        with self._locked(self._lock):
            _append(self.queue, lines)

    def read(self, start: int, at_most: int) -> tuple[list[bytes], int]:
        """Lines from a place in the queue on, and the place behind them. A line without an end is what a crash left."""
        with self._locked(self._lock), suppress(FileNotFoundError), open(self.queue, "rb") as file:
            file.seek(start)
            lines = [line for _, line in zip(range(at_most), file, strict=False)]
            return lines, start + sum(map(len, lines))
        return [], start

    def forget(self, end: int) -> None:
        """Take out of the queue what stands before a place."""
        with self._locked(self._lock), suppress(FileNotFoundError):
            if end >= os.stat(self.queue).st_size:
                os.unlink(self.queue)
                _sync_folder(self.queue)
            elif end:
                with open(self.queue, "rb") as file:
                    file.seek(end)
                    _replace(self.queue, iter(lambda: file.read(CHUNK), b""))

    def refuse(self, refused: Refused) -> None:
        """Set a line aside."""
        record: Record = {"reason": refused.reason, "line": refused.line.decode(errors="replace")}
        with self._locked(self._lock):
            _append(self.refused, [_sealed(record)])

    def all_refused(self) -> list[Refused]:
        """The lines that were set aside, each once: a crash may have them set aside again."""
        with self._locked(self._lock), suppress(FileNotFoundError), open(self.refused, "rb") as file:
            records = [record for record in map(_opened, file) if record is not None]
            reasons = {str(each["line"]): str(each["reason"]) for each in records}
            return [Refused(line.encode(), reason) for line, reason in reasons.items()]
        return []

    def forget_refused(self) -> None:
        """Drop what was set aside."""
        with self._locked(self._lock), suppress(FileNotFoundError):
            os.unlink(self.refused)
            _sync_folder(self.refused)

    @contextmanager
    def delivering(self) -> Iterator[None]:
        """Only one process delivers."""
        with self._locked(self._delivery):
            yield

    @contextmanager
    def _locked(self, path: str) -> Iterator[None]:
        """Hold a lock; what the system refuses comes out as StoreError."""
        try:
            _make_folder(os.path.dirname(path))
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StoreError(
                f"cannot use the spool: {error.strerror}: {os.path.dirname(path)}",
                "spool",
                help="It is in the directory for user state; XDG_STATE_HOME names another one.",
            ) from None


def _sealed(content: Record) -> bytes:
    body = stored_json(content)[:-1].encode()
    return b'%s%s%08x"}\n' % (body, CRC, zlib.crc32(body))


def _opened(line: bytes) -> dict[str, Any] | None:
    body, found, checksum = line.rstrip(b"\n").rpartition(CRC)
    if not found or checksum != b'%08x"}' % zlib.crc32(body):
        return None
    content: dict[str, Any] = json.loads(line)
    del content["crc"]
    return content


def _append(path: str, lines: Iterable[bytes]) -> None:
    """Add lines to a file, all or none. What a crash has left without an end becomes a line of its own."""
    is_new = not os.path.exists(path)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600), "r+b", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
                _write(file.fileno(), b"\n")
            for chunk in _chunks(lines):
                _write(file.fileno(), chunk)
            os.fsync(file.fileno())
        except BaseException:
            os.ftruncate(file.fileno(), size)
            raise
    if is_new:
        _sync_folder(path)


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    chunk = bytearray()
    for line in lines:
        chunk += line
        if len(chunk) >= CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _replace(path: str, chunks: Iterable[bytes]) -> None:
    """Put other content into the place of a file."""
    scratch = f"{path}.new"
    with suppress(FileNotFoundError):
        os.unlink(scratch)
    _append(scratch, chunks)
    os.replace(scratch, path)
    _sync_folder(path)


def _make_folder(path: str) -> None:
    if not os.path.isdir(path):
        above = os.path.dirname(path)
        _make_folder(above)
        with suppress(FileExistsError):
            os.mkdir(path, 0o700)
        _sync_folder(path)


def _sync_folder(path: str) -> None:
    """Have the system remember the names in the folder of a file."""
    descriptor = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
